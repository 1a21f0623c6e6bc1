-- Which pairs of events may be one, side by side? They agree in what `agrees` names, and were not
-- merged for want of what `lacks` names.
SELECT
    d.agrees,
    d.lacks,
    a.event_id,
    b.event_id AS other_event_id,
    a.date_start,
    a.country,
    a.type,
    b.type AS other_type,
    a.place,
    b.place AS other_place,
    sa.sources,
    sb.sources AS other_sources,
    sa.targets,
    sb.targets AS other_targets,
    a.fatalities_best AS killed,
    b.fatalities_best AS other_killed
FROM possible_duplicates AS d
JOIN events AS a ON a.event_id = d.event_id
JOIN events AS b ON b.event_id = d.other_event_id
LEFT JOIN event_sides AS sa ON sa.event_id = a.event_id
LEFT JOIN event_sides AS sb ON sb.event_id = b.event_id
ORDER BY a.date_start, a.country, d.event_id, d.other_event_id;
