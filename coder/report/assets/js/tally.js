// Counts of what is chosen, in one pass over the events for each question.

function countBy(column, mask, length) {
  const out = new Int32Array(length);
  for (let i = 0; i < mask.length; i++) if (mask[i] && column[i] >= 0) out[column[i]]++;
  return out;
}

const top = (counts, most) => Array.from(counts.keys()).filter((n) => counts[n] > 0)
  .sort((a, b) => counts[b] - counts[a] || a - b).slice(0, most);

function tallyActors(D, mask) {
  const source = new Int32Array(D.actors.length), target = new Int32Array(D.actors.length);
  const all = new Int32Array(D.actors.length), pairs = new Map();
  const size = D.actors.length;
  for (let i = 0; i < D.n; i++) {
    if (!mask[i]) continue;
    const S = D.source[i] < 0 ? [] : D.combos[D.source[i]];
    const T = D.target[i] < 0 ? [] : D.combos[D.target[i]];
    for (const s of S) { source[s]++; all[s]++; }
    for (const t of T) { target[t]++; if (!S.includes(t)) all[t]++; }
    for (const s of S) for (const t of T) {
      if (s !== t) pairs.set(s * size + t, (pairs.get(s * size + t) || 0) + 1);
    }
  }
  const dyads = [...pairs].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 15)
    .map(([key, n]) => ({ source: Math.floor(key / size), target: key % size, n }));
  return { source, target, all, dyads };
}

// Sums of stated tolls over groups of events; a toll that several events share is not added.
function tallyTolls(D, mask, column, length) {
  const out = { stated: new Int32Array(length), killed: new Float64Array(length),
    low: new Float64Array(length), injured: new Float64Array(length) };
  for (let i = 0; i < D.n; i++) {
    const g = column ? column[i] : 0;
    if (!mask[i] || g < 0) continue;
    if (D.injured[i] !== UNKNOWN && !has(D, i, "background")) out.injured[g] += D.injured[i];
    if (!adds(D, i)) continue;
    out.stated[g]++;
    out.killed[g] += D.killed[i];
    out.low[g] += D.killed_low[i] === UNKNOWN ? D.killed[i] : D.killed_low[i];
  }
  return out;
}

function tallyCodes(D, book, mask) {
  const n = new Int32Array(book.codes.length), killed = new Float64Array(book.codes.length);
  for (let i = 0; i < D.n; i++) {
    if (!mask[i] || book.at[i] < 0) continue;
    for (const c of book.combos[book.at[i]]) {
      n[c]++;
      if (adds(D, i)) killed[c] += D.killed[i];
    }
  }
  return { n, killed };
}

// The bins of the time axis: days, weeks, months or years, so that there are about 20 to 150.
function timeBins(first, last) {
  const span = last - first + 1;
  const unit = span <= 62 ? "day" : span <= 900 ? "week" : span <= 20000 ? "month" : "year";
  const starts = [];
  const date = new Date(first * DAY);
  if (unit === "week") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  if (unit === "month" || unit === "year") date.setUTCDate(1);
  if (unit === "year") date.setUTCMonth(0);
  while (date.getTime() / DAY <= last) {
    starts.push(date.getTime() / DAY);
    if (unit === "day") date.setUTCDate(date.getUTCDate() + 1);
    if (unit === "week") date.setUTCDate(date.getUTCDate() + 7);
    if (unit === "month") date.setUTCMonth(date.getUTCMonth() + 1);
    if (unit === "year") date.setUTCFullYear(date.getUTCFullYear() + 1);
  }
  starts.push(date.getTime() / DAY);
  const at = new Int16Array(starts[starts.length - 1] - starts[0]);
  for (let b = 0; b + 1 < starts.length; b++) at.fill(b, starts[b] - starts[0], starts[b + 1] - starts[0]);
  return { unit, starts, at, zero: starts[0], length: starts.length - 1 };
}

function tallyTime(D, bins, mask) {
  const n = new Int32Array(bins.length), killed = new Float64Array(bins.length);
  let outside = 0, undated = 0;
  for (let i = 0; i < D.n; i++) {
    if (mask && !mask[i]) continue;
    if (D.day[i] === UNKNOWN) { undated++; continue; }
    const day = D.day[i] - bins.zero;
    if (day < 0 || day >= bins.at.length) { outside++; continue; }
    n[bins.at[day]]++;
    if (adds(D, i)) killed[bins.at[day]] += D.killed[i];
  }
  return { n, killed, outside, undated };
}
