-- One row is a mention behind one event, the founding one first: sentence, rule, words that made it
-- fire, publisher and address.
CREATE MACRO sentences_behind(id) AS TABLE
SELECT * FROM event_sentences
WHERE event_id = id
ORDER BY founding DESC, published, article_id, start;
