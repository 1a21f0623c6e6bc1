-- One row is an event with its CAMEO code; what two known sides both do stands twice, the second
-- time with the sides turned and mirror true; a visit made (042) stands there as one hosted (043),
-- and the other way round. Count events WHERE NOT mirror, directions with both.
SELECT
    e.event_id,
    m.mirror,
    CASE WHEN m.mirror THEN coalesce(c.mirror, c.code) ELSE c.code END AS cameo,
    c.code[1:2] AS root,
    CASE WHEN m.mirror THEN coalesce(c.mirror_label, c.label) ELSE c.label END AS label,
    c.quad_class,
    CASE WHEN m.mirror THEN coalesce(c.mirror_score, c.score) ELSE c.score END AS goldstein,
    CASE WHEN m.mirror THEN s.target ELSE s.source END AS source,
    CASE WHEN m.mirror THEN s.target_name ELSE s.source_name END AS source_name,
    CASE WHEN m.mirror THEN s.target_country ELSE s.source_country END AS source_country,
    CASE WHEN m.mirror THEN s.source ELSE s.target END AS target,
    CASE WHEN m.mirror THEN s.source_name ELSE s.target_name END AS target_name,
    CASE WHEN m.mirror THEN s.source_country ELSE s.target_country END AS target_country,
    CASE WHEN m.mirror THEN s.targets ELSE s.sources END AS sources,
    CASE WHEN m.mirror THEN s.sources ELSE s.targets END AS targets,
    e.* EXCLUDE (event_id)
FROM events AS e
JOIN (
    SELECT
        *,
        json_extract_string(extra, '$.mirror') AS mirror,
        json_extract_string(extra, '$.mirror_label') AS mirror_label,
        json_extract_string(extra, '$.mirror_score')::DOUBLE AS mirror_score
    FROM codings
    WHERE codebook = 'cameo'
) AS c ON c.event_id = e.event_id
LEFT JOIN event_sides AS s ON s.event_id = e.event_id
JOIN (VALUES (false), (true)) AS m(mirror)
    ON NOT m.mirror
    OR ((e.reciprocal OR c.mirror IS NOT NULL) AND s.source_name IS NOT NULL AND s.target_name IS NOT NULL);
