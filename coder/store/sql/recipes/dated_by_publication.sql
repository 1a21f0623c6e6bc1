-- Which events are dated only by the day of publication? No words of the article say when they
-- happened: leave them out of daily series, or test whether results hold without them.
SELECT event_id, type, date_start, country, place, first_published
FROM events
WHERE date_basis = 'publication'
ORDER BY date_start, event_id;
