-- One row is an event whose main place lies within km kilometres of a point, with the distance.
-- Only places known to the town or better count: the middle of a province is no place of an event.
CREATE MACRO events_near(lat, lon, km, levels := ['exact', 'town']) AS TABLE
SELECT round(km_between(lat, lon, e.latitude, e.longitude), 1) AS distance_km, e.*
FROM events AS e
WHERE list_contains(levels, e.geo_level)
  AND e.latitude IS NOT NULL
  AND km_between(lat, lon, e.latitude, e.longitude) <= km
ORDER BY distance_km, e.event_id;
