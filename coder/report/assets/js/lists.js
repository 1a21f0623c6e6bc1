// The lists that follow the filters: actors, dyads, codes, casualties.

function drawActors(D, mask, pick) {
  const tally = tallyActors(D, mask);
  const actor = (a) => [D.actors[a][0], D.actors[a][1] ? make("span", { class: "dim" }, " " + D.actors[a][1]) : null];
  const cell = (a) => make("span", {}, actor(a));
  barTable($("actors"), ["Actor", { text: "as source", num: true }, { text: "as target", num: true }, "events"],
    top(tally.all, 15).map((a) => ({ n: tally.all[a], onclick: () => pick({ actor: String(a) }),
      cells: [cell(a), tally.source[a], tally.target[a], tally.all[a]] })));
  barTable($("dyads"), ["Source", "Target", "events"], tally.dyads.map((d) => ({ n: d.n,
    onclick: () => pick({ source: String(d.source), target: String(d.target) }),
    cells: [cell(d.source), cell(d.target), d.n] })));
}

let openBook = null;
const MOST_CODES = 20;
let allCodes = false;

function drawCodes(D, mask, pick) {
  const types = { id: "type", codes: D.types, at: D.type, combos: D.types.map((_, n) => [n]) };
  const books = [types, ...D.books];
  if (!openBook) openBook = (D.books[0] || types).id;
  const tabs = books.map((b) => make("button", { type: "button", role: "tab", id: "tab-" + b.id,
    "aria-selected": b.id === openBook ? "true" : "false", "aria-controls": "codes",
    tabindex: b.id === openBook ? 0 : -1,
    onclick: () => { openBook = b.id; drawCodes(D, mask, pick); $("tab-" + b.id).focus(); } }, b.id === "type" ? "core types" : b.id));
  replace($("books"), tabs);
  const book = books.find((b) => b.id === openBook);
  const { n, killed } = tallyCodes(D, book, mask);
  const named = book.codes.some(([code, label]) => code !== label);
  const codes = top(n, allCodes ? n.length : MOST_CODES);
  const total = n.reduce((a, b) => a + b, 0) || 1;
  $("codes").setAttribute("aria-labelledby", "tab-" + openBook);
  barTable($("codes"), ["Code", ...(named ? ["Label"] : []), { text: "killed", num: true }, { text: "share", num: true }, "events"], codes.map((c) => ({ n: n[c],
    onclick: () => pick({ book: book.id, code: book.codes[c][0] }),
    cells: [named ? make("span", { class: "code" }, book.codes[c][0]) : book.codes[c][0], ...(named ? [book.codes[c][1]] : []),
      killed[c], (100 * n[c] / total).toFixed(1) + " %", n[c]] })));
  $("codes").dataset.named = named;
  const rest = top(n, n.length).length - codes.length;
  $("more-codes").hidden = rest <= 0 && !allCodes;
  $("more-codes").textContent = allCodes ? "Show the first " + MOST_CODES : `Show ${rest} more codes`;
  $("more-codes").onclick = () => { allCodes = !allCodes; drawCodes(D, mask, pick); };
}

function wireTabs() {
  $("books").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...$("books").children];
    const at = tabs.findIndex((t) => t.getAttribute("aria-selected") === "true");
    tabs[(at + step + tabs.length) % tabs.length].click();
    event.preventDefault();
  });
}

function drawTolls(D, mask, pick) {
  const sum = tallyTolls(D, mask, null, 1);
  let shared = 0, words = 0, chosenEvents = 0, old = 0, large = 0;
  const largest = [];
  for (let i = 0; i < D.n; i++) {
    if (!mask[i]) continue;
    chosenEvents++;
    if (has(D, i, "toll shared")) shared++;
    if (D.killed[i] !== UNKNOWN && has(D, i, "background")) old++;
    else if (D.killed[i] > TOO_MANY) large++;
    if (adds(D, i)) largest.push(D.killed[i]);
    if (D.killed[i] === UNKNOWN && has(D, i, "toll in words")) words++;
  }
  const ten = largest.sort((a, b) => b - a).slice(0, 10).reduce((a, b) => a + b, 0);
  replace($("toll-text"), `${number(sum.stated[0])} of ${number(chosenEvents)} events state how many died: ${number(sum.killed[0])} in all`,
    sum.low[0] < sum.killed[0] ? `, ${number(sum.low[0])} by the lowest figures. ` : ". ",
    `${number(sum.injured[0])} injured. `,
    words ? `${number(words)} give the dead in words only. ` : "",
    shared ? `${number(shared)} share a toll with other events, which is left out of the sums. ` : "",
    old ? `${number(old)} lie more than two weeks before their report and are left out too. ` : "",
    large ? `${number(large)} state more than ${number(TOO_MANY)} dead, the sum of a war or a disaster rather than of an event, and are left out as well. ` : "",
    largest.length > 20 ? `The ten largest tolls make up ${Math.round(100 * ten / Math.max(1, sum.killed[0]))} % of the sum: read their sentences, by sorting the table by killed, before you use it. ` : "",
    "Other events are silent about deaths, which is not the same as none.");
  const table = (id, head, column, list, label, choice) => {
    const tolls = tallyTolls(D, mask, column, list.length);
    barTable($(id), [head, { text: "events with a toll", num: true }, { text: "injured", num: true }, "killed"],
      top(tolls.killed, 12).map((g) => ({ n: tolls.killed[g], onclick: () => pick(choice(g)),
        cells: [label(g), tolls.stated[g], tolls.injured[g], tolls.killed[g]] })));
  };
  table("tolls-country", "Country", D.country, D.countries, (c) => D.countries[c][1], (c) => ({ country: D.countries[c][0] }));
  table("tolls-type", "Type", D.type, D.types, (t) => D.types[t][1], (t) => ({ book: "type", code: D.types[t][0] }));
}
