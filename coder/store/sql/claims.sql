-- One row is a claim, a denial or an accusation (event_id) and the event that it speaks of
-- (speaks_of_event), with what that is: disputed where somebody denies it.
SELECT DISTINCT
    said.event_id,
    m.type,
    of_deed.event_id AS speaks_of_event,
    deed.type AS deed_type,
    deed.disputed
FROM mentions AS m
JOIN event_mentions AS said ON said.mention_id = m.mention_id
JOIN event_mentions AS of_deed ON of_deed.mention_id = m.speaks_of
JOIN events AS deed ON deed.event_id = of_deed.event_id;
