-- One row is an event that at least so many publishers report in texts of their own: copies of a
-- text count for whoever published it first, and unknown publishers for nobody.
CREATE MACRO independent_publishers(least_many := 2) AS TABLE
WITH printed AS (
    SELECT DISTINCT b.event_id, a.article_id, a.syndication_id, a.publisher, a.published
    FROM event_mentions AS b
    JOIN articles AS coded ON coded.article_id = b.article_id
    JOIN articles AS a ON a.syndication_id = coded.syndication_id
),
texts AS (
    SELECT
        event_id,
        syndication_id,
        arg_min(publisher, (published, article_id)) AS publisher,
        min(published) AS published
    FROM printed
    GROUP BY ALL
),
events_of AS (
    SELECT
        event_id,
        count(DISTINCT publisher) AS n_independent_publishers,
        string_agg(DISTINCT publisher, ';' ORDER BY publisher) AS publishers,
        count(*) AS n_texts,
        min(published) AS first_published,
        max(published) AS last_published
    FROM texts
    GROUP BY event_id
)
SELECT * FROM events_of
WHERE n_independent_publishers >= least_many
ORDER BY n_independent_publishers DESC, event_id;
