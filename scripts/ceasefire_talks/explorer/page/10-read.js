"use strict";
// Reads the tables that stand in the page, and finds rows, names and labels in them.

/** @typedef {string | number | boolean | null} Cell */
/** @typedef {Record<string, Cell>} Row */
/** @typedef {{fields: string[], reference: {resource: string, fields: string[]}}} Key */
/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} title
 * @property {string} description
 * @property {string} type
 * @property {string} [codes] the list that its values are from
 * @property {boolean} [edtf] its text is a date
 */
/**
 * @typedef {object} Table
 * @property {string} title
 * @property {string} group
 * @property {string} row what one row is
 * @property {string[]} primaryKey
 * @property {Key[]} foreignKeys
 * @property {Field[]} fields
 * @property {boolean} byRows whether its cells stand by rows, else by columns
 * @property {Cell[][]} cells
 */
/**
 * @typedef {object} Content
 * @property {string} name
 * @property {string} title
 * @property {string} version
 * @property {string} cited how to cite, with a place for what of it
 * @property {Record<string, string>} groups
 * @property {Record<string, Table>} tables
 */

/** @type {Content} */
const content = JSON.parse(document.getElementById("content")?.textContent ?? "");

const ID = /\b[A-Z]{2}[0-9]{4}\b/g;
const OURS = ["says", "name", "statement", "gloss", "proposition", "title", "reason"]; // words of a row, best first
const HIDDEN = "altered_words"; // shown on the page of a quote alone, behind a mark

/**
 * Returns a function that remembers what it returned for a text.
 * @template T
 * @param {(key: string) => T} compute
 * @returns {(key: string) => T}
 */
function remember(compute) {
  /** @type {Map<string, T>} */
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return /** @type {T} */ (known.get(key));
  };
}

/** Returns the rows of a table. */
const rowsOf = remember((name) => {
  const { fields, cells, byRows } = content.tables[name];
  const height = byRows ? cells.length : cells[0].length;
  return Array.from(
    { length: height },
    (_, at) =>
      /** @type {Row} */ (
        Object.fromEntries(fields.map((field, n) => [field.name, byRows ? cells[at][n] : cells[n][at]]))
      ),
  );
});

/** Returns the rows of a table by their keys. */
const indexOf = remember((name) => new Map(rowsOf(name).map((row) => [keyOf(name, row), row])));

/** Returns the table of each id that looks like one, such as TK0012. */
const homes = remember(() => {
  const single = Object.keys(content.tables).filter((name) => content.tables[name].primaryKey.length === 1);
  return new Map(single.flatMap((name) => [...indexOf(name).keys()].map((key) => [key, name])));
});

/** Returns the codes of a list in their order, with what they mean. */
const codesOf = remember((list) => {
  const rows = rowsOf("codes").filter((row) => row.list === list);
  return new Map(rows.sort((one, other) => Number(one.rank) - Number(other.rank)).map((row) => [text(row.code), row]));
});

/** @param {Cell | undefined} cell */
function text(cell) {
  return cell === null || cell === undefined ? "" : String(cell);
}

/** Returns the key of a row as one text.
 * @param {string} name @param {Row} row */
function keyOf(name, row) {
  return content.tables[name].primaryKey.map((field) => text(row[field])).join("/");
}

/** Returns the field of a table, if it has it.
 * @param {string} name @param {string} field */
function fieldOf(name, field) {
  return content.tables[name].fields.find((one) => one.name === field);
}

/** Returns the table that a field refers to.
 * @param {string} name @param {string} field */
function targetOf(name, field) {
  return content.tables[name].foreignKeys.find(({ fields }) => fields.length === 1 && fields[0] === field)?.reference
    .resource;
}

/** Returns the row that a cell refers to, with its table.
 * @param {string} name @param {string} field @param {Row} row */
function referredBy(name, field, row) {
  const key = text(row[field]);
  const table = targetOf(name, field) ?? (field === "row_id" ? text(row.table_name) : homes("").get(key)) ?? "";
  const found = Object.hasOwn(content.tables, table) ? indexOf(table).get(key) : undefined;
  return found && { table, found };
}

/** Returns the label of a code, else the text of a cell.
 * @param {Field} field @param {Cell} cell */
function labelOf(field, cell) {
  const code = field.codes ? codesOf(field.codes).get(text(cell)) : undefined;
  if (field.type === "boolean" && cell !== null) return cell ? "yes" : "no";
  return code ? text(code.label) : text(cell);
}

/** Returns what stands for a row in words.
 * @param {string} name @param {Row} row */
function wordsOf(name, row) {
  if (name === "sources") return [row.title, row.publisher, row.published].filter(Boolean).join(", ");
  const best = OURS.find((field) => row[field]);
  if (best) return text(row[best]);
  const { fields, primaryKey } = content.tables[name];
  return fields
    .filter((field) => !primaryKey.includes(field.name))
    .map((field) => labelOf(field, row[field.name]))
    .filter(Boolean)
    .join(", ");
}

/** Returns a text in which case, diacritics, points and forms of letters make no difference, in Arabic and Hebrew too.
 * @param {string} words */
function fold(words) {
  const plain = words
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\u0640]/gu, "");
  return plain
    .replace(/[’‘ʼ]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه");
}
