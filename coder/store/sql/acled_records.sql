-- One row is an event as coded, with its ACLED sub-event type; records that ACLED would count as one
-- event share unit_id. fatalities is the lowest number stated, as ACLED takes it where reports
-- differ; an unknown toll stays null, and one that several events share stands in shared_fatalities.
SELECT
    e.event_id,
    c.unit_id,
    c.code AS sub_event_type,
    json_extract_string(c.extra, '$.event_type') AS event_type,
    json_extract_string(c.extra, '$.disorder_type') AS disorder_type,
    json_extract_string(c.extra, '$.inter1') AS inter1,
    json_extract_string(c.extra, '$.inter2') AS inter2,
    json_extract_string(c.extra, '$.interaction') AS interaction,
    CASE WHEN e.fatalities_basis <> 'shared' THEN e.fatalities_low END AS fatalities,
    CASE WHEN e.fatalities_basis = 'shared' THEN e.fatalities_low END AS shared_fatalities,
    'lowest number stated' AS fatalities_rule,
    s.* EXCLUDE (event_id),
    e.* EXCLUDE (event_id)
FROM events AS e
JOIN codings AS c ON c.event_id = e.event_id AND c.codebook = 'acled'
LEFT JOIN event_sides AS s ON s.event_id = e.event_id;
