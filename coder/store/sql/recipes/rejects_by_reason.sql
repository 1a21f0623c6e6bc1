-- What was left out of the input and of the tables, for which reasons? Each row of rejects names
-- the file and line, or the id.
SELECT step, code, count(*) AS n, min(message) AS example, min(place) AS first_place
FROM rejects
GROUP BY step, code
ORDER BY n DESC, step, code;
