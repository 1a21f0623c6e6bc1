-- One row is one source and one target of an event with its CAMEO code; what both sides do gives
-- both directions, the second with mirror true, and so does a visit, made and hosted. An actor without a code stands by its name.
SELECT
    e.event_id,
    m.mirror,
    CASE WHEN m.mirror THEN coalesce(t.cameo, t.name) ELSE coalesce(s.cameo, s.name) END AS source,
    CASE WHEN m.mirror THEN t.country ELSE s.country END AS source_country,
    CASE WHEN m.mirror THEN coalesce(s.cameo, s.name) ELSE coalesce(t.cameo, t.name) END AS target,
    CASE WHEN m.mirror THEN s.country ELSE t.country END AS target_country,
    e.type,
    CASE WHEN m.mirror THEN coalesce(c.mirror, c.code) ELSE c.code END AS cameo,
    c.quad_class,
    CASE WHEN m.mirror THEN coalesce(c.mirror_score, c.score) ELSE c.score END AS goldstein,
    e.date_start,
    e.date_precision,
    e.country,
    e.n_independent
FROM events AS e
JOIN event_actors AS s ON s.event_id = e.event_id AND s.side = 'source'
JOIN event_actors AS t ON t.event_id = e.event_id AND t.side = 'target'
LEFT JOIN (
    SELECT
        *,
        json_extract_string(extra, '$.mirror') AS mirror,
        json_extract_string(extra, '$.mirror_score')::DOUBLE AS mirror_score
    FROM codings
    WHERE codebook = 'cameo'
) AS c ON c.event_id = e.event_id
JOIN (VALUES (false), (true)) AS m(mirror)
    ON NOT m.mirror OR e.reciprocal OR c.mirror IS NOT NULL;
