-- One row is a source's country and a target's of an event, each pair of countries once; what both
-- sides do has both directions. Of states: whether any such actor acts for its state.
SELECT
    d.event_id,
    CASE WHEN m.mirror THEN d.target ELSE d.source END AS source,
    CASE WHEN m.mirror THEN d.source ELSE d.target END AS target,
    d.of_states
FROM (
    SELECT
        s.event_id, s.country AS source, t.country AS target,
        bool_or(
            coalesce(s.role, 'GOV') IN ('GOV', 'MIL', 'COP', 'LEG', 'JUD', 'SPY')
            AND coalesce(t.role, 'GOV') IN ('GOV', 'MIL', 'COP', 'LEG', 'JUD', 'SPY')
        ) AS of_states
    FROM event_actors AS s
    JOIN event_actors AS t ON t.event_id = s.event_id AND t.side = 'target'
    WHERE s.side = 'source' AND s.country IS NOT NULL AND t.country IS NOT NULL
    GROUP BY ALL
) AS d
JOIN events AS e ON e.event_id = d.event_id
JOIN (VALUES (false), (true)) AS m(mirror) ON NOT m.mirror OR e.reciprocal
ORDER BY d.event_id, source, target;
