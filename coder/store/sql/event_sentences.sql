-- One row is a mention behind an event: the sentence, the rule that read it, the words that made
-- it fire and where they stand, and the article. sentence_text is null without texts.
SELECT
    b.event_id,
    b.founding,
    m.mention_id,
    m.type,
    m.about_chain,
    m.rule,
    m.trigger,
    m.start,
    m."end",
    m.slots,
    m.status,
    m.hedged,
    m.attribution,
    m.attributed_to,
    m.article_id,
    m.sentence,
    s.start AS sentence_start,
    s."end" AS sentence_end,
    s.text AS sentence_text,
    a.published,
    a.publisher,
    a.url,
    a.headline
FROM event_mentions AS b
JOIN mentions AS m ON m.mention_id = b.mention_id
JOIN sentences AS s ON s.article_id = m.article_id AND s.sentence = m.sentence
JOIN articles AS a ON a.article_id = m.article_id;
