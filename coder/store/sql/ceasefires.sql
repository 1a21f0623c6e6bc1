-- One row is a truce as told: its stage (proposed, agreed, in force, extended, violated, ended), the
-- parties, who announced it and who mediated it, each joined with ;. Stages of one truce are events
-- of their own, but for its agreement and its start.
WITH staged AS (
    SELECT event_id, any_value(json_extract_string(extra, '$.ceasefire_stage')) AS stage
    FROM codings
    WHERE json_extract_string(extra, '$.ceasefire_stage') IS NOT NULL
    GROUP BY event_id
),
people AS (
    SELECT
        event_id,
        string_agg(DISTINCT name, ';' ORDER BY name) FILTER (WHERE side IN ('source', 'target')) AS parties,
        string_agg(DISTINCT coalesce(cameo, name), ';' ORDER BY coalesce(cameo, name))
            FILTER (WHERE side IN ('source', 'target')) AS party_codes,
        string_agg(DISTINCT name, ';' ORDER BY name) FILTER (WHERE side = 'announcer') AS announcer,
        string_agg(DISTINCT name, ';' ORDER BY name) FILTER (WHERE side = 'mediator') AS mediator
    FROM event_actors
    GROUP BY event_id
),
told AS (
    SELECT b.event_id, min(m.attributed_to) AS attributed_to
    FROM event_mentions AS b
    JOIN mentions AS m ON m.mention_id = b.mention_id
    WHERE b.founding
    GROUP BY b.event_id
)
SELECT
    e.event_id,
    c.stage,
    p.parties,
    p.party_codes,
    coalesce(p.announcer, t.attributed_to) AS announcer,
    p.mediator,
    e.* EXCLUDE (event_id)
FROM events AS e
JOIN staged AS c ON c.event_id = e.event_id
LEFT JOIN people AS p ON p.event_id = e.event_id
LEFT JOIN told AS t ON t.event_id = e.event_id;
