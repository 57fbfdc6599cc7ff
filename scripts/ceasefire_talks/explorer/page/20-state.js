// The address: all that a reader has chosen stands in the hash, so that a link and Back bring it again.

/** @typedef {{view: string, path: string[], query: URLSearchParams}} State */

/** Returns what an address asks for; an id alone asks for its row.
 * @param {string} hash
 * @returns {State} */
function readState(hash) {
  const [place, query = ""] = hash.replace(/^#/, "").split("?", 2);
  const [view, ...path] = place.split("/").map(decode);
  const table = homes("").get(view);
  const state = { view, path, query: new URLSearchParams(query) };
  return table && !path.length ? { ...state, view: "row", path: [table, view] } : state;
}

/** Returns a part of an address as text, also where it is broken.
 * @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Returns an address.
 * @param {string[]} place @param {URLSearchParams} [query] */
function addressOf(place, query) {
  const asked = query ? query.toString() : "";
  return `#${place.map(encodeURIComponent).join("/")}${asked && `?${asked}`}`;
}

/** Returns the address of a row.
 * @param {string} name @param {Row} row */
function rowAddress(name, row) {
  return addressOf(["row", name, ...keyOf(name, row).split("/")]);
}

/** Returns the address of a state with one choice changed; another page starts at the first.
 * @param {State} state @param {string} key @param {string} value */
function changed(state, key, value) {
  const query = new URLSearchParams(state.query);
  query.delete("page");
  if (value) query.set(key, value);
  else query.delete(key);
  return addressOf([state.view, ...state.path], query);
}

/** Goes to an address; while a word is typed its address replaces that of the word so far.
 * @param {string} address @param {boolean} [replace] */
function go(address, replace = false) {
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  draw();
}
