-- How precise are day and place, in the codes of ACLED and of UCDP GED?
-- They follow from levels and spans and are not stored. ACLED has none for a year, a country or the
-- sea; where_prec 2 (near a known point) and 5 (lines and areas) cannot be told from the text.
SELECT
    event_id,
    CASE date_precision WHEN 'day' THEN 1 WHEN 'week' THEN 2 WHEN 'month' THEN 3 END AS time_precision,
    CASE
        WHEN date_end - date_start = 0 THEN 1
        WHEN date_precision = 'week' THEN 3
        WHEN date_end - date_start < 6 THEN 2
        WHEN date_end - date_start = 6 THEN 3
        WHEN date_end - date_start < 31 THEN 4
        WHEN date_end - date_start < 366 THEN 5
    END AS date_prec,
    CASE
        WHEN geo_level IN ('exact', 'town') THEN 1
        WHEN geo_level = 'admin2' THEN 2
        WHEN geo_level = 'admin1' THEN 3
    END AS geo_precision,
    CASE geo_level
        WHEN 'exact' THEN 1
        WHEN 'town' THEN 1
        WHEN 'admin2' THEN 3
        WHEN 'admin1' THEN 4
        WHEN 'country' THEN 6
        WHEN 'sea' THEN 7
    END AS where_prec
FROM events
ORDER BY date_start, event_id;
