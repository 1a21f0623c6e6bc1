// Elements are made from data here and nowhere else: text is set as text, so no word of an
// article is ever read as HTML.

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick") node.addEventListener("click", value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, String(value));
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

const replace = (node, ...children) => node.replaceChildren(...children.flat());

const isNumber = (cell) => typeof cell === "number" || /^[\d.]+ %$/.test(cell);

// A small table with bars: `rows` are {cells: [...], n, all, onclick, label}.
function barTable(node, heads, rows, { empty = "None in this selection." } = {}) {
  if (!rows.length) return replace(node, make("p", { class: "note" }, empty));
  const most = Math.max(...rows.map((row) => row.n), 1);
  const head = make("tr", {}, heads.map((h, n) => make("th", { scope: "col", class: n === heads.length - 1 || h.num ? "num" : null }, h.text || h)));
  const body = rows.map((row) => {
    const first = row.onclick
      ? make("button", { type: "button", class: "pick", onclick: row.onclick, title: "Show only these events" }, row.cells[0])
      : row.cells[0];
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--w", (100 * row.n / most).toFixed(1) + "%");
    return make("tr", {},
      make("td", { class: "barred" }, first, bar),
      row.cells.slice(1).map((cell) => make("td", { class: isNumber(cell) ? "num" : null }, typeof cell === "number" ? number(cell) : cell)));
  });
  replace(node, make("table", { class: "bars" }, make("thead", {}, head), make("tbody", {}, body)));
}
