// Any table, as its declaration says: controls, rows, pages.

/** @typedef {{name: string, state: State, columns: string[], facets: string[], order?: string}} Listing */

/** Returns a label with its control.
 * @param {string} words @param {HTMLInputElement | HTMLSelectElement} control */
function labelled(words, control) {
  return el("label", {}, el("span", {}, words), control);
}

/** Returns what a control holds after an event.
 * @param {Event} event */
function valueOf(event) {
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
}

/** Returns a control for the words searched: it takes each letter as it is typed.
 * @param {State} state @param {string} key @param {string} words */
function wordInput(state, key, words) {
  const take = (/** @type {Event} */ event) => go(changed(state, key, valueOf(event)), state.query.has(key));
  const value = state.query.get(key) ?? "";
  return labelled(words, el("input", { id: `f-${key}`, type: "search", value, input: take }));
}

/** Returns a control for a day: it takes what is one, and says of anything else how a day is written.
 * @param {State} state @param {string} key @param {string} words */
function dayInput(state, key, words) {
  const take = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (!input.reportValidity()) return;
    setTimeout(() => go(changed(state, key, input.value))); // once the next field has the focus, which then stays there
  };
  const value = state.query.get(key) ?? "";
  const title = "A day as 2024-05-06, a month as 2024-05, or a year";
  const pattern = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?";
  return labelled(words, el("input", { id: `f-${key}`, type: "text", value, title, pattern, change: take }));
}

/** Returns a control for the values of a field, with how many rows of the table have each.
 * @param {string} name @param {State} state @param {Field} field */
function choice(name, state, field) {
  const counts = new Map([["", rowsOf(name).length]]);
  for (const row of rowsOf(name))
    for (const value of valuesOf(field, row[field.name])) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.has(EMPTY)) counts.set(FILLED, rowsOf(name).length - (counts.get(EMPTY) ?? 0));
  const named = /** @type {Record<string, string>} */ ({ "": "all", [FILLED]: "any value", [EMPTY]: "empty" });
  const chosen = state.query.get(field.name) ?? "";
  const options = orderValues(field, [...counts.keys()]).map((value) =>
    el(
      "option",
      { value, selected: value === chosen },
      `${named[value] ?? labelOf(field, readCell(field, value))} (${counts.get(value)})`,
    ),
  );
  return labelled(
    field.title,
    el(
      "select",
      { id: `f-${field.name}`, change: (event) => go(changed(state, field.name, valueOf(event))) },
      ...options,
    ),
  );
}

/** Returns the cell that a value in the address stands for.
 * @param {Field} field @param {string} value */
function readCell(field, value) {
  return field.type === "boolean" ? value === "true" : value;
}

/** Returns the values of a field in the order of its codes, else of their names; all, any and empty stand first.
 * @param {Field} field @param {string[]} values */
function orderValues(field, values) {
  const fixed = ["", FILLED, EMPTY];
  const known = field.codes
    ? [...codesOf(field.codes).keys()]
    : values.filter((value) => !fixed.includes(value)).sort();
  return [...fixed, ...known].filter((value) => values.includes(value));
}

const DATE = /^\[?[0-9]{4}-[0-9X]{2}-[^ ]+$/;
const NARROW = 640; // pixels, up to which the filters are folded until one is used

/** Returns the controls of a listing; those that are asked for less lie in a fold.
 * @param {Listing} listing */
function controls({ name, state, facets }) {
  const all = facetsOf(name);
  const first = all.filter((field) => facets.includes(field.name));
  const rest = all.filter((field) => !facets.includes(field.name));
  const days = dateOf(name)
    ? [dayInput(state, "from", "From (2024-05-06 or 2024-05)"), dayInput(state, "to", "To")]
    : [];
  const isUsed = (/** @type {Field} */ field) => state.query.has(field.name);
  const choices = (/** @type {Field[]} */ fields) => fields.map((field) => choice(name, state, field));
  const more = foldAway("More filters", rest.some(isUsed), el("div", { class: "fields" }, ...choices(rest)));
  const filters = el("div", { class: "fields" }, wordInput(state, "q", "Words"), ...days, ...choices(first));
  const clear = el(
    "p",
    {},
    el("a", { id: "clear", href: addressOf([state.view, ...state.path]) }, "Clear all filters"),
  );
  const open = innerWidth > NARROW || state.query.size > 0;
  const shown = foldAway("Filters", open, filters, ...(rest.length ? [more] : []), clear);
  return el("section", { class: "controls", "aria-label": "Filters" }, shown);
}

/** Returns the columns of a table that a reader needs: names in place of ids, the text of a date in place of bounds.
 * @param {string} name */
function columnsOf(name) {
  const names = content.tables[name].fields.map((field) => field.name);
  const shown = names.filter(
    (field) =>
      field !== HIDDEN &&
      !/_(first|last)_day$/.test(field) &&
      !(field.endsWith("_id") && names.includes(field.slice(0, -3))),
  );
  const lead = [...content.tables[name].primaryKey, "says"].filter((field) => shown.includes(field));
  return [...lead, ...shown.filter((field) => !lead.includes(field))];
}

/** Returns the content of a cell: a link where it is a key, an id or an address.
 * @param {string} name @param {Field} field @param {Row} row
 * @returns {Node} */
function show(name, field, row) {
  const cell = row[field.name];
  const to = referredBy(name, field.name, row);
  const called = to?.table === "actors" ? text(to.found.name) : text(cell);
  if (to) return el("span", {}, link(rowAddress(to.table, to.found), called));
  if (/^https?:\/\//.test(text(cell))) return el("span", {}, outside(text(cell)));
  const words = labelOf(field, cell);
  return el("span", { dir: "auto" }, ...(field.codes ? [words] : linked(words)));
}

/** Returns the head of a column, which sorts by it.
 * @param {State} state @param {Field} field @param {string} order */
function head(state, field, order) {
  const sorted = order === field.name ? "ascending" : order === `-${field.name}` ? "descending" : "none";
  const next = sorted === "ascending" ? `-${field.name}` : field.name;
  const mark = { ascending: " ▲", descending: " ▼", none: "" }[sorted];
  const press = el(
    "button",
    { type: "button", id: `s-${field.name}`, title: field.description, click: () => go(changed(state, "sort", next)) },
    field.title,
    el("span", { "aria-hidden": "true" }, mark),
  );
  return el("th", { scope: "col", "aria-sort": sorted }, press);
}

/** Returns the rows of a listing, a page of them, with what was found and what can be taken along.
 * @param {Listing} listing @param {Row[]} rows */
function listRows({ name, state, columns, order = "" }, rows) {
  const fields = columns.flatMap((column) => fieldOf(name, column) ?? []);
  const last = Math.max(Math.ceil(rows.length / PAGE), 1);
  const at = Math.min(Math.max(Number(state.query.get("page")) || 1, 1), last);
  const lines = rows.slice((at - 1) * PAGE, at * PAGE).map((row) => toLine(name, fields, row));
  const heads = fields.map((field) => head(state, field, state.query.get("sort") || order));
  const pages = last > 1 ? `, page ${at} of ${last}` : "";
  return el(
    "section",
    { "aria-label": "Rows" },
    el("p", { class: "count" }, `${rows.length} of ${rowsOf(name).length} rows of ${name}${pages}`),
    takeRows(name, rows),
    grid(content.tables[name].title, heads, lines),
    ...(last > 1 ? [pager(state, at, last)] : []),
  );
}

/** Returns the cells of a row; the first leads to all that is known of it.
 * @param {string} name @param {Field[]} fields @param {Row} row */
function toLine(name, [first, ...fields], row) {
  const lead = link(rowAddress(name, row), labelOf(first, row[first.name]) || keyOf(name, row));
  const kind = (/** @type {string} */ cell) => (DATE.test(cell) ? "date" : cell.length > 60 ? "long" : "short");
  const cells = fields.map((field) => el("td", { "data-type": kind(text(row[field.name])) }, show(name, field, row)));
  return [lead, ...cells];
}

/** Returns links to the pages before and after.
 * @param {State} state @param {number} at @param {number} last */
function pager(state, at, last) {
  const to = (/** @type {string} */ id, /** @type {number} */ page, /** @type {string} */ words) =>
    page >= 1 && page <= last ? [el("a", { id, href: changed(state, "page", String(page)) }, words)] : [];
  const now = el("span", {}, `page ${at} of ${last}`);
  const links = [...to("before", at - 1, "Previous page"), now, ...to("after", at + 1, "Next page")];
  return el("nav", { "aria-label": "Pages" }, ...links);
}

/** Draws a table with all its columns.
 * @param {State} state */
function drawTable(state) {
  const name = state.path[0];
  const table = Object.hasOwn(content.tables, name ?? "") ? content.tables[name] : undefined;
  if (!table) return [el("h1", { tabindex: "-1" }, `No table ${name}`), link("#tables", "All tables")];
  const facets = facetsOf(name)
    .slice(0, 4)
    .map((field) => field.name);
  const listing = { name, state, columns: columnsOf(name), facets };
  return [
    el("h1", { tabindex: "-1" }, table.title),
    el("p", {}, `One row is ${table.row}. Press a head to sort by it, an id for all that is known of its row.`),
    controls(listing),
    listRows(listing, filterRows(name, state.query)),
  ];
}

/** Draws the list of tables. */
function drawTables() {
  const groups = Object.entries(content.groups).map(([group, title]) => {
    const names = Object.keys(content.tables).filter((name) => content.tables[name].group === group);
    const items = names.map((name) =>
      el(
        "li",
        {},
        link(addressOf(["table", name]), content.tables[name].title),
        ` (${rowsOf(name).length}): ${content.tables[name].row}`,
      ),
    );
    return names.length ? [el("h2", {}, title), el("ul", {}, ...items)] : [];
  });
  return [el("h1", { tabindex: "-1" }, "All tables"), ...groups.flat()];
}
