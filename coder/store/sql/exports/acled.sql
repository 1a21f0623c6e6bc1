-- One row is what ACLED counts as one event, with the names of both sides, the sentence that names
-- the event, and the publishers of all its records.
WITH reports AS (
    SELECT
        r.unit_id,
        string_agg(DISTINCT a.publisher, '; ' ORDER BY a.publisher) AS publishers,
        string_agg(DISTINCT a.source_scale, '; ' ORDER BY a.source_scale) AS scales
    FROM acled_records AS r
    JOIN event_mentions AS b ON b.event_id = r.event_id
    JOIN articles AS a ON a.article_id = b.article_id
    GROUP BY r.unit_id
),
told AS (
    SELECT event_id, any_value(sentence_text) AS sentence_text
    FROM event_sentences
    WHERE founding
    GROUP BY event_id
)
SELECT
    u.*,
    r.* EXCLUDE (unit_id),
    t.sentence_text,
    p.admin2
FROM events_acled AS u
LEFT JOIN reports AS r ON r.unit_id = u.unit_id
LEFT JOIN told AS t ON t.event_id = u.event_id
LEFT JOIN event_places AS p ON p.event_id = u.event_id AND p.position = 0
ORDER BY u.date_start, u.unit_id;
