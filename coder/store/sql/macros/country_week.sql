-- One row is a week, from Monday, and a country in which events took place: each event once, by
-- quad class of CAMEO, with mean, positive and negative Goldstein sums, the least number killed,
-- and the articles read of that week. c narrows to one country.
CREATE MACRO country_week(c := NULL) AS TABLE
WITH read AS (
    SELECT date_trunc('week', published)::DATE AS week, count(*) AS articles_read
    FROM articles
    GROUP BY ALL
)
SELECT
    e.country,
    date_trunc('week', e.date_start)::DATE AS week,
    count(*) AS n_events,
    count(*) FILTER (WHERE k.quad_class = 1) AS n_verbal_cooperation,
    count(*) FILTER (WHERE k.quad_class = 2) AS n_material_cooperation,
    count(*) FILTER (WHERE k.quad_class = 3) AS n_verbal_conflict,
    count(*) FILTER (WHERE k.quad_class = 4) AS n_material_conflict,
    avg(k.score) AS goldstein_mean,
    goldstein_positive(k.score) AS goldstein_positive,
    goldstein_negative(k.score) AS goldstein_negative,
    sum(e.fatalities_low) FILTER (WHERE e.fatalities_basis <> 'shared')::BIGINT AS killed_at_least,
    count(*) FILTER (WHERE e.fatalities_low IS NULL) AS n_toll_unknown,
    any_value(coalesce(r.articles_read, 0)) AS articles_read
FROM events AS e
LEFT JOIN codings AS k ON k.event_id = e.event_id AND k.codebook = 'cameo'
LEFT JOIN read AS r ON r.week = date_trunc('week', e.date_start)::DATE
WHERE e.date_precision IN ('day', 'week')
  AND e.country IS NOT NULL
  AND (c IS NULL OR e.country = c)
GROUP BY e.country, date_trunc('week', e.date_start)::DATE
ORDER BY e.country, week;
