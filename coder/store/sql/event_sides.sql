-- One row is an event that has an actor, with its first source and target and the codes of all
-- of them, joined with ;.
SELECT
    event_id,
    max(cameo) FILTER (WHERE side = 'source' AND position = 0) AS source,
    max(name) FILTER (WHERE side = 'source' AND position = 0) AS source_name,
    max(country) FILTER (WHERE side = 'source' AND position = 0) AS source_country,
    max(cameo) FILTER (WHERE side = 'target' AND position = 0) AS target,
    max(name) FILTER (WHERE side = 'target' AND position = 0) AS target_name,
    max(country) FILTER (WHERE side = 'target' AND position = 0) AS target_country,
    string_agg(coalesce(cameo, name), ';' ORDER BY position) FILTER (WHERE side = 'source') AS sources,
    string_agg(coalesce(cameo, name), ';' ORDER BY position) FILTER (WHERE side = 'target') AS targets
FROM event_actors
GROUP BY event_id;
