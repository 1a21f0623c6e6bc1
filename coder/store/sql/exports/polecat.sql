-- One row is an event with its PLOVER code and all actors of a side joined with ;.
WITH sides AS (
    SELECT
        event_id,
        side,
        string_agg(replace(name, ';', ','), ';' ORDER BY position) AS names,
        string_agg(replace(text, ';', ','), ';' ORDER BY position) AS words,
        string_agg(coalesce(country, ''), ';' ORDER BY position) AS countries,
        string_agg(coalesce(role, ''), ';' ORDER BY position) AS roles,
        max(role) FILTER (WHERE position = 0) AS first_role
    FROM event_actors
    WHERE side IN ('source', 'target')
    GROUP BY event_id, side
),
first AS (
    SELECT b.event_id, a.publisher, a.published, a.language
    FROM event_mentions AS b
    JOIN articles AS a ON a.article_id = b.article_id
    WHERE b.founding
)
SELECT
    e.*,
    s.names AS source_names, s.words AS source_words, s.countries AS source_countries,
    s.roles AS source_roles, s.first_role AS source_role,
    t.names AS target_names, t.words AS target_words, t.countries AS target_countries,
    t.roles AS target_roles, t.first_role AS target_role,
    p.admin2, p.geonames_id, p.text AS place_text,
    f.* EXCLUDE (event_id)
FROM events_plover AS e
LEFT JOIN sides AS s ON s.event_id = e.event_id AND s.side = 'source'
LEFT JOIN sides AS t ON t.event_id = e.event_id AND t.side = 'target'
LEFT JOIN event_places AS p ON p.event_id = e.event_id AND p.position = 0
LEFT JOIN first AS f ON f.event_id = e.event_id
ORDER BY e.date_start, e.event_id, e.plover;
