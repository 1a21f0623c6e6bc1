// The table of events: sorted, a page at a time, and a row opens to its detail.

const PAGE = 50;
const orders = new Map();
let chosen = new Int32Array(0), page = 0;
const sorting = { by: "new", down: true };

const SORT_KEYS = {
  new: (D) => Int32Array.from({ length: D.n }, (_, i) => D.n - i),
  date: (D) => D.day,
  type: (D) => rank(D.types.map((t) => t[1]), D.type),
  source: (D) => rank(D.combos.map((_, n) => actorNames(D, n).join("; ")), D.source),
  target: (D) => rank(D.combos.map((_, n) => actorNames(D, n).join("; ")), D.target),
  place: (D) => {
    const texts = Array.from({ length: D.n }, (_, i) => placeText(D, i));
    const index = new Map([...new Set(texts)].map((text, n) => [text, n]));
    return rank([...index.keys()], texts.map((text) => (text ? index.get(text) : -1)));
  },
  killed: (D) => D.killed,
  reports: (D) => D.articles,
};

// Each row's number in the alphabet; unknown is -1.
function rank(texts, column) {
  const order = new Intl.Collator("en", { sensitivity: "base", numeric: true });
  const sorted = Array.from(texts.keys()).sort((a, b) => order.compare(texts[a], texts[b]));
  const place = new Int32Array(texts.length);
  sorted.forEach((at, n) => { place[at] = n; });
  return Int32Array.from(column, (at) => (at < 0 ? -1 : place[at]));
}

function orderBy(D, by, down) {
  const key = by + down;
  if (!orders.has(key)) {
    const values = SORT_KEYS[by](D);
    const empty = (v) => v < 0 && (v === UNKNOWN || (v === -1 && by !== "date"));
    const rows = Int32Array.from({ length: D.n }, (_, i) => i);
    rows.sort((a, b) => {
      const x = empty(values[a]), y = empty(values[b]);
      if (x || y) return x - y || a - b;
      return (down ? values[b] - values[a] : values[a] - values[b]) || a - b;
    });
    orders.set(key, rows);
  }
  return orders.get(key);
}

function choose(D, mask) {
  const out = new Int32Array(D.n);
  let n = 0;
  for (const i of orderBy(D, sorting.by, sorting.down)) if (mask[i]) out[n++] = i;
  chosen = out.subarray(0, n);
}

function codeOf(D, i) {
  const book = D.books.find((b) => b.id === state.book);
  if (!book || book.at[i] < 0) return null;
  return book.combos[book.at[i]].map((c) => book.codes[c][0]).join("; ");
}

function actorCell(D, list) {
  if (list < 0) return make("span", { class: "dim" }, "–");
  const names = actorNames(D, list);
  return names.length > 2 ? names.slice(0, 2).join(", ") + ` +${names.length - 2}` : names.join(", ");
}

function eventRow(D, i, open) {
  const button = make("button", { type: "button", class: "open", "aria-expanded": "false",
    "aria-label": `${dayText(D, i)}: ${D.types[D.type[i]][1]}. Show the sentence and the rule` }, dayText(D, i));
  const code = codeOf(D, i);
  const marks = ["attempted", "intercepted", "hedged", "disputed"].filter((f) => has(D, i, f)).join(", ");
  const row = make("tr", { class: "event", role: "row", "data-row": i },
    make("td", { class: "date", role: "cell" }, button),
    make("td", { class: "type", role: "cell" }, code ? make("span", { class: "code" }, code + " ") : null, D.types[D.type[i]][1],
      marks ? make("span", { class: "dim" }, " " + marks) : null),
    make("td", { class: "who", role: "cell", "data-label": "source" }, actorCell(D, D.source[i])),
    make("td", { class: "who", role: "cell", "data-label": "target" }, actorCell(D, D.target[i])),
    make("td", { class: "where", role: "cell" }, placeText(D, i)),
    make("td", { class: "num", role: "cell", "data-label": "killed" }, killedText(D, i)),
    make("td", { class: "num", role: "cell", "data-label": "reports" }, number(D.articles[i])));
  row.addEventListener("click", () => {
    if (String(window.getSelection())) return;
    open(row, button, i);
  });
  return row;
}

function drawTable(D, open) {
  const pages = Math.max(1, Math.ceil(chosen.length / PAGE));
  page = Math.min(Math.max(0, page), pages - 1);
  const rows = Array.from(chosen.subarray(page * PAGE, (page + 1) * PAGE), (i) => eventRow(D, i, open));
  replace($("rows"), rows.length ? rows : make("tr", {}, make("td", { colspan: 7, class: "note" },
    "No event matches. Take a filter away.")));
  const first = chosen.length ? page * PAGE + 1 : 0;
  $("page-text").textContent = `${number(first)}–${number(Math.min(chosen.length, (page + 1) * PAGE))} of ${number(chosen.length)}`;
  for (const id of ["first", "previous"]) $(id).disabled = page === 0;
  for (const id of ["next", "last"]) $(id).disabled = page >= pages - 1;
  for (const th of document.querySelectorAll("#table th[data-sort]")) {
    const now = th.dataset.sort === sorting.by;
    if (now) th.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
    else th.removeAttribute("aria-sort");
  }
}

// CSV of what is chosen. A cell that a spreadsheet would run as a formula gets an apostrophe.
function csv(D, E) {
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    const safe = /^[\s\u200b]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  };
  const heads = ["event_id", "date", "type", ...D.books.map((b) => b.id), "source", "target",
    "country", "place", "latitude", "longitude", "geo_level", "killed_low", "killed", "killed_high",
    "injured", "reports", "marks", "rule"];
  const lines = [heads.join(",")];
  const known = (v) => (v === UNKNOWN ? "" : v);
  for (const i of chosen) {
    const p = D.place[i] < 0 ? [] : D.places[D.place[i]];
    lines.push([E.ids[i], D.day[i] === UNKNOWN ? "" : iso(D.day[i]), D.types[D.type[i]][0],
      ...D.books.map((b) => b.at[i] < 0 ? "" : b.combos[b.at[i]].map((c) => b.codes[c][0]).join(";")),
      actorNames(D, D.source[i]).join("; "), actorNames(D, D.target[i]).join("; "),
      D.country[i] < 0 ? "" : D.countries[D.country[i]][0], p[0], p[3], p[4], p[5],
      known(D.killed_low[i]), known(D.killed[i]), known(D.killed_high[i]), known(D.injured[i]),
      D.articles[i], D.flag_names.filter((f) => has(D, i, f)).join("; "),
      E.first[i] < E.first[i + 1] ? E.rules[E.rule[E.first[i]]][0] : ""].map((v, n) => (n >= 9 && n <= 10 ? v ?? "" : cell(v))).join(","));
  }
  return lines.join("\r\n") + "\r\n";
}
