// The page: unpack, draw, and answer to what is chosen.

let D = null, E = null, mask = null, bins = null, allTime = null, evidenceReady = null;
const timings = { start: performance.now() };

const CONTROLS = ["q", "book", "code", "country", "from", "to", "deaths"];

function fillSelect(id, options, value) {
  replace($(id), options.map((o) => (o.group
    ? Object.assign(document.createElement("optgroup"), { label: o.group })
    : make("option", { value: o.value }, o.text))));
  let group = null;
  for (const node of [...$(id).children]) {
    if (node.tagName === "OPTGROUP") group = node;
    else if (group && node.value) group.append(node);
  }
  $(id).value = value;
}

function fillCodes() {
  const everything = { value: "", text: "all" };
  let options;
  if (state.book === "type") {
    const families = new Map();
    for (const [name, label] of D.types) {
      const family = name.split(".")[0];
      if (!families.has(family)) families.set(family, []);
      families.get(family).push({ value: name, text: label === name ? name : `${label} (${name})` });
    }
    options = [...families].flatMap(([family, own]) => [{ group: family }, { value: family + ".*", text: `${family}: all` }, ...own]);
  } else {
    const book = D.books.find((b) => b.id === state.book);
    options = book.codes.map(([code, label]) => ({ value: code, text: code === label ? code : `${code} ${label}` }));
  }
  fillSelect("code", [everything, ...options], state.code);
}

function chip(text, clear) {
  return make("button", { type: "button", class: "chip", "aria-label": `Take away: ${text}`, onclick: () => set(clear) }, text, make("span", { "aria-hidden": "true" }, " ×"));
}

function drawChips() {
  const chips = [];
  const actor = (a) => D.actors[Number(a)][0];
  if (state.q) chips.push(chip(`“${state.q}”`, { q: "" }));
  if (state.code || state.book !== "type") chips.push(chip(`${state.book === "type" ? "type" : state.book} ${state.code || "coded"}`, { code: "", book: "type" }));
  if (state.country) chips.push(chip(D.countries.find((c) => c[0] === state.country)[1], { country: "" }));
  if (state.from || state.to) chips.push(chip(`${state.from || "…"} to ${state.to || "…"}`, { from: "", to: "" }));
  if (state.deaths) chips.push(chip(`${state.deaths} or more killed`, { deaths: "" }));
  if (state.actor) chips.push(chip(`actor ${actor(state.actor)}`, { actor: "" }));
  if (state.source) chips.push(chip(`source ${actor(state.source)}`, { source: "" }));
  if (state.target) chips.push(chip(`target ${actor(state.target)}`, { target: "" }));
  if (state.place) chips.push(chip(`place ${D.places[Number(state.place)][0] || D.places[Number(state.place)][1] || ""}`, { place: "" }));
  replace($("chips"), chips);
  $("clear").hidden = !chips.length;
}

// The table answers at once; charts and lists follow in the next frame.
function refresh() {
  const begin = performance.now();
  mask = applyFilters(D);
  choose(D, mask);
  page = 0;
  drawTable(D, openEvent);
  drawChips();
  const n = chosen.length;
  $("count").textContent = n === D.n ? `${number(n)} events` : `${number(n)} of ${number(D.n)} events`;
  timings.filter = performance.now() - begin;
  window.cancelAnimationFrame(refresh.frame);
  refresh.frame = window.requestAnimationFrame(drawRest);
}

function drawRest() {
  const begin = performance.now();
  const time = tallyTime(D, bins, mask);
  views["timeline-chart"].data("bins", binRows(bins, allTime.n, time.n)).resize().runAsync();
  views["tolls-chart"].data("tolls", binRows(bins, allTime.killed, time.killed)).resize().runAsync();
  const left = [time.outside ? `${number(time.outside)} events lie outside these years` : "",
    time.undated ? `${number(time.undated)} have no date` : ""].filter(Boolean).join(" and ");
  $("time-note").textContent = left ? left + "; they are not drawn." : "";
  const map = drawMap(D, mask);
  drawPlaces(map.counts);
  drawActors(D, mask, set);
  drawCodes(D, mask, set);
  drawTolls(D, mask, set);
  drawTimeTable(time);
  timings.charts = performance.now() - begin;
}

function drawPlaces(counts) {
  barTable($("countries"), ["Country", "events"], top(counts, 12).map((c) => ({ n: counts[c],
    onclick: () => set({ country: D.countries[c][0] }), cells: [D.countries[c][1], counts[c]] })));
  const at = countBy(D.place, mask, D.places.length);
  for (let p = 0; p < at.length; p++) if (D.places[p][5] === "country" || !(D.places[p][0] || D.places[p][1])) at[p] = 0;
  barTable($("towns"), ["Place", "Level", "events"], top(at, 12).map((p) => ({ n: at[p],
    onclick: () => set({ place: String(p) }), cells: [[D.places[p][0] || D.places[p][1]].join(), D.places[p][5], at[p]] })));
}

function drawTimeTable(time) {
  const box = $("time-table");
  if (!box.open) { box.ontoggle = () => { box.ontoggle = null; if (box.open) drawTimeTable(tallyTime(D, bins, mask)); }; return; }
  const rows = [];
  for (let b = 0; b < bins.length; b++) if (time.n[b]) rows.push({ n: time.n[b], cells: [binLabel(bins, b), time.killed[b], time.n[b]] });
  barTable($("time-rows"), [bins.unit, { text: "killed", num: true }, "events"], rows);
}

function set(changes) {
  Object.assign(state, changes);
  if ("book" in changes || "code" in changes) {
    $("book").value = state.book;
    fillCodes();
  }
  for (const id of CONTROLS) if ($(id).value !== state[id]) $(id).value = state[id];
  const words = new URLSearchParams(Object.entries(state).filter(([k, v]) => v !== EMPTY[k]));
  window.history.replaceState(null, "", words.size ? "#?" + words : window.location.pathname + window.location.search);
  refresh();
}

function readAddress() {
  if (!window.location.hash.startsWith("#?")) return {};
  const read = Object.fromEntries([...new URLSearchParams(window.location.hash.slice(2))].filter(([k]) => k in EMPTY));
  const number = (name, length) => { if (name in read && !(Number(read[name]) < length)) delete read[name]; };
  for (const side of ["actor", "source", "target"]) number(side, D.actors.length);
  number("place", D.places.length);
  if (read.country && !D.countries.some((c) => c[0] === read.country)) delete read.country;
  if (read.book && read.book !== "type" && !D.books.some((b) => b.id === read.book)) { delete read.book; delete read.code; }
  return read;
}

async function openEvent(row, button, i) {
  const next = row.nextElementSibling;
  if (next && next.classList.contains("detail")) {
    next.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  await evidenceReady;
  if (button.getAttribute("aria-expanded") === "true") return;
  button.setAttribute("aria-expanded", "true");
  row.after(make("tr", { class: "detail", role: "row" }, make("td", { colspan: 7, role: "cell" }, detail(D, E, i))));
}

function wireTable() {
  for (const th of document.querySelectorAll("#table th[data-sort] button")) {
    th.addEventListener("click", () => {
      const by = th.parentElement.dataset.sort;
      sorting.down = sorting.by === by ? !sorting.down : ["date", "killed", "reports"].includes(by);
      sorting.by = by;
      choose(D, mask);
      page = 0;
      drawTable(D, openEvent);
    });
  }
  const turn = (to) => () => { page = to(); drawTable(D, openEvent); $("events").scrollIntoView(); };
  $("first").onclick = turn(() => 0);
  $("previous").onclick = turn(() => page - 1);
  $("next").onclick = turn(() => page + 1);
  $("last").onclick = turn(() => Math.ceil(chosen.length / PAGE) - 1);
  $("download").onclick = async () => {
    await evidenceReady;
    const link = make("a", { href: URL.createObjectURL(new Blob([csv(D, E)], { type: "text/csv" })), download: "events.csv" });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
}

function wireFilters() {
  let wait = 0;
  for (const id of CONTROLS) {
    $(id).addEventListener(id === "q" || id === "deaths" ? "input" : "change", () => {
      window.clearTimeout(wait);
      const change = { [id]: $(id).value.trim() };
      if (id === "book") change.code = "";
      wait = window.setTimeout(() => set(change), id === "q" ? 120 : 0);
    });
  }
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("clear").onclick = () => set({ ...EMPTY });
  $("theme").onclick = () => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    const root = document.documentElement;
    root.dataset.theme = (root.dataset.theme || (dark ? "dark" : "light")) === "dark" ? "light" : "dark";
  };
}

async function drawMonths(spec, months) {
  const rows = months.map((m) => ({ start: Date.parse(m.period + "-01T00:00:00Z"), label: m.period, n: m.n_articles,
    end: Date.UTC(Number(m.period.slice(0, 4)), Number(m.period.slice(5)), 1) }));
  const view = await embed("months-chart", spec);
  view.data("months", rows).resize().runAsync();
}

async function begin() {
  const [raw, world] = await Promise.all([unpack("data"), unpack("world")]);
  D = columnsOf(raw);
  timings.unpacked = performance.now() - timings.start;
  bins = timeBins(...raw.span);
  allTime = tallyTime(D, bins, null);
  search = searcher(D, null);
  mapIds = world.objects.countries.geometries.map((g) => g.id).filter(Boolean);
  mapNames = Object.fromEntries(world.objects.countries.geometries.map((g) => [g.id, g.properties.name]));
  const mapSpec = raw.specs.map;
  mapSpec.data.find((d) => d.name === "shapes").values = world;
  await Promise.all([embed("timeline-chart", raw.specs.timeline), embed("tolls-chart", raw.specs.tolls),
    embed("map-chart", mapSpec), drawMonths(raw.specs.months, raw.months)]);
  fillCodes();
  fillSelect("book", [{ value: "type", text: "core types" }, ...D.books.map((b) => ({ value: b.id, text: b.id }))], "type");
  const countries = countBy(D.country, new Uint8Array(D.n).fill(1), D.countries.length);
  fillSelect("country", [{ value: "", text: "all" }, ...D.countries.map((c, n) => ({ value: c[0], text: `${c[1]} (${number(countries[n])})` })).sort((a, b) => a.text.localeCompare(b.text))], "");
  sizeMap();
  home = homeOf(D);
  look(home);
  wireMap(D, set);
  wireTable();
  wireFilters();
  wireTabs();
  const day = (view) => view.addEventListener("click", (event, item) => {
    if (item && item.datum && item.datum.b !== undefined) set({ from: iso(bins.starts[item.datum.b]), to: iso(bins.starts[item.datum.b + 1] - 1) });
  });
  day(views["timeline-chart"]);
  day(views["tolls-chart"]);
  window.addEventListener("resize", sizeMap);
  set(readAddress());
  document.body.dataset.ready = "1";
  timings.ready = performance.now() - timings.start;
  evidenceReady = new Promise((done) => window.setTimeout(done, 50)).then(() => unpack("evidence")).then((read) => {
    E = evidenceOf(read);
    search = searcher(D, E);
    document.body.dataset.searchable = "1";
    if (state.q) refresh();
  });
}

window.coderReport = { timings };
begin().catch((error) => {
  $("count").textContent = "This browser cannot show the page: " + error.message;
  throw error;
});
