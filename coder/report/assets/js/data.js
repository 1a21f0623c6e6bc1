// The data of the page: unpacked once, numbers in typed arrays, text in lists beside them.

const DAY = 86400000;
const UNKNOWN = -2147483648;
const $ = (id) => document.getElementById(id);

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;\"='?@^_`{|}~";

// Base85: five letters are four bytes.
function bytesOf(text) {
  const value = new Uint8Array(128);
  for (let n = 0; n < 85; n++) value[LETTERS.charCodeAt(n)] = n;
  const whole = Math.floor(text.length / 5), rest = text.length % 5;
  const out = new Uint8Array((whole + 1) * 4);
  const view = new DataView(out.buffer);
  const padded = text + "~~~~~";
  for (let n = 0, at = 0; n <= whole; n++, at += 5) {
    let word = 0;
    for (let k = 0; k < 5; k++) word = word * 85 + value[padded.charCodeAt(at + k)];
    view.setUint32(n * 4, word);
  }
  return out.subarray(0, whole * 4 + Math.max(0, rest - 1));
}

async function unpack(id) {
  const bytes = bytesOf($(id).textContent.trim());
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function sums(differences) {
  const out = new Int32Array(differences.length);
  let sum = 0;
  for (let n = 0; n < out.length; n++) { sum += differences[n]; out[n] = sum; }
  return out;
}

function evidenceOf(raw) {
  for (const name of ["first", "sentence", "article", "spans_first"]) raw[name] = sums(raw[name]);
  return raw;
}

function ints(values) {
  const out = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i] === null ? UNKNOWN : values[i];
  return out;
}

const NUMBERS = ["day", "days", "precision", "type", "country", "place", "source", "target",
  "killed", "killed_low", "killed_high", "injured", "articles", "flags"];

function columnsOf(raw) {
  for (const name of NUMBERS) raw[name] = ints(raw[name]);
  for (const book of raw.books) book.at = ints(book.at);
  raw.bit = Object.fromEntries(raw.flag_names.map((name, n) => [name, 1 << n]));
  return raw;
}

const has = (D, i, flag) => (D.flags[i] & D.bit[flag]) !== 0;
// A toll that is added up: stated, of this event alone, no old one told again, and not so large
// that it is the sum of a war rather than of an event.
const TOO_MANY = 10000;
const adds = (D, i) => D.killed[i] !== UNKNOWN && D.killed[i] <= TOO_MANY
  && !(D.flags[i] & (D.bit["toll shared"] | D.bit.background));
const number = (n) => n.toLocaleString("en");
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

function dayText(D, i) {
  if (D.day[i] === UNKNOWN) return "unknown";
  const text = iso(D.day[i]);
  const precision = D.precisions[D.precision[i]];
  if (precision === "year") return text.slice(0, 4);
  if (precision === "month") return text.slice(0, 7);
  if (precision === "week") return "week of " + text;
  return D.days[i] > 0 ? text + " to " + iso(D.day[i] + D.days[i]) : text;
}

function placeText(D, i) {
  const country = D.country[i] < 0 ? "" : D.countries[D.country[i]][1];
  if (D.place[i] < 0) return country;
  const [name, admin1] = D.places[D.place[i]];
  return [name || admin1, country].filter((x, n, all) => x && all.indexOf(x) === n).join(", ");
}

const actorNames = (D, list) => list < 0 ? [] : D.combos[list].map((a) => D.actors[a][0]);

function killedText(D, i) {
  if (D.killed[i] === UNKNOWN) return has(D, i, "toll in words") ? "some" : "";
  const low = D.killed_low[i], high = D.killed_high[i], best = D.killed[i];
  const more = high === UNKNOWN ? "+" : "";
  const range = high !== UNKNOWN && low !== UNKNOWN && low < high ? ` (${low}–${high})` : "";
  return number(best) + more + range + (has(D, i, "toll shared") ? " shared" : "");
}
