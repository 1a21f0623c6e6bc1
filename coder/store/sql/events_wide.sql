-- One row is an event with its sides and its code in each codebook that comes with the program:
-- the table for statistics programs. A codebook of your own is in codings.
WITH coded AS (
    SELECT
        event_id,
        max(code) FILTER (WHERE codebook = 'cameo') AS cameo,
        max(quad_class) FILTER (WHERE codebook = 'cameo') AS quad_class,
        max(score) FILTER (WHERE codebook = 'cameo') AS goldstein,
        max(code) FILTER (WHERE codebook = 'plover') AS plover,
        max(modes) FILTER (WHERE codebook = 'plover') AS plover_modes,
        max(contexts) FILTER (WHERE codebook = 'plover') AS plover_contexts,
        max(quad_class) FILTER (WHERE codebook = 'plover') AS plover_quad,
        max(score) FILTER (WHERE codebook = 'plover') AS plover_score,
        max(code) FILTER (WHERE codebook = 'acled') AS sub_event_type,
        max(unit_id) FILTER (WHERE codebook = 'acled') AS acled_unit,
        max(code) FILTER (WHERE codebook = 'strikes') AS strikes
    FROM codings
    GROUP BY event_id
)
SELECT e.*, s.* EXCLUDE (event_id), c.* EXCLUDE (event_id)
FROM events AS e
LEFT JOIN event_sides AS s ON s.event_id = e.event_id
LEFT JOIN coded AS c ON c.event_id = e.event_id;
