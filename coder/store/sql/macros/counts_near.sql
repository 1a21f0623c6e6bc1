-- One row is a month and type of event within km kilometres of a point: events, articles that
-- report them, and the least number killed. Places count as in events_near.
CREATE MACRO counts_near(lat, lon, km, levels := ['exact', 'town']) AS TABLE
SELECT
    date_trunc('month', date_start)::DATE AS month,
    type,
    count(*) AS n_events,
    sum(n_articles)::BIGINT AS n_reports,
    sum(fatalities_low) FILTER (WHERE fatalities_basis <> 'shared')::BIGINT AS killed_at_least
FROM events_near(lat, lon, km, levels := levels)
WHERE date_precision IN ('day', 'week', 'month')
GROUP BY ALL
ORDER BY month, n_events DESC, type;
