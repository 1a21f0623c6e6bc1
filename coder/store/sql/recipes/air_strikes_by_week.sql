-- How many air strikes were there by country and week, for how many articles read? A week without
-- articles says nothing about strikes: read the counts beside what was read in that month.
WITH strikes AS (
    SELECT country, date_trunc('week', date_start)::DATE AS week, count(*) AS air_strikes
    FROM events
    WHERE (type = 'assault.air_strike' OR type LIKE 'assault.air_strike.%')
      AND date_precision = 'day'
    GROUP BY ALL
),
read AS (
    SELECT period_start, sum(n_articles)::BIGINT AS articles_read
    FROM coverage
    GROUP BY ALL
)
SELECT
    s.country,
    s.week,
    s.air_strikes,
    coalesce(r.articles_read, 0) AS articles_read_in_month,
    round(1000.0 * s.air_strikes / r.articles_read, 2) AS per_1000_articles_of_month
FROM strikes AS s
LEFT JOIN read AS r ON r.period_start = date_trunc('month', s.week + 3)::DATE
ORDER BY s.country, s.week;
