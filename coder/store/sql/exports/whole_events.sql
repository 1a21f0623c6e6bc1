-- One row is an event with everything under it as lists: actors, places, codes, mentions.
SELECT
    e.*,
    (SELECT list({side: a.side, text: a.text, name: a.name, cameo: a.cameo, country: a.country,
                  role: a.role, group_id: a.group_id, kinds: a.kinds, resolved_by: a.resolved_by}
                 ORDER BY a.side, a.position)
     FROM event_actors AS a WHERE a.event_id = e.event_id) AS actors,
    (SELECT list({place: p.place, country: p.country, admin1: p.admin1, admin2: p.admin2,
                  latitude: p.latitude, longitude: p.longitude, geo_level: p.geo_level,
                  geo_basis: p.geo_basis, geonames_id: p.geonames_id, text: p.text}
                 ORDER BY p.position)
     FROM event_places AS p WHERE p.event_id = e.event_id) AS places,
    (SELECT list({codebook: c.codebook, code: c.code, label: c.label, modes: c.modes,
                  contexts: c.contexts, quad_class: c.quad_class, score: c.score,
                  unit_id: c.unit_id, rule: c.rule, extra: c.extra}
                 ORDER BY c.codebook, c.code)
     FROM codings AS c WHERE c.event_id = e.event_id) AS codings,
    (SELECT list({mention_id: m.mention_id, article_id: m.article_id, sentence: m.sentence,
                  start: m.start, "end": m."end", rule: m.rule, trigger: m.trigger,
                  sentence_text: m.sentence_text, publisher: m.publisher, url: m.url}
                 ORDER BY m.published, m.article_id, m.start)
     FROM event_sentences AS m WHERE m.event_id = e.event_id) AS mentions
FROM events AS e
ORDER BY e.date_start, e.event_id;
