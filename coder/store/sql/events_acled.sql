-- One row is what ACLED counts as one event: the records of one day, place, pair of actors and
-- sub-event type, under their unit_id (acled_records has them one by one); what a battle takes in and
-- the force that meets a march belong to it. event_id and the columns of the event are those of the
-- record of its type that was published first; fatalities is the sum of the lowest numbers
-- stated, null where none is, and tolls that several events share stand in shared_fatalities.
WITH units AS (
    SELECT
        unit_id,
        arg_min(event_id, (sub_event_type <> unit_code, first_published, event_id)) AS event_id,
        count(*) AS n_records,
        sum(fatalities)::BIGINT AS fatalities,
        max(shared_fatalities)::BIGINT AS shared_fatalities,
        min(first_published) AS first_published,
        max(last_published) AS last_published,
        sum(n_mentions)::BIGINT AS n_mentions
    FROM acled_records
    GROUP BY unit_id
),
reports AS (
    SELECT
        r.unit_id,
        count(DISTINCT a.article_id) AS n_articles,
        count(DISTINCT a.publisher) AS n_publishers,
        count(DISTINCT a.syndication_id) AS n_independent
    FROM acled_records AS r
    JOIN event_mentions AS b ON b.event_id = r.event_id
    JOIN articles AS coded ON coded.article_id = b.article_id
    JOIN articles AS a ON a.syndication_id = coded.syndication_id
    GROUP BY r.unit_id
)
SELECT
    u.unit_id,
    u.n_records,
    r.* EXCLUDE (unit_id, unit_code) REPLACE (
        u.fatalities AS fatalities,
        u.shared_fatalities AS shared_fatalities,
        u.first_published AS first_published,
        u.last_published AS last_published,
        u.n_mentions AS n_mentions,
        p.n_articles AS n_articles,
        p.n_publishers AS n_publishers,
        p.n_independent AS n_independent
    )
FROM units AS u
JOIN acled_records AS r ON r.event_id = u.event_id AND r.unit_id = u.unit_id
JOIN reports AS p ON p.unit_id = u.unit_id;
