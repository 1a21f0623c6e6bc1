-- Kilometres between two points of latitude and longitude in degrees, along a great circle of a
-- sphere of 6371 km.
CREATE MACRO km_between(lat1, lon1, lat2, lon2) AS
    2 * 6371.0088 * asin(least(1.0, sqrt(
        pow(sin(radians(lat2 - lat1) / 2), 2)
        + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2)
    )));
