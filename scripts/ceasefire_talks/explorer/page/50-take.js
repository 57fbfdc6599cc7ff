// What a reader takes along: files of what is filtered, links, citations.

/** Gives the reader a file.
 * @param {string} name @param {string} body @param {string} type */
function download(name, body, type) {
  const anchor = el("a", { download: name });
  anchor.href = URL.createObjectURL(new Blob([body], { type }));
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
  tell(`${name} was downloaded`);
}

/** Copies a text and says so.
 * @param {string} words @param {string} what */
async function copy(words, what) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    copyByHand(words); // a page that is not served by https may have no clipboard
  }
  tell(`${what} was copied`);
}

/** Copies a text by way of a field.
 * @param {string} words */
function copyByHand(words) {
  const area = el("textarea", { "aria-label": "Copied" });
  area.value = words;
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
}

/** Returns how to cite a table or a row, in the words that the package has for it.
 * @param {string} name @param {string} [key] */
function cite(name, key) {
  return content.cited.replace("{row}", () => (key ? `table ${name}, row ${key}` : `table ${name}`));
}

/** Returns the buttons that take what is filtered along.
 * @param {string} name @param {Row[]} rows */
function takeRows(name, rows) {
  const file = `${content.name}-${content.version}-${name}`;
  return el(
    "p",
    { class: "take" },
    button("Download CSV", () => download(`${file}.csv`, toCsv(name, rows), "text/csv")),
    button("Download JSON", () => download(`${file}.json`, `${JSON.stringify(rows, null, 1)}\n`, "application/json")),
    button("Copy link", () => copy(location.href, "The link")),
    button("Copy citation", () => copy(cite(name), "The citation")),
  );
}
