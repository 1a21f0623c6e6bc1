-- How many events lie within 50 km of a point, by month and type? Put your latitude, longitude and
-- distance in place: counts_near(33.51, 36.29, 50). The inner query takes the place with most events.
WITH point AS (
    SELECT latitude, longitude
    FROM events
    WHERE geo_level IN ('exact', 'town') AND latitude IS NOT NULL
    GROUP BY ALL
    ORDER BY count(*) DESC, latitude, longitude
    LIMIT 1
)
FROM counts_near((SELECT latitude FROM point), (SELECT longitude FROM point), 50);
