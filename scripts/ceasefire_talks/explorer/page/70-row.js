// The page of a row: its words first, then all its fields, all rows that belong to it, its citation.

/** @typedef {{name: string, row: Row, part: string, by: string}} Tie by: the field that ties the row to another */

// What of a tied row says nothing that the page of the row that it is tied to does not say.
/** @type {Record<string, string[]>} */
const TOLD = { backing: ["table_name"], talk_terms: ["title", "date", "kind", "track", "who_party"] };

/** Draws the page of a row, or says that there is none; one that was withdrawn says why.
 * @param {State} state */
function drawRow(state) {
  const [name = "", ...parts] = state.path;
  const key = parts.join("/");
  const row = Object.hasOwn(content.tables, name) ? indexOf(name).get(key) : undefined;
  if (!row) return drawMissing(name, key);
  const title = text(row.title ?? row.name ?? "");
  return [
    el("p", { class: "crumbs" }, link(addressOf(["table", name]), content.tables[name].title), ` / ${key}`),
    el("h1", { tabindex: "-1" }, title || `${content.tables[name].title}: ${key}`),
    el("p", { class: "says", dir: "auto" }, ...linked(text(row.says ?? row.description ?? wordsOf(name, row)))),
    ...placeOf(row),
    takeRow(name, key, row),
    ...(row[HIDDEN] ? [markAltered(row)] : []),
    el("h2", {}, "All fields"),
    listFields(name, row),
    ...drawTies(name, key),
  ];
}

/** Returns what is said of a row that is not there.
 * @param {string} name @param {string} key */
function drawMissing(name, key) {
  const gone = indexOf("withdrawn").get(key);
  const why = gone
    ? [
        el(
          "p",
          {},
          `It was withdrawn in version ${gone.release}: ${gone.reason} `,
          ...linked(gone.successor_id ? `See ${gone.successor_id}.` : ""),
        ),
      ]
    : [];
  return [el("h1", { tabindex: "-1" }, `No row ${key} in ${name}`), ...why, el("p", {}, link("#tables", "All tables"))];
}

/** Returns where a row was read, marked where that is the altered copy.
 * @param {Row} row */
function placeOf(row) {
  const url = text(row.link);
  if (!url) return [];
  return [
    el(
      "p",
      {},
      isAltered(url) ? "Place in the explainer, in an altered copy on a third party's site: " : "One of its sources: ",
      outside(url),
    ),
  ];
}

/** Tells whether an address leads to the copy that was coded.
 * @param {string} url */
function isAltered(url) {
  return rowsOf("sources").some(
    (source) => source.kind === "coded_article" && source.url && url.startsWith(text(source.url)),
  );
}

/** Returns what a reader may take of a row.
 * @param {string} name @param {string} key @param {Row} row */
function takeRow(name, key, row) {
  const file = `${key.replace(/[^\w-]+/g, "_")}.json`;
  return el(
    "div",
    { class: "take" },
    button("Copy link", () => copy(location.href, "The link")),
    button("Copy citation", () => copy(cite(name, key), "The citation")),
    button("Download JSON", () => download(file, `${JSON.stringify(row, null, 1)}\n`, "application/json")),
    el("p", { class: "cited" }, cite(name, key)),
  );
}

/** Returns the altered words of a quote, behind a mark that says why they must not be printed.
 * @param {Row} row */
function markAltered(row) {
  const why = `Words of the altered copy: do not print. ${text(row.quotable_reason)}`;
  return el("details", { class: "altered" }, el("summary", {}, why), el("p", {}, text(row[HIDDEN])));
}

/** Returns the fields of a row that hold something, with their labels and what they mean.
 * @param {string} name @param {Row} row */
function listFields(name, row) {
  const filled = content.tables[name].fields.filter((field) => row[field.name] !== null && field.name !== HIDDEN);
  const pairs = filled.map((field) => {
    const code = field.codes && codesOf(field.codes).get(text(row[field.name]));
    const meant = code ? [el("small", {}, ` ${text(code.definition)}`)] : [];
    return el(
      "div",
      {},
      el("dt", {}, field.title, el("small", {}, ` ${field.description}`)),
      el("dd", {}, isKey(name, field) ? text(row[field.name]) : show(name, field, row), ...meant),
    );
  });
  return el("dl", {}, ...pairs);
}

/** Tells whether a field is the key of a table, so that a link from it would lead to where it stands.
 * @param {string} name @param {Field} field */
function isKey(name, field) {
  return content.tables[name].primaryKey.join() === field.name;
}

/** Returns the rows that a row is part of, or that are part of it; for an actor those of its members too.
 * @param {string} name @param {string} key
 * @returns {Tie[]} */
function tiesOf(name, key) {
  const keys = new Set(name === "actors" ? membersOf(key) : [key]);
  const byKeys = Object.entries(content.tables).flatMap(([other, table]) =>
    table.foreignKeys
      .filter(({ fields, reference }) => reference.resource === name && fields.length === 1)
      .flatMap(({ fields: [field] }) =>
        tie(other, field, (row) => keys.has(text(row[field])) && !(other === name && keys.has(keyOf(other, row)))),
      ),
  );
  const sources = tie("backing", "row_id", (row) => row.table_name === name && row.row_id === key);
  const links = ["from_id", "to_id"].flatMap((field) => tie("links", field, (row) => row[field] === key));
  return [...byKeys, ...sources, ...links];
}

/** Returns the rows of a table that a field ties to a row.
 * @param {string} name @param {string} by @param {(row: Row) => boolean} isTied */
function tie(name, by, isTied) {
  const part = fieldOf(name, by)?.title.replace(/ \(?id\)?$/i, "") ?? "";
  return rowsOf(name)
    .filter(isTied)
    .map((row) => ({ name, row, part, by }));
}

/** Returns the ids of an actor and of those that belong to it.
 * @param {string} key */
function membersOf(key) {
  return rowsOf("actors")
    .filter((row) => [row.actor_id, row.part_of_id, row.party_id].includes(key))
    .map((row) => text(row.actor_id));
}

/** Draws what is tied to a row: a fold for each table, open where it is short.
 * @param {string} name @param {string} key */
function drawTies(name, key) {
  const ties = tiesOf(name, key);
  const folds = [...new Set(ties.map((one) => one.name))].map((other) => {
    const found = ties.filter((one) => one.name === other);
    const items = found.map((one) => el("li", {}, ...describe(one)));
    return foldAway(`${content.tables[other].title} (${found.length})`, found.length <= 20, el("ul", {}, ...items));
  });
  return folds.length ? [el("h2", {}, "What belongs to it"), ...tellMembers(name, key), ...folds] : [];
}

/** Returns on the page of an actor whose rows are shown, and where to look for those that only name it.
 * @param {string} name @param {string} key */
function tellMembers(name, key) {
  if (name !== "actors") return [];
  const actor = text(indexOf(name).get(key)?.name);
  const others = membersOf(key).filter((id) => id !== key);
  const members = others.flatMap((id) => [", ", link(addressOf(["row", name, id]), text(indexOf(name).get(id)?.name))]);
  const search = link(addressOf(["search"], new URLSearchParams({ q: actor })), "search all text");
  return [
    el("p", {}, `Rows in which these have a part: ${actor}`, ...members, ". For rows that only name it, ", search, "."),
  ];
}

/** Returns a tied row in words: its own, or those of the rows that it joins.
 * @param {Tie} tie
 * @returns {(Node | string)[]} */
function describe({ name, row, part, by }) {
  const single = content.tables[name].primaryKey.length === 1;
  if (single) return [link(rowAddress(name, row), keyOf(name, row)), ` ${part}: ${wordsOf(name, row)}`];
  const isShown = (/** @type {Field} */ { name }) => row[name] !== null && row[name] !== false;
  const cells = content.tables[name].fields.filter((field) => isShown(field) && !isTold(name, field, by));
  return cells.flatMap((field, at) => [at ? "; " : "", ...joined(name, field, row)]);
}

/** Tells whether a cell of a tied row only says what the page says already.
 * @param {string} name @param {Field} field @param {string} by */
function isTold(name, field, by) {
  const told = [by, ...(TOLD[name] ?? [])];
  return told.includes(field.name) && targetOf(name, field.name) !== "actors";
}

/** Returns a cell of a tied row: another row in its words, else the cell with its label.
 * @param {string} name @param {Field} field @param {Row} row
 * @returns {(Node | string)[]} */
function joined(name, field, row) {
  const to = referredBy(name, field.name, row);
  if (!to) return [`${field.title.toLowerCase()}: ${labelOf(field, row[field.name])}`];
  const url = to.table === "sources" ? text(to.found.url) : "";
  return [link(rowAddress(to.table, to.found), wordsOf(to.table, to.found)), ...(url ? [" (", outside(url), ")"] : [])];
}
