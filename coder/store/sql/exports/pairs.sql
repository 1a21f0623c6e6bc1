-- One row is one source and one target of an event with its CAMEO code, either of them null where
-- unknown; what two known sides both do stands in both directions. nth numbers the rows of an event.
WITH first AS (
    SELECT
        b.event_id, m.sentence, a.article_id, a.publisher, a.publisher_country, a.url, a.language
    FROM event_mentions AS b
    JOIN mentions AS m ON m.mention_id = b.mention_id
    JOIN articles AS a ON a.article_id = m.article_id
    WHERE b.founding
),
pairs AS (
    SELECT
        e.event_id,
        s.position AS source_position,
        t.position AS target_position,
        s.name AS source_name, s.cameo AS source, s.country AS source_country, s.role AS source_role,
        t.name AS target_name, t.cameo AS target, t.country AS target_country, t.role AS target_role
    FROM events AS e
    LEFT JOIN event_actors AS s ON s.event_id = e.event_id AND s.side = 'source'
    LEFT JOIN event_actors AS t ON t.event_id = e.event_id AND t.side = 'target'
),
directed AS (
    SELECT *, false AS mirror FROM pairs
    UNION ALL
    SELECT
        event_id, source_position, target_position,
        target_name, target, target_country, target_role,
        source_name, source, source_country, source_role,
        true
    FROM pairs
    JOIN events USING (event_id)
    WHERE reciprocal AND source_name IS NOT NULL AND target_name IS NOT NULL
)
SELECT
    row_number() OVER (
        PARTITION BY e.event_id, c.code ORDER BY d.mirror, d.source_position, d.target_position
    )::INTEGER AS nth,
    d.* EXCLUDE (event_id, source_position, target_position),
    c.code AS cameo,
    c.label AS cameo_label,
    c.quad_class,
    c.score AS goldstein,
    f.* EXCLUDE (event_id),
    p.admin2,
    p.geonames_id,
    p.text AS place_text,
    e.*
FROM directed AS d
JOIN events AS e ON e.event_id = d.event_id
JOIN codings AS c ON c.event_id = e.event_id AND c.codebook = 'cameo'
LEFT JOIN first AS f ON f.event_id = e.event_id
LEFT JOIN event_places AS p ON p.event_id = e.event_id AND p.position = 0
ORDER BY e.date_start, e.event_id, c.code, nth;
