// The view Talks: a timeline of offers and answers by track and party, with its table beneath.

const LANES = ["Israel", "Hamas", "Hezbollah", "Lebanon"];
const OTHERS = "Others";
const TALKS = ["date", "who", "kind", "answer", "says", "told_by", "answered", "strength", "talk_id"];
const MARK = 14; // the width of a mark in a drawing that is WIDE wide
const LEVEL = 19; // its height, with the line under it
const WIDE = 1000;
const EDGE = 130; // of it for names

/** @typedef {{glyph: string, words: string, codes: string[]}} Sign */
/** @type {Record<string, Sign>} */
const SIGNS = {
  offer: { glyph: "◆", words: "offer", codes: [] },
  yes: { glyph: "●", words: "yes", codes: ["accepts"] },
  half: { glyph: "◐", words: "yes with conditions, or a welcome", codes: ["accepts_with_conditions", "positive"] },
  own: { glyph: "▲", words: "counterproposes", codes: ["counterproposes"] },
  no: { glyph: "✕", words: "no", codes: ["rejects"] },
  open: { glyph: "○", words: "no answer yet, or an unclear one", codes: ["not_yet", "unclear"] },
};

/** Draws the view.
 * @param {State} state */
function drawTalks(state) {
  const listing = {
    name: "talks",
    state,
    columns: TALKS,
    facets: ["track", "kind", "answer", "who_party"],
    order: "date",
  };
  const rows = filterRows("talks", state.query, "date");
  const undated = rows.filter((row) => !row.date_first_day && !row.date_last_day).length;
  return [
    el("h1", { tabindex: "-1" }, "Talks"),
    el(
      "p",
      {},
      "Who offered what, and who answered how, as independent sources record it. " +
        "Print the words of “In a sentence”; a code such as “Rejects” is ours.",
    ),
    controls(listing),
    drawTimeline(rows),
    ...(undated ? [el("p", {}, `${undated} rows have no date and stand in the table alone.`)] : []),
    listRows(listing, rows),
  ];
}

/** Returns the sign of a row of talks, if it is an offer or an answer.
 * @param {Row} row */
function signOf(row) {
  const answer = Object.values(SIGNS).find(({ codes }) => codes.includes(text(row.answer)));
  return answer ?? (row.kind === "proposal" ? SIGNS.offer : undefined);
}

/** Returns the lane of a row: the first party at war that acts, else the others.
 * @param {Row} row */
function laneOf(row) {
  const parties = text(row.who_party).split("; ");
  return LANES.find((party) => parties.includes(party)) ?? OTHERS;
}

/** Returns the day of a text as a number, the same wherever the reader is.
 * @param {string} day */
function dayOf(day) {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** Returns the timeline of the offers and answers among rows, with what its marks mean.
 * @param {Row[]} rows */
function drawTimeline(rows) {
  const marked = rows.filter((row) => signOf(row) && row.date_first_day && row.date_last_day);
  if (!marked.length) return el("p", {}, "No offers or answers with a date are among these rows.");
  const legend = Object.values(SIGNS).map(({ glyph, words }) =>
    el("li", {}, el("span", { "aria-hidden": "true" }, `${glyph} `), words),
  );
  const note = "A line under a mark: over several days. A dotted one: on some day of these.";
  const drawing = el("div", { class: "scroll chart" }, drawMarks(sortRows("talks", marked, "date")));
  return el("figure", {}, drawing, el("figcaption", {}, el("ul", { class: "legend" }, ...legend), note));
}

/** Returns the drawing of a timeline.
 * @param {Row[]} rows */
function drawMarks(rows) {
  const days = rows.flatMap((row) => [dayOf(text(row.date_first_day)), dayOf(text(row.date_last_day))]);
  const [from, to] = [Math.min(...days) - 3, Math.max(...days) + 3];
  const at = (/** @type {number} */ day) => EDGE + ((day - from) / (to - from)) * (WIDE - EDGE - MARK);
  const lanes = splitLanes(rows, at);
  const height = Math.max(...lanes.map((lane) => lane.top + lane.height)) + 24;
  const name = "Offers and answers by day; arrow keys lead from mark to mark";
  const drawing = svg(
    "svg",
    { viewBox: `0 0 ${WIDE} ${height}`, role: "group", "aria-label": name, keydown: walk },
    ...drawMonths(from, to, at, height),
    ...lanes.flatMap((lane) => drawLane(lane, at)),
  );
  marksByDay(drawing)[0]?.setAttribute("tabindex", "0");
  return drawing;
}

/** @typedef {{row: Row, x: number, level: number}} Mark */
/** @typedef {{title: string, party: string, top: number, height: number, marks: Mark[]}} Lane */

/** Returns lanes by track and party, in which no mark lies upon another.
 * @param {Row[]} rows @param {(day: number) => number} at
 * @returns {Lane[]} */
function splitLanes(rows, at) {
  const field = /** @type {Field} */ (fieldOf("talks", "track"));
  let top = 0;
  /** @type {Lane[]} */
  const lanes = [];
  for (const track of new Set(rows.map((row) => text(row.track)).sort())) {
    let title = labelOf(field, track);
    top += 22;
    for (const party of [...LANES, OTHERS]) {
      const marks = stack(
        rows.filter((row) => row.track === track && laneOf(row) === party),
        at,
      );
      if (!marks.length) continue;
      const height = (Math.max(...marks.map(({ level }) => level)) + 1) * LEVEL + 8;
      lanes.push({ title, party, top, height, marks });
      top += height;
      title = "";
    }
  }
  return lanes;
}

/** Returns rows at their places, each on the first level where there is room.
 * @param {Row[]} rows @param {(day: number) => number} at */
function stack(rows, at) {
  /** @type {number[]} */
  const ends = [];
  return rows.map((row) => {
    const [x, end] = [at(dayOf(text(row.date_first_day))), at(dayOf(text(row.date_last_day)))];
    const level = [...ends, -Infinity].findIndex((taken) => taken <= x);
    ends[level] = Math.max(end, x) + MARK;
    return { row, x, level };
  });
}

/** Returns a line and a name for each month.
 * @param {number} from @param {number} to @param {(day: number) => number} at @param {number} height */
function drawMonths(from, to, at, height) {
  const firsts = Array.from({ length: Math.floor(to - from) }, (_, n) =>
    new Date(Math.ceil(from + n) * 86_400_000).toISOString().slice(0, 10),
  ).filter((day) => day.endsWith("-01"));
  return firsts.flatMap((day) => {
    const x = String(at(dayOf(day)));
    return [
      svg("line", { class: "month", x1: x, x2: x, y1: "0", y2: String(height - 16) }),
      svg("text", { class: "axis", x, y: String(height - 4) }, day.slice(0, 7)),
    ];
  });
}

/** Returns a lane: its name, with that of its track where it is the first, and its marks.
 * @param {Lane} lane @param {(day: number) => number} at */
function drawLane({ title, party, top, height, marks }, at) {
  const name = svg("text", { class: "party", x: "0", y: String(top + 16) }, party);
  const over = title ? [svg("text", { class: "track", x: "0", y: String(top - 6) }, title)] : [];
  const line = svg("line", {
    class: "lane",
    x1: "0",
    x2: String(WIDE),
    y1: String(top + height - 2),
    y2: String(top + height - 2),
  });
  return [...over, name, line, ...marks.map(({ row, x, level }) => drawMark(row, x, top + level * LEVEL + 15, at))];
}

/** Returns the mark of a row: a link, with a line where its date is more than a day.
 * @param {Row} row @param {number} x @param {number} y @param {(day: number) => number} at */
function drawMark(row, x, y, at) {
  const sign = signOf(row) ?? SIGNS.offer;
  const [left, right] = [String(x - MARK / 2), String(at(dayOf(text(row.date_last_day))) + MARK / 2)];
  const kind = /[[?~X]/.test(text(row.date)) ? "some" : "span";
  const line = svg("line", { class: kind, x1: left, x2: right, y1: String(y + 4), y2: String(y + 4) });
  const isOneDay = row.date === row.date_first_day;
  const words = `${text(row.date)}, ${text(row.who)}: ${sign.words}. ${text(row.title)}`;
  return svg(
    "a",
    { href: rowAddress("talks", row), tabindex: "-1", "aria-label": words, "data-day": text(row.date_first_day) },
    svg("title", {}, words),
    ...(isOneDay ? [] : [line]),
    svg("text", { class: "mark", x: String(x), y: String(y), "aria-hidden": "true" }, sign.glyph),
  );
}

/** Returns the marks of a drawing from the first day to the last.
 * @param {SVGElement} drawing */
function marksByDay(drawing) {
  const day = (/** @type {Element} */ mark) => mark.getAttribute("data-day") ?? "";
  return [...drawing.querySelectorAll("a")].sort((one, other) => compare(day(one), day(other)));
}

/** Leads from mark to mark by arrow keys, Home and End; the chart is one stop of the Tab key.
 * @param {Event} event */
function walk(event) {
  if (!(event instanceof KeyboardEvent) || !(event.currentTarget instanceof SVGElement)) return;
  const marks = marksByDay(event.currentTarget);
  const now = marks.findIndex((mark) => mark === document.activeElement);
  const to = {
    ArrowRight: now + 1,
    ArrowDown: now + 1,
    ArrowLeft: now - 1,
    ArrowUp: now - 1,
    Home: 0,
    End: marks.length - 1,
  }[event.key];
  const mark = to === undefined ? undefined : marks[to];
  if (!mark) return;
  event.preventDefault();
  for (const other of marks) other.setAttribute("tabindex", "-1");
  mark.setAttribute("tabindex", "0");
  mark.focus();
}
