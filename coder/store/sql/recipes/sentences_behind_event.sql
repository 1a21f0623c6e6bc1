-- Which sentences and rules stand behind the most reported event? Put the id of an event of yours
-- in place of the inner query. The offsets count code points of the article's text.
SELECT event_id, publisher, published, sentence_text, rule, trigger, start, "end", url
FROM event_sentences
WHERE event_id = (SELECT event_id FROM events ORDER BY n_articles DESC, event_id LIMIT 1)
ORDER BY published, article_id, start;
