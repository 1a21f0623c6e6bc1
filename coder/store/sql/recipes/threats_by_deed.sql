-- What deeds are threatened, and how often? The second link of the chain is the deed under the
-- threat; null where no deed stands under it, and the type of the threat says what there is.
SELECT
    nullif(split_part(m.about_chain, '>', 2), '') AS deed_threatened,
    e.type,
    count(DISTINCT e.event_id) AS threats
FROM events AS e
JOIN event_mentions AS b ON b.event_id = e.event_id AND b.founding
JOIN mentions AS m ON m.mention_id = b.mention_id
WHERE e.type = 'threaten' OR e.type LIKE 'threaten.%'
GROUP BY ALL
ORDER BY threats DESC, deed_threatened NULLS LAST, e.type;
