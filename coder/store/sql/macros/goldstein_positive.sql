-- Sum of the scores above 0, over whatever rows are grouped; 0 where there are none.
CREATE MACRO goldstein_positive(score) AS
    coalesce(sum(score) FILTER (WHERE score > 0), 0.0);
