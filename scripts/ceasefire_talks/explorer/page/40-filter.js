// Which rows are shown: the words searched, the codes and parties chosen, the days, the order.

const FILLED = "*";
const EMPTY = "-";
const PAGE = 100;

/** Tells whether a cell holds several names.
 * @param {Field} field */
function isList(field) {
  return field.name.endsWith("_party");
}

/** Returns the fields of a table that a reader may choose values of.
 * @param {string} name */
function facetsOf(name) {
  return content.tables[name].fields.filter((field) => field.codes || field.type === "boolean" || isList(field));
}

/** Returns the name of the field that holds the date of a row.
 * @param {string} name */
function dateOf(name) {
  const field = content.tables[name].fields.find((one) => one.edtf);
  return field && fieldOf(name, `${field.name}_first_day`) ? field.name : "";
}

/** Returns the values of a cell that may be chosen.
 * @param {Field} field @param {Cell} cell */
function valuesOf(field, cell) {
  if (cell === null) return [EMPTY];
  return isList(field) ? text(cell).split("; ") : [text(cell)];
}

/** Tells whether a cell is what was chosen.
 * @param {Field} field @param {Cell} cell @param {string[]} chosen */
function isChosen(field, cell, chosen) {
  return (cell !== null && chosen.includes(FILLED)) || valuesOf(field, cell).some((value) => chosen.includes(value));
}

/** Tells whether a date touches the days asked for; a bound that is not there is open.
 * @param {Row} row @param {string} date @param {URLSearchParams} query */
function isWithin(row, date, query) {
  const [from, to] = [query.get("from"), query.get("to")];
  if (!date || (!from && !to)) return true;
  if (row[date] === null) return false;
  const [first, last] = [text(row[`${date}_first_day`]), text(row[`${date}_last_day`])];
  return (!from || !last || last >= from) && (!to || !first || first.slice(0, to.length) <= to);
}

/** Returns the folded text of each row of a table, but for words that must not be printed. */
const haystacks = remember((name) => {
  const fields = content.tables[name].fields.filter((field) => field.name !== HIDDEN);
  return new Map(rowsOf(name).map((row) => [row, fold(fields.map((field) => text(row[field.name])).join("\n"))]));
});

/** Tells whether each word stands in a row.
 * @param {string} name @param {Row} row @param {string[]} words */
function holds(name, row, words) {
  const hay = words.length ? (haystacks(name).get(row) ?? "") : "";
  return words.every((word) => hay.includes(word));
}

/** Returns the rows that an address asks for, in its order.
 * @param {string} name @param {URLSearchParams} query @param {string} [order] */
function filterRows(name, query, order = "") {
  const words = fold(query.get("q") ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const chosen = content.tables[name].fields
    .map((field) => ({ field, values: query.getAll(field.name) }))
    .filter(({ values }) => values.length);
  const rows = rowsOf(name).filter(
    (row) =>
      chosen.every(({ field, values }) => isChosen(field, row[field.name], values)) &&
      isWithin(row, dateOf(name), query) &&
      holds(name, row, words),
  );
  return sortRows(name, rows, query.get("sort") || order);
}

/** Returns rows in the order of a field, down where a minus stands before it; rows without a value stand last.
 * @param {string} name @param {Row[]} rows @param {string} order */
function sortRows(name, rows, order) {
  const down = order.startsWith("-");
  const field = down ? order.slice(1) : order;
  if (!fieldOf(name, field)) return rows;
  const by = fieldOf(name, field)?.edtf ? `${field}_first_day` : field;
  const [filled, empty] = [rows.filter((row) => row[by] !== null), rows.filter((row) => row[by] === null)];
  const sorted = filled.sort((one, other) => compare(one[by], other[by]) * (down ? -1 : 1));
  return [...sorted, ...empty];
}

/** Compares two cells of a field; texts by their letters, as the files are sorted.
 * @param {Cell} one @param {Cell} other */
function compare(one, other) {
  if (one === other) return 0;
  return /** @type {string} */ (one) < /** @type {string} */ (other) ? -1 : 1;
}

/** Returns rows as CSV, written as the files of the package are.
 * @param {string} name @param {Row[]} rows */
function toCsv(name, rows) {
  const names = content.tables[name].fields.map((field) => field.name);
  const quoted = (/** @type {string} */ cell) => (/[",\n\r]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
  return [names, ...rows.map((row) => names.map((field) => text(row[field])))]
    .map((cells) => `${cells.map(quoted).join(",")}\n`)
    .join("");
}
