-- One row is a source or target of an event with an ACLED code, in order.
SELECT a.*, e.country AS event_country
FROM event_actors AS a
JOIN events AS e ON e.event_id = a.event_id
WHERE a.side IN ('source', 'target')
  AND a.event_id IN (SELECT event_id FROM codings WHERE codebook = 'acled')
ORDER BY a.event_id, a.side, a.position;
