-- Who acts towards whom in each month, and how, by the mean Goldstein score? From -10, military
-- attack, to 10; what both sides do counts in both directions.
SELECT
    date_trunc('month', date_start)::DATE AS month,
    source,
    target,
    count(*) AS n_events,
    round(avg(goldstein), 2) AS mean_goldstein
FROM dyads
WHERE date_precision IN ('day', 'week', 'month')
GROUP BY ALL
ORDER BY month, n_events DESC, source, target;
