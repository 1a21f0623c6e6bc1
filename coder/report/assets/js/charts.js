// The Vega charts: embedded once, then given new rows. The interpreter of expressions makes
// no code out of text, so the page needs no right to evaluate any.

const views = {};

async function embed(id, spec) {
  const result = await vegaEmbed("#" + id, spec, { mode: "vega", renderer: "svg", actions: false,
    ast: true, logLevel: 1, defaultStyle: false, tooltip: { theme: "custom" } });
  views[id] = result.view;
  return result.view;
}

function binLabel(bins, b) {
  const text = iso(bins.starts[b]);
  if (bins.unit === "year") return text.slice(0, 4);
  if (bins.unit === "month") return text.slice(0, 7);
  return bins.unit === "week" ? "week of " + text : text;
}

const binRows = (bins, all, n) => Array.from({ length: bins.length }, (_, b) => ({ b,
  start: bins.starts[b] * DAY, end: bins.starts[b + 1] * DAY, label: binLabel(bins, b),
  all: all[b], n: n[b] }));

function drawMap(D, mask) {
  const counts = countBy(D.country, mask, D.countries.length);
  const most = Math.max(1, ...counts);
  const shades = [];
  D.countries.forEach(([code, name, id], c) => {
    if (!id || !counts[c]) return;
    const step = Math.max(1, Math.ceil(5 * Math.sqrt(counts[c] / most)));
    shades.push({ id, code, fill: `var(--map-${step})`, label: `${name}: ${number(counts[c])} events` });
  });
  const known = new Set(shades.map((s) => s.id));
  for (const id of mapIds) if (!known.has(id)) shades.push({ id, fill: "var(--map-0)", label: mapNames[id] });
  const at = countBy(D.place, mask, D.places.length);
  const spots = [];
  let biggest = 1;
  for (const p of top(at, D.places.length)) {
    const [name, admin1, country, latitude, longitude, level] = D.places[p];
    if (latitude === null || level === "country") continue;
    biggest = Math.max(biggest, at[p]);
    spots.push({ longitude, latitude, p, n: at[p],
      label: `${name || admin1 || "at sea"}: ${number(at[p])} ${at[p] === 1 ? "event" : "events"}` });
    if (spots.length === 1500) break;
  }
  const narrow = Math.min(1, Math.max(0.3, $("map-chart").clientWidth / 1000));
  const scale = narrow * Math.min(700, 60 + 4 * biggest) / biggest;
  for (const spot of spots) spot.size = Math.max(6 * narrow, spot.n * scale);
  const view = views["map-chart"];
  view.data("shades", shades).data("spots", spots);
  view.runAsync();
  return { counts, spots: spots.length };
}

let mapIds = [], mapNames = {};
const HOME = { k: 1, x: 0.5, y: 0.57 };
let home = { ...HOME };
let eye = { ...HOME };

function look(next) {
  eye = { k: Math.min(40, Math.max(1, next.k)), x: next.x, y: next.y };
  const view = views["map-chart"];
  view.signal("k", eye.k).signal("x", eye.x).signal("y", eye.y);
  view.runAsync();
}

function zoom(by) {
  const k = Math.min(40, Math.max(1, eye.k * by));
  const f = k / eye.k;
  look({ k, x: 0.5 + (eye.x - 0.5) * f, y: 0.5 + (eye.y - 0.5) * f });
}

const pan = (dx, dy) => look({ ...eye, x: eye.x + dx, y: eye.y + dy });

// The view in which nine events of ten lie: most datasets are of one region.
function homeOf(D) {
  const lon = [], lat = [];
  for (let i = 0; i < D.n; i++) {
    const p = D.place[i] < 0 ? null : D.places[D.place[i]];
    if (p && p[3] !== null) { lat.push(p[3]); lon.push(p[4]); }
  }
  if (lon.length < 5) return { ...HOME };
  lon.sort((a, b) => a - b); lat.sort((a, b) => a - b);
  const q = (list, share) => list[Math.floor(share * (list.length - 1))];
  const west = q(lon, 0.04), east = q(lon, 0.96), south = q(lat, 0.04), north = q(lat, 0.96);
  const k = Math.min(8, 300 / Math.max(30, east - west + 16), 150 / Math.max(20, north - south + 12));
  if (k < 1.6) return { ...HOME };
  const unit = k / 5.6 * Math.PI / 180;
  const ratio = 1 / mapRatio();
  return { k, x: 0.5 - (west + east) / 2 * unit * 0.87, y: 0.5 + (south + north) / 2 * unit * ratio * 1.1 };
}

const mapRatio = () => (window.innerWidth < 640 ? 0.6 : 0.45);

function sizeMap() {
  const view = views["map-chart"];
  const width = $("map-chart").clientWidth;
  view.height(Math.round(width * mapRatio())).width(width);
  view.runAsync();
}

function wireMap(D, choose) {
  const box = $("map-chart"), view = views["map-chart"];
  view.addEventListener("click", (event, item) => {
    if (moved || !item || !item.datum) return;
    if (item.datum.p !== undefined) choose({ place: String(item.datum.p) });
    else if (item.datum.code) choose({ country: item.datum.code });
  });
  let from = null, moved = false;
  box.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") from = { x: event.clientX, y: event.clientY, eye: { ...eye } };
    moved = false;
  });
  window.addEventListener("pointerup", () => { from = null; });
  box.addEventListener("pointermove", (event) => {
    if (!from) return;
    const dx = event.clientX - from.x, dy = event.clientY - from.y;
    if (Math.abs(dx) + Math.abs(dy) < 4) return;
    moved = true;
    look({ ...from.eye, x: from.eye.x + dx / view.width(), y: from.eye.y + dy / view.height() });
  });
  box.addEventListener("keydown", (event) => {
    const act = { "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), "0": () => look(home),
      ArrowLeft: () => pan(0.1, 0), ArrowRight: () => pan(-0.1, 0), ArrowUp: () => pan(0, 0.1),
      ArrowDown: () => pan(0, -0.1) }[event.key];
    if (act) { act(); event.preventDefault(); }
  });
  $("zoom-in").onclick = () => zoom(1.6);
  $("zoom-out").onclick = () => zoom(1 / 1.6);
  $("zoom-home").onclick = () => look(home);
  $("zoom-world").onclick = () => look(HOME);
}
