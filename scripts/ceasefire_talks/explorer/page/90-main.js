// Draws what the address asks for, whenever it changes.

/** @type {Record<string, {title: string, asks: string, draw: (state: State) => (Node | string)[]}>} */
const VIEWS = {
  talks: { title: "Talks", asks: "who offered what, and who answered how", draw: drawTalks },
  wants: { title: "Who wants what", asks: "what each party wants of each other", draw: drawWants },
  checks: { title: "Is it so?", asks: "where sources differ from the explainer, or from each other", draw: drawChecks },
  reasons: { title: "Why talks fail", asks: "explanations, by who gives them", draw: drawReasons },
  tables: { title: "All tables", asks: "every row and field", draw: drawTables },
};
/** @type {Record<string, (state: State) => (Node | string)[]>} */
const OTHER_VIEWS = { table: drawTable, row: drawRow, search: drawSearch };

let drawn = ""; // the place that was drawn last, without what was chosen in it

/** Draws the rows of all tables in which some words stand.
 * @param {State} state */
function drawSearch(state) {
  const query = new URLSearchParams({ q: state.query.get("q") ?? "" });
  const found = Object.keys(content.tables)
    .map((name) => ({ name, rows: filterRows(name, query) }))
    .filter(({ rows }) => rows.length);
  const parts = found.flatMap(({ name, rows }) => [
    el("h2", {}, link(addressOf(["table", name], query), `${content.tables[name].title} (${rows.length})`)),
    el(
      "ul",
      {},
      ...rows
        .slice(0, 5)
        .map((row) => el("li", {}, link(rowAddress(name, row), keyOf(name, row)), ` ${wordsOf(name, row)}`)),
    ),
  ]);
  const sum = found.reduce((total, { rows }) => total + rows.length, 0);
  return [
    el("h1", { tabindex: "-1" }, `Search: ${query.get("q")}`),
    el("p", {}, `${sum} rows in ${found.length} tables; the first five of each are shown.`),
    ...parts,
  ];
}

/** Returns what draws a view; nothing for the front, which stands in the page.
 * @param {string} name */
function drawerOf(name) {
  if (!name) return undefined;
  if (Object.hasOwn(VIEWS, name)) return VIEWS[name].draw;
  return Object.hasOwn(OTHER_VIEWS, name) ? OTHER_VIEWS[name] : drawUnknown;
}

/** Draws what is said where an address means nothing.
 * @param {State} state */
function drawUnknown(state) {
  const search = link(addressOf(["search"], new URLSearchParams({ q: state.view })), "Search all text for it");
  return [el("h1", { tabindex: "-1" }, `Nothing here is called ${state.view}`), el("p", {}, search)];
}

/** Draws the view of the address, or what stands in the page without a script. */
function draw() {
  const state = readState(location.hash);
  const [about, view] = ["about", "view"].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
  const found = drawerOf(state.view);
  const before = document.activeElement;
  const place = [state.view, ...state.path].join("/");
  about.hidden = Boolean(found);
  view.hidden = !found;
  view.replaceChildren(...(found ? found(state) : []));
  markView(state.view);
  if (state.view === "search") wordsSearched().value = state.query.get("q") ?? "";
  document.title = found ? `${view.querySelector("h1")?.textContent} – ${content.title}` : content.title;
  if (place === drawn) settle(before, view);
  else if (drawn !== "" || found) arrive(found ? view : about);
  drawn = place;
  document.documentElement.dataset.drawn = location.hash;
}

/** Returns the field for words searched in all tables. */
function wordsSearched() {
  return /** @type {HTMLInputElement} */ (document.getElementById("words"));
}

/** Gives the focus back to the control that was used, with its caret, and says how many rows there are; after
 * another page was asked for, its rows come into sight.
 * @param {Element | null} before @param {HTMLElement} view */
function settle(before, view) {
  const control = before?.id ? document.getElementById(before.id) : null;
  if (before !== document.body && control !== before) (control ?? view.querySelector("h1"))?.focus();
  if (control instanceof HTMLInputElement && before instanceof HTMLInputElement && control !== before) {
    control.setSelectionRange(before.selectionStart, before.selectionEnd);
  }
  const count = view.querySelector(".count");
  if (before?.closest("nav[aria-label='Pages']")) count?.scrollIntoView();
  tell(count?.textContent ?? "");
}

/** Puts the focus on the head of another place, so that it is read and Tab goes on from there.
 * @param {HTMLElement} shown */
function arrive(shown) {
  scrollTo(0, 0);
  shown.querySelector("h1")?.focus({ preventScroll: true });
}

/** Marks the view that is shown among the links to all.
 * @param {string} name */
function markView(name) {
  for (const anchor of document.querySelectorAll("#views a")) {
    if (anchor.getAttribute("href") === `#${name}`) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
}

/** Makes the links to the views and the search work, then draws. */
function start() {
  const views = Object.entries(VIEWS);
  document.getElementById("views")?.append(...views.map(([name, { title }]) => link(`#${name}`, title)));
  const starts = views.map(([name, { title, asks }]) => el("li", {}, link(`#${name}`, title), `: ${asks}`));
  document.getElementById("start")?.append(el("h2", {}, "Start here"), el("ul", {}, ...starts));
  const form = document.getElementById("search");
  form?.removeAttribute("hidden");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    go(addressOf(["search"], new URLSearchParams({ q: wordsSearched().value })));
  });
  document.getElementById("skip")?.addEventListener("click", (event) => {
    event.preventDefault(); // the address holds what was chosen
    document.getElementById("main")?.focus();
  });
  addEventListener("hashchange", draw);
  draw();
}

start();
