-- One row is one source and one target of an event with its CAMEO code; what both sides do gives
-- both directions, the second with mirror true. An actor without a code stands by its name.
SELECT
    e.event_id,
    m.mirror,
    CASE WHEN m.mirror THEN coalesce(t.cameo, t.name) ELSE coalesce(s.cameo, s.name) END AS source,
    CASE WHEN m.mirror THEN t.country ELSE s.country END AS source_country,
    CASE WHEN m.mirror THEN coalesce(s.cameo, s.name) ELSE coalesce(t.cameo, t.name) END AS target,
    CASE WHEN m.mirror THEN s.country ELSE t.country END AS target_country,
    e.type,
    c.code AS cameo,
    c.quad_class,
    c.score AS goldstein,
    e.date_start,
    e.date_precision,
    e.country,
    e.n_independent
FROM events AS e
JOIN event_actors AS s ON s.event_id = e.event_id AND s.side = 'source'
JOIN event_actors AS t ON t.event_id = e.event_id AND t.side = 'target'
LEFT JOIN codings AS c ON c.event_id = e.event_id AND c.codebook = 'cameo'
JOIN (VALUES (false), (true)) AS m(mirror) ON NOT m.mirror OR e.reciprocal;
