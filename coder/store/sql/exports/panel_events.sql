-- One row is an event with its first CAMEO code.
WITH coded AS (
    SELECT event_id, min(code) AS code, arg_min(quad_class, code) AS quad,
        arg_min(score, code) AS goldstein
    FROM codings
    WHERE codebook = 'cameo'
    GROUP BY event_id
)
SELECT
    e.event_id, e.type, e.date_start, e.date_precision, e.date_basis, e.country, e.admin1,
    e.fatalities_best, e.fatalities_basis,
    c.code[1:2] AS root, c.quad::VARCHAR AS quad, c.goldstein
FROM events AS e
LEFT JOIN coded AS c ON c.event_id = e.event_id
ORDER BY e.event_id;
