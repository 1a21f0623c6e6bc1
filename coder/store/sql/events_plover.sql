-- One row is an event with its PLOVER event type, modes, contexts, quad class and score.
SELECT
    e.event_id,
    c.code AS plover,
    c.modes AS plover_modes,
    c.contexts AS plover_contexts,
    c.quad_class AS plover_quad,
    c.score AS plover_score,
    s.* EXCLUDE (event_id),
    e.* EXCLUDE (event_id)
FROM events AS e
JOIN codings AS c ON c.event_id = e.event_id AND c.codebook = 'plover'
LEFT JOIN event_sides AS s ON s.event_id = e.event_id;
