// What is chosen: a state of a few values, and a mask of one byte for each event.

const EMPTY = { q: "", book: "type", code: "", country: "", from: "", to: "", deaths: "",
  actor: "", source: "", target: "", place: "" };
const state = { ...EMPTY };

let search = null;           // made of the sentences, once they are unpacked

const lower = (text) => text.toLowerCase();

// All texts as one string, so that one word is looked up at the speed of memory.
function haystack(texts) {
  const starts = new Int32Array(texts.length + 1);
  const parts = texts.map((text, n) => {
    const low = lower(text || "") + "\n";
    starts[n + 1] = starts[n] + low.length;
    return low;
  });
  return { text: parts.join(""), starts };
}

function hits(hay, word) {
  const found = new Uint8Array(hay.starts.length - 1);
  let n = 0;
  for (let at = hay.text.indexOf(word); at >= 0; at = hay.text.indexOf(word, at)) {
    while (hay.starts[n + 1] <= at) n++;
    found[n] = 1;
    at = hay.starts[n + 1];
  }
  return found;
}

function searcher(D, E) {
  const hays = {
    actors: haystack(D.actors.map((a) => a[0] + " " + (a[1] || ""))),
    places: haystack(D.places.map((p) => [p[0], p[1]].join(" "))),
    countries: haystack(D.countries.map((c) => c[1])),
    types: haystack(D.types.map((t) => t.join(" "))),
    sentences: E ? haystack(E.sentences) : null,
  };
  return (word) => {
    const actors = hits(hays.actors, word), places = hits(hays.places, word);
    const countries = hits(hays.countries, word), types = hits(hays.types, word);
    const sentences = hays.sentences && hits(hays.sentences, word);
    const lists = D.combos.map((list) => list.some((a) => actors[a]));
    const out = new Uint8Array(D.n);
    for (let i = 0; i < D.n; i++) {
      let yes = types[D.type[i]] || countries[D.country[i]] || places[D.place[i]]
        || lists[D.source[i]] || lists[D.target[i]];
      if (!yes && sentences) {
        for (let m = E.first[i]; m < E.first[i + 1] && !yes; m++) yes = sentences[E.sentence[m]];
      }
      out[i] = yes ? 1 : 0;
    }
    return out;
  };
}

// Words of a search; what stands in quotation marks is one.
function wordsOf(q) {
  return (lower(q).match(/"[^"]+"|\S+/g) || []).map((w) => w.replace(/"/g, "")).filter(Boolean);
}

function keep(mask, test) {
  for (let i = 0; i < mask.length; i++) if (mask[i] && !test(i)) mask[i] = 0;
}

const dayOf = (text) => Math.floor(Date.parse(text + "T00:00:00Z") / DAY);

function applyFilters(D) {
  const mask = new Uint8Array(D.n).fill(1);
  if (state.book === "type") {
    if (state.code) {
      const wanted = D.types.map(([name]) => name === state.code
        || (state.code.endsWith(".*") && (name + ".").startsWith(state.code.slice(0, -1))));
      keep(mask, (i) => wanted[D.type[i]]);
    }
  } else {
    const book = D.books.find((b) => b.id === state.book);
    const wanted = book.combos.map((list) => list.some((c) => !state.code || book.codes[c][0] === state.code));
    keep(mask, (i) => book.at[i] >= 0 && wanted[book.at[i]]);
  }
  if (state.country) {
    const wanted = D.countries.findIndex((c) => c[0] === state.country);
    keep(mask, (i) => D.country[i] === wanted);
  }
  const from = state.from ? dayOf(state.from) : NaN, to = state.to ? dayOf(state.to) : NaN;
  if (!Number.isNaN(from)) keep(mask, (i) => D.day[i] !== UNKNOWN && D.day[i] + D.days[i] >= from);
  if (!Number.isNaN(to)) keep(mask, (i) => D.day[i] !== UNKNOWN && D.day[i] <= to);
  if (state.deaths) {
    const least = Number(state.deaths);
    keep(mask, (i) => D.killed[i] >= least);
  }
  if (state.place !== "") keep(mask, (i) => D.place[i] === Number(state.place));
  for (const side of ["source", "target", "actor"]) {
    if (state[side] === "") continue;
    const wanted = D.combos.map((list) => list.includes(Number(state[side])));
    if (side === "actor") keep(mask, (i) => wanted[D.source[i]] || wanted[D.target[i]]);
    else keep(mask, (i) => wanted[D[side][i]]);
  }
  for (const word of wordsOf(state.q)) {
    const found = search(word);
    keep(mask, (i) => found[i]);
  }
  return mask;
}
