// The views on the explainer: Who wants what, Is it so?, Why talks fail.

const NOBODY = "nobody named";
const EXPLAINER = "according to an explainer of October 2024, read in an altered copy";
const WANTS = [
  ...["demand_id", "says", "demander_party", "addressee_party", "stance", "object", "track"],
  ...["excluded_by", "verdict"],
];
const CHECKS = ["assessment_id", "proposition", "verdict", "finding", "lies_with", "strength"];
const JUDGED = / (Independent sources differ on|Disputed is) [^:]*: .*$/s; // how a sentence ends that was judged
const REASONS = ["claim_id", "says", "explains", "attributed_to", "certainty", "verdict", "finding"];
const DIFFERENT = ["differs", "disputed", "refines"];

/** Draws who wants what of whom, clashes marked.
 * @param {State} state */
function drawWants(state) {
  const rows = filterRows("demands", state.query);
  const facets = ["demander_party", "addressee_party", "track", "stance"];
  const listing = { name: "demands", state, columns: WANTS, facets };
  return [
    el("h1", { tabindex: "-1" }, "Who wants what"),
    el("p", {}, `What each party wants of each other, ${EXPLAINER}. Print the words of “In a sentence”.`),
    controls(listing),
    drawMatrix(rows),
    el("h2", {}, "Clashes"),
    el("p", {}, "Pairs that no one agreement could hold as worded, or that the explainer sets against each other."),
    el("ul", {}, ...drawClashes(rows)),
    listRows(listing, rows),
  ];
}

/** Returns demands by the parties that want them, and the parties that they are wanted of.
 * @param {Row[]} rows */
function drawMatrix(rows) {
  const [from, to] = ["demander_party", "addressee_party"].map((field) => countParties(rows, field));
  const isBetween = (/** @type {Row} */ row, /** @type {string} */ party, /** @type {string} */ other) =>
    partyOf(row, "demander_party") === party && partyOf(row, "addressee_party") === other;
  const lines = from.map((party) => [
    party,
    ...to.map((other) => drawWanted(rows.filter((row) => isBetween(row, party, other)))),
  ]);
  return grid("Parties by the parties they want it of", ["Wanted by ↓ of →", ...to], lines);
}

/** Returns the party that a field of a demand names.
 * @param {Row} row @param {string} field */
function partyOf(row, field) {
  return text(row[field]) || NOBODY;
}

/** Returns the parties that a field of some demands names, the most frequent first, those that name none last.
 * @param {Row[]} rows @param {string} field */
function countParties(rows, field) {
  const names = rows.map((row) => partyOf(row, field));
  const count = (/** @type {string} */ name) => names.filter((one) => one === name).length;
  const place = (/** @type {string} */ name) => (name === NOBODY ? 0 : -count(name));
  return [...new Set(names)].sort((one, other) => place(one) - place(other));
}

/** Returns what one party wants of another: stance and object, with the clashes named.
 * @param {Row[]} rows */
function drawWanted(rows) {
  const stance = /** @type {Field} */ (fieldOf("demands", "stance"));
  const items = rows.map((row) => {
    const wanted = link(rowAddress("demands", row), text(row.object));
    return el("li", {}, `${labelOf(stance, row.stance)}: `, wanted, ...drawAgainst(row));
  });
  return items.length ? el("ul", {}, ...items) : "";
}

/** Returns the demands that a demand clashes with.
 * @param {Row} row */
function drawAgainst(row) {
  const ids = text(row.excluded_by).match(ID) ?? [];
  const others = ids.map((id) => indexOf("demands").get(id)).filter((found) => found !== undefined);
  const items = others.map((other) =>
    el("li", {}, link(rowAddress("demands", other), `${partyOf(other, "demander_party")}: ${text(other.object)}`)),
  );
  return items.length ? [el("br"), el("strong", {}, "clashes with"), el("ul", {}, ...items)] : [];
}

/** Returns the clashes in which any of some demands stands.
 * @param {Row[]} rows */
function drawClashes(rows) {
  const shown = new Set(rows.map((row) => row.demand_id));
  const field = /** @type {Field} */ (fieldOf("demand_incompatibilities", "grounds"));
  const pairs = rowsOf("demand_incompatibilities").filter(
    (pair) => shown.has(pair.demand_id) || shown.has(pair.other_demand_id),
  );
  return pairs.map((pair) => {
    const [one, other] = [pair.demand_id, pair.other_demand_id].map(
      (id) => /** @type {Row} */ (indexOf("demands").get(text(id))),
    );
    const side = (/** @type {Row} */ row) => [
      `${text(row.demander)} `,
      link(rowAddress("demands", row), text(row.object)),
      ` (${text(row.stance)})`,
    ];
    return el(
      "li",
      {},
      ...side(one),
      " against ",
      ...side(other),
      `. ${labelOf(field, pair.grounds)}: ${text(pair.reason)}`,
    );
  });
}

/** Draws where independent sources differ from the explainer, and what they dispute.
 * @param {State} state */
function drawChecks(state) {
  const listing = { name: "assessments", state, columns: CHECKS, facets: ["verdict", "lies_with", "strength"] };
  const rows = filterRows("assessments", state.query);
  const place = (/** @type {Row} */ row) => DIFFERENT.indexOf(text(row.verdict));
  const shown = state.query.has("verdict") ? rows : rows.filter((row) => place(row) >= 0);
  return [
    el("h1", { tabindex: "-1" }, "Is it so?"),
    el("p", {}, "What independent sources contradict, dispute or refine of the explainer, with both sides."),
    controls(listing),
    el("p", { class: "shown" }, `${shown.length} statements; choose a verdict for those that sources agree with.`),
    ...[...shown].sort((one, other) => place(one) - place(other)).map(drawCard),
    ...drawDisputed(state.query.get("q") ?? ""),
    el("h2", {}, "All that was checked"),
    listRows(listing, rows),
  ];
}

/** Returns the rows of talks on which sources differ from each other, with both accounts.
 * @param {string} q the words that must stand in them */
function drawDisputed(q) {
  const rows = filterRows("talks", new URLSearchParams({ q, disputed: FILLED }), "date");
  const items = rows.map((row) => el("li", {}, link(rowAddress("talks", row), text(row.date)), ` ${text(row.says)}`));
  const title = `Disputed among the sources on the talks (${rows.length})`;
  return [el("h2", {}, title), foldAway("Both accounts of each", Boolean(q), el("ul", {}, ...items))];
}

/** Returns a statement with what the explainer says and what independent sources say.
 * @param {Row} row */
function drawCard(row) {
  const label = (/** @type {string} */ name) => labelOf(/** @type {Field} */ (fieldOf("assessments", name)), row[name]);
  const lies = row.lies_with ? `The difference lies with: ${label("lies_with").toLowerCase()}. ` : "";
  const sides = [
    el("div", {}, el("h3", {}, "The explainer, in our words"), el("ul", {}, ...drawJudged(row))),
    el("div", {}, el("h3", {}, "Independent sources"), el("p", {}, text(row.finding))),
  ];
  const support = `${lies}Support of the finding: ${label("strength").toLowerCase()}. `;
  return el(
    "article",
    { class: "card" },
    el("h2", {}, `${label("verdict")}: ${text(row.proposition)}`),
    el("div", { class: "sides" }, ...sides),
    el("p", {}, support, link(rowAddress("assessments", row), `${row.assessment_id} with its sources`)),
  );
}

/** Returns the rows that an assessment judges, each in its words, but for the finding, which stands on the other side.
 * @param {Row} row */
function drawJudged(row) {
  const ids = new Set(text(row.judges).match(ID) ?? []);
  return [...ids].flatMap((id) => {
    const name = homes("").get(id) ?? "";
    const found = name ? indexOf(name).get(id) : undefined;
    const words = found ? wordsOf(name, found).replace(JUDGED, "") : "";
    return found ? [el("li", {}, link(rowAddress(name, found), id), ` ${words}`)] : [];
  });
}

/** Draws the explanations by who gives them; those of why talks fail stand first.
 * @param {State} state */
function drawReasons(state) {
  const query = new URLSearchParams(state.query);
  query.set("explains", FILLED);
  const rows = filterRows("claims", query);
  const listing = { name: "claims", state, columns: REASONS, facets: ["track", "certainty", "attribution", "verdict"] };
  return [
    el("h1", { tabindex: "-1" }, "Why talks fail"),
    el("p", {}, `Explanations by who gives them, ${EXPLAINER}. They are its views and those it cites, none of ours.`),
    controls(listing),
    el("h2", {}, "Why the talks fail"),
    ...drawSpeakers(rows.filter(isOnFailure)),
    el("h2", {}, "Other explanations"),
    ...drawSpeakers(rows.filter((row) => !isOnFailure(row))),
    listRows(listing, rows),
  ];
}

/** Tells whether a claim explains why the talks fail.
 * @param {Row} row */
function isOnFailure(row) {
  return text(row.explains).includes("talks fail");
}

/** Returns explanations by who gives them.
 * @param {Row[]} rows */
function drawSpeakers(rows) {
  return [...new Set(rows.map(speakerOf))].sort().map((name) => {
    const items = rows.filter((row) => speakerOf(row) === name).map(drawReason);
    return el("section", {}, el("h3", {}, name), el("ul", {}, ...items));
  });
}

/** Returns who gives an explanation.
 * @param {Row} row */
function speakerOf(row) {
  return text(row.attributed_to) || (row.attribution === "source" ? "The explainer itself" : "Unnamed reports");
}

/** Returns an explanation with what it explains.
 * @param {Row} row */
function drawReason(row) {
  const id = link(rowAddress("claims", row), text(row.claim_id));
  return el("li", {}, text(row.says), el("br"), `It is given as a reason for: ${text(row.explains)} (`, id, ")");
}
