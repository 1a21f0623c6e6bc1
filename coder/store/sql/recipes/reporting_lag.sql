-- How long after an event is it reported, by type? Only events whose day an article says count.
FROM reporting_lag();
