-- How do two countries act towards each other, month by month? Put the codes of yours in place of
-- the inner queries, which take the pair with most events: dyad_month('ISR', 'IRN').
WITH pair AS (
    SELECT source_country AS a, target_country AS b
    FROM dyad_month()
    WHERE source_country <> target_country
    GROUP BY ALL
    ORDER BY sum(n_events) DESC, a, b
    LIMIT 1
)
FROM dyad_month((SELECT a FROM pair), (SELECT b FROM pair));
