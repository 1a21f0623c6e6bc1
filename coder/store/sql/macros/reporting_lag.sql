-- One row is a type of event and how many days after its last day it was first reported, for events
-- whose day the words of an article say: those dated by publication have no lag to measure.
CREATE MACRO reporting_lag() AS TABLE
SELECT
    type,
    count(*) AS n_events,
    round(avg((first_published - date_end = 0)::INTEGER), 3) AS share_same_day,
    median(first_published - date_end) AS median_days,
    round(quantile_cont(first_published - date_end, 0.9), 1) AS days_90_percent,
    max(first_published - date_end) AS longest_days
FROM events
WHERE date_precision = 'day' AND date_basis <> 'publication'
GROUP BY type
ORDER BY n_events DESC, type;
