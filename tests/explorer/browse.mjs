// Drives the page in Chromium and prints what was found as JSON: node browse.mjs WHAT ADDRESS [ARGUMENT]
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [, , what, address, argument = ""] = process.argv;
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const wrong = []; // what the console said, and what was asked of a network
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

/** Returns a page that notes errors and requests. */
async function open(options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, timezoneId: "America/Los_Angeles", ...options });
  const page = await context.newPage();
  page.on("console", (message) => wrong.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on(
    "request",
    (request) =>
      request.url().split("#")[0] === address || request.url().startsWith("blob:") || wrong.push(request.url()),
  );
  await page.goto(address);
  return page;
}

/** Goes to a place in the page and waits until it is drawn. */
async function go(page, hash) {
  await page.evaluate((to) => void (location.hash = to), hash);
  await page.waitForFunction(() => document.documentElement.dataset.drawn === location.hash);
}

/** Returns what axe finds and how far the page scrolls sideways, in every view, theme and width. */
async function axe() {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 768, 1280]) {
      const page = await open({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      await page.evaluate(AXE);
      for (const hash of argument.split(" ")) {
        await go(page, hash);
        const { violations } = await page.evaluate((tags) => globalThis.axe.run({ runOnly: tags }), TAGS);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        const named = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160))}`,
        );
        found.push({ state: `${hash} ${colorScheme} ${width}`, violations: named, sideways });
      }
      await page.context().close();
    }
  }
  return found;
}

/** Returns the title, head and number of rows of each place, opened as a link. */
async function links() {
  const found = [];
  for (const hash of argument.split(" ")) {
    const page = await open();
    await page.goto(address + hash);
    const count = page.locator(".count").last();
    found.push([
      await page.title(),
      await page.locator("#main h1:visible").innerText(),
      (await count.count()) ? await count.innerText() : "",
    ]);
    await page.context().close();
  }
  return found;
}

/** Returns the files that are downloaded at a place. */
async function take() {
  const page = await open();
  await go(page, argument);
  const files = [];
  for (const name of ["Download CSV", "Download JSON"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    files.push(await readFile(await download.path(), "utf-8"));
  }
  return files;
}

/** Returns what the keyboard alone reaches: stops of the Tab key in a place, and where keys lead from there. */
async function keys() {
  const page = await open({ viewport: { width: 1280, height: 900 } });
  const active = () =>
    page.evaluate(
      () =>
        document.activeElement?.id ||
        document.activeElement?.getAttribute("aria-label") ||
        document.activeElement?.textContent ||
        "",
    );
  const press = async (...names) => {
    for (const name of names) await page.keyboard.press(name);
  };
  const seen = {};
  await press("Tab");
  seen.first = await active();
  await press("Enter");
  seen.skipped = await active();
  await go(page, "#talks");
  seen.arrived = await active();
  const stops = [];
  for (let at = 0; at < 40; at += 1) {
    await press("Tab");
    stops.push(
      await page.evaluate(() =>
        document.activeElement?.closest("svg")
          ? "chart"
          : document.activeElement?.id || document.activeElement?.tagName || "",
      ),
    );
  }
  seen.stops = stops;
  await page.locator("svg a[tabindex='0']").focus();
  seen.marks = [await active()];
  for (const key of ["ArrowRight", "End", "ArrowLeft", "Home"]) {
    await press(key);
    seen.marks.push(await active());
  }
  await press("Enter");
  await page.waitForFunction(() => document.documentElement.dataset.drawn.startsWith("#row/talks/"));
  seen.row = [await page.evaluate(() => location.hash), await page.title()];
  await page.goBack();
  await page.waitForFunction(() => document.documentElement.dataset.drawn === "#talks");
  seen.back = await page.evaluate(() => location.hash);
  await page.locator("#s-strength").focus();
  await press("Enter");
  await page.waitForFunction(() => document.documentElement.dataset.drawn.includes("sort=strength"));
  seen.sorted = [
    await active(),
    await page.locator("th[aria-sort='ascending']").innerText(),
    await page.locator("#told").innerText(),
  ];
  await page.locator("#f-answer").focus();
  await page.locator("#f-answer").selectOption("rejects");
  await page.waitForFunction(() => document.documentElement.dataset.drawn.includes("answer=rejects"));
  seen.filtered = [await active(), await page.evaluate(() => location.hash)];
  await page.locator("#f-q").focus();
  await page.keyboard.type("captives", { delay: 5 });
  seen.typed = [await active(), await page.locator("#f-q").inputValue(), await page.evaluate(() => location.hash)];
  await page.goBack();
  seen.backAgain = await page.evaluate(() => location.hash);
  const follow = async (id) => {
    await page.locator(id).focus();
    await press("Enter");
    await page.waitForFunction(() => document.documentElement.dataset.drawn === location.hash);
    return [await active(), await page.evaluate(() => location.hash)];
  };
  seen.cleared = await follow("#clear");
  seen.paged = [await follow("#after"), await follow("#after"), await follow("#before")];
  return seen;
}

/** Returns what the buttons of a row copy, and whether altered words are shown without being asked for. */
async function copies() {
  const page = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await go(page, argument);
  const seen = { told: [] };
  for (const [key, name] of [
    ["citation", "Copy citation"],
    ["link", "Copy link"],
  ]) {
    await page.getByRole("button", { name }).click();
    await page.waitForFunction((what) => document.getElementById("told").textContent.includes(what), key);
    seen[key] = await page.evaluate(() => navigator.clipboard.readText());
    seen.told.push(await page.locator("#told").innerText());
  }
  const mark = page.locator(".altered");
  seen.altered = { shown: await mark.locator("p").isVisible(), mark: await mark.locator("summary").innerText() };
  return seen;
}

/** Tells of each pair of texts whether a search takes one for the other. */
async function folds() {
  const page = await open();
  return page.evaluate(
    (pairs) => pairs.map(([one, other]) => globalThis.fold(one) === globalThis.fold(other)),
    JSON.parse(argument),
  );
}

/** Returns the first cells of the rows at a place. */
async function days() {
  const page = await open();
  await go(page, argument);
  return page.locator("section tbody th").allInnerTexts();
}

/** Returns what typing two days, with Tab between, comes to; then what a day that is none comes to. */
async function types() {
  const page = await open();
  await go(page, argument);
  const told = () => page.evaluate(() => [document.activeElement?.id, location.hash]);
  await page.locator("#f-from").focus();
  for (const key of ["2024-05-06", "Tab", "2024-05-06", "Tab"]) {
    await (key === "Tab" ? page.keyboard.press(key) : page.keyboard.type(key));
    await page.waitForTimeout(100);
  }
  const [, hash] = await told();
  await page.locator("#f-from").fill("6 May 2024");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(100);
  return { hash, after: (await told())[1], valid: await page.locator("#f-from").evaluate((it) => it.checkValidity()) };
}

/** Returns when the page, at a place, was ready after it was asked for, in milliseconds. */
async function ready() {
  const page = await open();
  const times = [];
  for (let at = 0; at < 9; at += 1) {
    await page.goto("about:blank");
    await page.goto(address + argument);
    times.push(await page.evaluate(() => performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd));
  }
  return times;
}

/** Returns how long it takes to filter and draw a table of 5,000 rows, in milliseconds; the words searched change. */
async function filter() {
  const page = await open();
  return page.evaluate((name) => {
    const rows = rowsOf(name); // the page's own
    while (rows.length < 5000) rows.push({ ...rows[rows.length % 1000] });
    return [..."abcdefghij"].map((word) => {
      const began = performance.now();
      history.replaceState(null, "", `#table/${name}?q=${word}&sort=row_id`);
      globalThis.draw();
      void document.body.offsetHeight;
      return performance.now() - began;
    });
  }, argument);
}

const found = await { axe, links, take, keys, copies, folds, days, types, ready, filter }[what]();
await browser.close();
console.log(JSON.stringify({ found, wrong }));
