-- Which rules find the most events? A rule that finds many deserves a check by eye first.
SELECT
    m.rule,
    m.type,
    count(DISTINCT b.event_id) AS events,
    count(*) AS mentions
FROM event_mentions AS b
JOIN mentions AS m ON m.mention_id = b.mention_id
GROUP BY ALL
ORDER BY events DESC, m.rule, m.type
LIMIT 25;
