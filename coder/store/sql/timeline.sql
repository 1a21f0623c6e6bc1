-- One row is a day, country and type of event: events known to the day, by their first day, and
-- the tolls stated for them alone (n_toll_unknown events have none).
SELECT
    date_start AS day,
    country,
    type,
    count(*) AS n_events,
    sum(n_articles)::BIGINT AS n_reports,
    sum(fatalities_low) FILTER (WHERE fatalities_basis <> 'shared')::BIGINT AS fatalities_low,
    sum(fatalities_best) FILTER (WHERE fatalities_basis <> 'shared')::BIGINT AS fatalities_best,
    count(*) FILTER (WHERE fatalities_best IS NULL) AS n_toll_unknown
FROM events
WHERE date_precision = 'day'
GROUP BY ALL;
