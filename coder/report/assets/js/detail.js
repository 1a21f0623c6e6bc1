// What an event opens to: its sentences with the words that filled each slot, and the rule.

// Pieces of a sentence between the borders of its spans, each with the kinds that cover it.
// Offsets count code points, as in the dataset.
function pieces(text, spans) {
  const points = Array.from(text);
  const borders = [...new Set([0, points.length, ...spans.flatMap((s) => [s.start, s.end])])].sort((a, b) => a - b);
  const out = [];
  for (let b = 0; b + 1 < borders.length; b++) {
    const [start, end] = [borders[b], borders[b + 1]];
    const over = spans.filter((s) => s.start <= start && s.end >= end);
    out.push({ text: points.slice(start, end).join(""), kinds: [...new Set(over.map((s) => s.kind))],
      ends: [...new Set(over.filter((s) => s.end === end).map((s) => s.kind))] });
  }
  return out;
}

function spansOf(E, m) {
  const spans = [];
  for (let s = E.spans_first[m]; s < E.spans_first[m + 1]; s++) {
    spans.push({ kind: E.span_kind[s], start: E.span_start[s], end: E.span_start[s] + E.span_length[s] });
  }
  return spans;
}

function sentence(E, m) {
  const text = E.sentences[E.sentence[m]];
  if (text === null) return make("p", { class: "note" }, "The dataset was built, or this page was made, without the words of the articles.");
  const known = new Set(["trigger", "source", "target", "place", "date"]);
  const name = (k) => E.kinds[k];
  return make("p", { class: "sentence" }, pieces(text, spansOf(E, m)).map((piece) => {
    if (!piece.kinds.length) return piece.text;
    const classes = piece.kinds.map((k) => (known.has(name(k)) ? name(k) : "other"));
    const mark = make("mark", { class: classes.join(" ") }, piece.text);
    const labels = piece.ends.map((k) => make("small", { class: "slot " + (known.has(name(k)) ? name(k) : "other") }, " " + name(k)));
    return [mark, ...labels];
  }).flat());
}

function origin(E, m) {
  const [publisher, published, headline, url, id] = E.articles[E.article[E.sentence[m]]];
  const safe = url && /^https?:\/\//i.test(url);
  const words = headline || id || "article";
  return make("p", { class: "origin" },
    publisher ? publisher + ", " : null, published, " · ",
    safe ? make("a", { href: url, rel: "noopener noreferrer nofollow" }, words) : words);
}

function term(name, ...value) {
  return [make("dt", {}, name), make("dd", {}, ...value)];
}

function ruleOf(E, m) {
  const [id, words, chain] = E.rules[E.rule[m]];
  return make("p", { class: "rule" }, "Rule ", make("code", {}, id), ": ",
    chain.map(([type, label], n) => [n ? " of " : null, label, label === type ? null : make("span", { class: "dim" }, ` (${type})`)]),
    words ? make("span", { class: "words" }, " " + words) : null);
}

function detail(D, E, i) {
  const MOST = 8;
  const mentions = [];
  for (let m = E.first[i]; m < E.first[i + 1]; m++) mentions.push(m);
  const shown = mentions.slice(0, MOST).map((m) => make("li", {}, sentence(E, m), origin(E, m), ruleOf(E, m)));
  const codes = D.books.filter((b) => b.at[i] >= 0).flatMap((b) => term(b.id,
    b.combos[b.at[i]].map((c) => b.codes[c][0] === b.codes[c][1] ? b.codes[c][0] : b.codes[c].join(" ")).join("; ")));
  const level = D.place[i] < 0 ? null : D.places[D.place[i]][5];
  const flags = D.flag_names.filter((name) => has(D, i, name)).join(", ");
  const sides = ["source", "target"].flatMap((side) => D[side][i] < 0 ? [] : term(side,
    D.combos[D[side][i]].map((a) => D.actors[a][0] + (D.actors[a][1] ? ` [${D.actors[a][1]}]` : "")).join("; ")));
  return make("div", { class: "detail-body" },
    make("ol", { class: "mentions" }, shown),
    mentions.length > MOST ? make("p", { class: "note" }, `and ${mentions.length - MOST} more mentions`) : null,
    make("dl", { class: "facts" },
      term("type", D.types[D.type[i]][1]), codes, sides,
      term("date", dayText(D, i)), term("place", placeText(D, i) || "unknown", level ? ` (${level} level)` : ""),
      D.killed[i] === UNKNOWN ? [] : term("killed", killedText(D, i)),
      D.injured[i] === UNKNOWN ? [] : term("injured", number(D.injured[i])),
      flags ? term("marks", flags) : [],
      term("reports", number(D.articles[i])),
      term("event id", make("code", {}, E.ids[i]))));
}
