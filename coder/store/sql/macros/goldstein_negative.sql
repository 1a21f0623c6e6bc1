-- Sum of the scores below 0, over whatever rows are grouped; 0 where there are none.
CREATE MACRO goldstein_negative(score) AS
    coalesce(sum(score) FILTER (WHERE score < 0), 0.0);
