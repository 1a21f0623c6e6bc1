-- How hostile or friendly is what happens in each country, week by week, for how many articles read?
-- Sums above and below 0 stand apart, since a mean hides that both may be large.
SELECT country, week, n_events, round(goldstein_mean, 2) AS goldstein_mean,
    goldstein_positive, goldstein_negative, articles_read
FROM country_week()
ORDER BY country, week;
