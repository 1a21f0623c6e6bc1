-- How many people were reported killed and injured, by country and month? Only numbers stated for
-- one event are added up; events without a number are counted beside them, not as 0.
SELECT
    country,
    date_trunc('month', date_start)::DATE AS month,
    sum(fatalities_low)::BIGINT AS killed_at_least,
    sum(fatalities_best)::BIGINT AS killed,
    sum(injured_best)::BIGINT AS injured,
    count(*) FILTER (WHERE fatalities_best IS NULL) AS events_without_toll,
    count(*) AS events
FROM events
WHERE date_precision IN ('day', 'week', 'month')
  AND fatalities_basis IS DISTINCT FROM 'shared'
GROUP BY ALL
ORDER BY country, month;
