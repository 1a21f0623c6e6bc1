-- Which events do two or more publishers report in words of their own? Copies count for whoever
-- published the text first, so an agency's report in ten newspapers is one.
FROM independent_publishers(2);
