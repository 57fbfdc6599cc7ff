// Makes elements by functions that set text, never markup.

/** @typedef {Record<string, string | boolean | EventListener>} Attributes */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
function el(tag, attributes = {}, ...children) {
  return setUp(document.createElement(tag), attributes, children);
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[K]}
 */
function svg(tag, attributes = {}, ...children) {
  return setUp(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} element @param {Attributes} attributes @param {(Node | string)[]} children
 * @returns {E}
 */
function setUp(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && isSafe(name, value)) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Tells whether an attribute may be set: a link leads to a place in the page, or by http(s).
 * @param {string} name @param {string | boolean} value */
function isSafe(name, value) {
  return name !== "href" || /^(#|https?:\/\/)/.test(String(value));
}

/** Returns a link, or the words alone where it may not be followed.
 * @param {string} href @param {string} words */
function link(href, words) {
  return isSafe("href", href) ? el("a", { href }, words) : words;
}

/** Returns a link to a document elsewhere, named by its host.
 * @param {string} url */
function outside(url) {
  return link(url, url.replace(/^https?:\/\/(www\.)?/, "").split(/[/?#]/)[0]);
}

/** Returns a text whose ids are links to their rows.
 * @param {string} words
 * @returns {(Node | string)[]} */
function linked(words) {
  const ids = [...words.matchAll(ID)].filter(([id]) => homes("").has(id));
  const ends = ids.map((found) => found.index + found[0].length);
  const parts = ids.flatMap((found, n) => [
    words.slice(ends[n - 1] ?? 0, found.index),
    link(addressOf([found[0]]), found[0]),
  ]);
  return [...parts, words.slice(ends.at(-1) ?? 0)];
}

/** Returns a button.
 * @param {string} words @param {() => void} act */
function button(words, act) {
  return el("button", { type: "button", click: act }, words);
}

/** Returns a part that may be folded away.
 * @param {string} words @param {boolean} open @param {...(Node | string)} children */
function foldAway(words, open, ...children) {
  return el("details", { open }, el("summary", {}, words), ...children);
}

/** Returns a table that scrolls within its own bounds.
 * @param {string} name @param {(Node | string)[]} heads @param {(Node | string)[][]} rows */
function grid(name, heads, rows) {
  const top = el(
    "tr",
    {},
    ...heads.map((head) => (head instanceof HTMLTableCellElement ? head : el("th", { scope: "col" }, head))),
  );
  const body = rows.map(([first, ...cells]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, first),
      ...cells.map((cell) => (cell instanceof HTMLTableCellElement ? cell : el("td", {}, cell))),
    ),
  );
  const table = el("table", {}, el("thead", {}, top), el("tbody", {}, ...body));
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, table);
}

/** Says something to those who hear the page.
 * @param {string} words */
function tell(words) {
  const told = document.getElementById("told");
  if (told) told.textContent = words;
}
