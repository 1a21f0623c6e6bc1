-- Which events do two or more independent publishers report? Reprints of one text are one text,
-- however many printed it.
SELECT event_id, type, date_start, country, place, n_independent, n_publishers, n_articles
FROM events
WHERE n_independent >= 2 AND n_publishers >= 2
ORDER BY n_independent DESC, n_publishers DESC, event_id;
