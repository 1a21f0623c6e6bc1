-- One row is an event as coded, with its ACLED sub-event type; records that ACLED would count as one
-- event share unit_id, and unit_code is the type of that event where another record names it.
-- actor1 and actor2 stand in ACLED's order, each with the others of its side in assoc_actor_1 and
-- assoc_actor_2. fatalities is the lowest number stated, as ACLED takes it where reports
-- differ; an unknown toll stays null, and one that several events share stands in shared_fatalities.
WITH coded AS (
    SELECT
        event_id,
        unit_id,
        code,
        extra,
        coalesce(json_extract_string(extra, '$.actor1_is'), 'source') AS first_side
    FROM codings
    WHERE codebook = 'acled'
),
named AS (
    SELECT
        c.event_id,
        a.side = c.first_side AS first,
        max(a.name) FILTER (WHERE a.position = 0) AS actor,
        string_agg(a.name, '; ' ORDER BY a.position) FILTER (WHERE a.position > 0) AS others
    FROM coded AS c
    JOIN event_actors AS a ON a.event_id = c.event_id AND a.side IN ('source', 'target')
    GROUP BY ALL
)
SELECT
    e.event_id,
    c.unit_id,
    c.code AS sub_event_type,
    coalesce(json_extract_string(c.extra, '$.unit_code'), c.code) AS unit_code,
    json_extract_string(c.extra, '$.event_type') AS event_type,
    json_extract_string(c.extra, '$.disorder_type') AS disorder_type,
    one.actor AS actor1,
    one.others AS assoc_actor_1,
    json_extract_string(c.extra, '$.inter1') AS inter1,
    two.actor AS actor2,
    two.others AS assoc_actor_2,
    json_extract_string(c.extra, '$.inter2') AS inter2,
    json_extract_string(c.extra, '$.interaction') AS interaction,
    json_extract_string(c.extra, '$.civilian_targeting') AS civilian_targeting,
    CASE WHEN e.fatalities_basis <> 'shared' THEN e.fatalities_low END AS fatalities,
    CASE WHEN e.fatalities_basis = 'shared' THEN e.fatalities_low END AS shared_fatalities,
    'lowest number stated' AS fatalities_rule,
    s.* EXCLUDE (event_id),
    e.* EXCLUDE (event_id)
FROM events AS e
JOIN coded AS c ON c.event_id = e.event_id
LEFT JOIN named AS one ON one.event_id = e.event_id AND one.first
LEFT JOIN named AS two ON two.event_id = e.event_id AND NOT two.first
LEFT JOIN event_sides AS s ON s.event_id = e.event_id;
