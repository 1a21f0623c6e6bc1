-- One row is one of the n pairs of source and target with most events, in their direction: first
-- and last day, mean Goldstein score, and how much is conflict. Actors stand by their CAMEO code,
-- or by name where they have none.
CREATE MACRO top_dyads(n := 20) AS TABLE
WITH pairs AS (
    SELECT
        source,
        target,
        count(DISTINCT event_id) AS n_events,
        min(date_start) AS first_day,
        max(date_start) AS last_day,
        avg(goldstein) AS goldstein_mean,
        count(DISTINCT event_id) FILTER (WHERE quad_class IN (3, 4)) AS n_conflict
    FROM dyads
    WHERE cameo IS NOT NULL
    GROUP BY ALL
),
ranked AS (
    SELECT *, row_number() OVER (ORDER BY n_events DESC, source, target) AS rank
    FROM pairs
)
SELECT * FROM ranked
WHERE rank <= n
ORDER BY rank;
