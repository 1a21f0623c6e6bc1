-- One row is an event with its code in the codebook of strikes, retaliation and ceasefires.
SELECT
    e.event_id,
    c.code AS strikes,
    c.label,
    s.* EXCLUDE (event_id),
    e.* EXCLUDE (event_id)
FROM events AS e
JOIN codings AS c ON c.event_id = e.event_id AND c.codebook = 'strikes'
LEFT JOIN event_sides AS s ON s.event_id = e.event_id;
