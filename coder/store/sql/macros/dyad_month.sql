-- One row is a month of what one country's actors do to another's, by CAMEO: events, mean, positive
-- and negative Goldstein sums. An event counts once for each ordered pair of countries, what both
-- sides do in both directions. a and b narrow to two countries, or to one and all others.
CREATE MACRO dyad_month(a := NULL, b := NULL) AS TABLE
SELECT
    source_country,
    target_country,
    date_trunc('month', date_start)::DATE AS month,
    count(*) AS n_events,
    count(*) FILTER (WHERE quad_class IN (1, 2)) AS n_cooperation,
    count(*) FILTER (WHERE quad_class IN (3, 4)) AS n_conflict,
    avg(goldstein) AS goldstein_mean,
    goldstein_positive(goldstein) AS goldstein_positive,
    goldstein_negative(goldstein) AS goldstein_negative
FROM (
    SELECT DISTINCT
        event_id, source_country, target_country, date_start, date_precision, quad_class, goldstein
    FROM dyads
    WHERE cameo IS NOT NULL
)
WHERE date_precision IN ('day', 'week', 'month')
  AND source_country IS NOT NULL
  AND target_country IS NOT NULL
  AND (a IS NULL OR a IN (source_country, target_country))
  AND (b IS NULL OR b IN (source_country, target_country))
  AND (a IS NULL OR b IS NULL OR source_country <> target_country OR a = b)
GROUP BY ALL
ORDER BY source_country, target_country, month;
