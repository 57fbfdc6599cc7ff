// The views on the explainer: Who wants what, Is it so?, Why talks fail.

const NOBODY = "nobody named";
const DIFFERENT = ["differs", "disputed", "refines"];

/** Draws who wants what of whom, clashes marked.
 * @param {State} state */
function drawWants(state) {
  const rows = filterRows("demands", state.query);
  const listing = {
    name: "demands",
    state,
    columns: [
      "demand_id",
      "says",
      "demander_party",
      "addressee_party",
      "stance",
      "object",
      "track",
      "excluded_by",
      "verdict",
    ],
    facets: ["demander_party", "addressee_party", "track", "stance"],
  };
  const parties = (/** @type {string} */ field) => [...new Set(rows.map((row) => text(row[field]) || NOBODY))].sort();
  const [from, to] = [parties("demander_party"), parties("addressee_party")];
  const lines = from.map((party) => [
    party,
    ...to.map((other) =>
      drawWanted(
        rows.filter(
          (row) => (text(row.demander_party) || NOBODY) === party && (text(row.addressee_party) || NOBODY) === other,
        ),
      ),
    ),
  ]);
  return [
    el("h1", { tabindex: "-1" }, "Who wants what"),
    el(
      "p",
      {},
      "What each party wants of each other, according to an explainer of October 2024, read in an altered copy. Print the words of “says” on the page of a row.",
    ),
    controls(listing),
    grid("Parties by the parties they want it of", ["wanted by ↓ of →", ...to], lines),
    el("h2", {}, "Clashes"),
    el("p", {}, "Pairs that no one agreement could hold as worded, or that the explainer sets against each other."),
    el("ul", {}, ...drawClashes(rows)),
    listRows(listing, rows),
  ];
}

/** Returns what one party wants of another: stance and object, with the clashes named.
 * @param {Row[]} rows */
function drawWanted(rows) {
  const stance = /** @type {Field} */ (fieldOf("demands", "stance"));
  const items = rows.map((row) =>
    el(
      "li",
      {},
      `${labelOf(stance, row.stance)}: `,
      link(rowAddress("demands", row), text(row.object)),
      ...(row.excluded_by ? [el("strong", {}, " clashes with "), ...linked(text(row.excluded_by))] : []),
    ),
  );
  return items.length ? el("ul", {}, ...items) : "";
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
  const listing = {
    name: "assessments",
    state,
    columns: ["assessment_id", "proposition", "verdict", "finding", "lies_with", "strength"],
    facets: ["verdict", "lies_with", "strength"],
  };
  const rows = filterRows("assessments", state.query);
  const shown = state.query.has("verdict") ? rows : rows.filter((row) => DIFFERENT.includes(text(row.verdict)));
  const cards = [...shown]
    .sort((one, other) => DIFFERENT.indexOf(text(one.verdict)) - DIFFERENT.indexOf(text(other.verdict)))
    .map(drawCard);
  const talks = filterRows("talks", new URLSearchParams({ q: state.query.get("q") ?? "", disputed: FILLED }), "date");
  return [
    el("h1", { tabindex: "-1" }, "Is it so?"),
    el(
      "p",
      {},
      "Statements of the explainer that independent sources contradict, dispute or refine, with both sides. Choose another verdict to see what they agree with.",
    ),
    controls(listing),
    el("p", { class: "count" }, `${shown.length} statements are shown`),
    ...cards,
    el("h2", {}, `Disputed among the sources on the talks (${talks.length})`),
    el(
      "details",
      {},
      el("summary", {}, "Both accounts of each"),
      el(
        "ul",
        {},
        ...talks.map((row) => el("li", {}, link(rowAddress("talks", row), text(row.date)), ` ${text(row.says)}`)),
      ),
    ),
    el("h2", {}, "All that was checked"),
    listRows(listing, rows),
  ];
}

/** Returns a statement with what the explainer says and what independent sources say.
 * @param {Row} row */
function drawCard(row) {
  const judged = [...new Set(text(row.judges).match(ID) ?? [])].flatMap((id) => {
    const name = homes("").get(id);
    const found = name ? indexOf(name).get(id) : undefined;
    return name && found
      ? [
          el(
            "li",
            {},
            link(rowAddress(name, found), id),
            ` ${text(found.statement ?? found.gloss ?? found.summary ?? found.event ?? "") || wordsOf(name, found)}`,
          ),
        ]
      : [];
  });
  const label = (/** @type {string} */ name) => labelOf(/** @type {Field} */ (fieldOf("assessments", name)), row[name]);
  const lies = row.lies_with ? `The difference lies with: ${label("lies_with").toLowerCase()}. ` : "";
  return el(
    "article",
    { class: "card", "data-verdict": text(row.verdict) },
    el("h2", {}, `${label("verdict")}: ${text(row.proposition)}`),
    el(
      "div",
      { class: "sides" },
      el("div", {}, el("h3", {}, "The explainer, in our words"), el("ul", {}, ...judged)),
      el("div", {}, el("h3", {}, "Independent sources"), el("p", {}, text(row.finding))),
    ),
    el(
      "p",
      {},
      `${lies}Support of the finding: ${label("strength").toLowerCase()}. `,
      link(rowAddress("assessments", row), `${row.assessment_id} with its sources`),
    ),
  );
}

/** Draws the explanations by who gives them; those of why talks fail stand first.
 * @param {State} state */
function drawReasons(state) {
  const query = new URLSearchParams(state.query);
  if (!query.has("explains")) query.set("explains", FILLED);
  const rows = filterRows("claims", query);
  const listing = {
    name: "claims",
    state,
    columns: ["claim_id", "says", "explains", "attributed_to", "certainty", "verdict", "finding"],
    facets: ["track", "certainty", "attribution", "verdict"],
  };
  const [fail, other] = [rows.filter(isOnFailure), rows.filter((row) => !isOnFailure(row))];
  return [
    el("h1", { tabindex: "-1" }, "Why talks fail"),
    el(
      "p",
      {},
      "Explanations by who gives them, according to an explainer of October 2024, read in an altered copy. They are its views and those of people it cites, none of ours.",
    ),
    controls(listing),
    el("h2", {}, "Why the talks fail"),
    ...drawSpeakers(fail),
    el("h2", {}, "Other explanations"),
    ...drawSpeakers(other),
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
  const speaker = (/** @type {Row} */ row) =>
    text(row.attributed_to) || (row.attribution === "source" ? "The explainer itself" : "Unnamed reports");
  return [...new Set(rows.map(speaker))]
    .sort()
    .map((name) =>
      el(
        "section",
        {},
        el("h3", {}, name),
        el(
          "ul",
          {},
          ...rows
            .filter((row) => speaker(row) === name)
            .map((row) =>
              el(
                "li",
                {},
                text(row.says),
                " It explains: ",
                text(row.explains),
                ". ",
                link(rowAddress("claims", row), text(row.claim_id)),
              ),
            ),
        ),
      ),
    );
}
