-- How many events would ACLED count, by country, week and sub-event type? What ACLED counts once
-- for a day, place and pair of actors is one unit here.
SELECT
    country,
    date_trunc('week', date_start)::DATE AS week,
    sub_event_type,
    count(*) AS acled_events,
    sum(n_records)::BIGINT AS events,
    sum(fatalities)::BIGINT AS fatalities
FROM events_acled
WHERE date_precision = 'day'
GROUP BY ALL
ORDER BY country, week, sub_event_type;
