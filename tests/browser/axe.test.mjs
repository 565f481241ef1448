// What holds for every page of the site in a real browser: nothing that axe finds, nothing that
// scrolls sideways, nothing asked of another host, nothing kept on the reader's device.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { abroad, kindOf, kinds, open, pages, telling, tour } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const site = open();

const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

/** All rules of WCAG 2.2 from A to AAA that axe has, its best practices, and those it leaves off. */
const all = {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: Object.fromEntries(
    ["color-contrast-enhanced", "identical-links-same-purpose", "meta-refresh-no-exceptions", "target-size"].map(
      (rule) => [rule, { enabled: true }],
    ),
  ),
};
/** The rules that a change of colours can break. */
const colours = {
  resultTypes: ["violations"],
  runOnly: { type: "rule", values: ["color-contrast", "color-contrast-enhanced", "link-in-text-block"] },
};

/** In which colours a page is shown. The colours that a reader chose stand above those of the page. */
const light = /** @type {const} */ (["light", { colorScheme: "light", forcedColors: "none" }]);
const dark = /** @type {const} */ (["dark", { colorScheme: "dark", forcedColors: "none" }]);
const shown = /** @type {const} */ ([
  light,
  dark,
  ["forced, light", { colorScheme: "light", forcedColors: "active" }],
  ["forced, dark", { colorScheme: "dark", forcedColors: "active" }],
]);

/**
 * A page is looked at by axe once, at its words and its data: every other page wide and in light, the
 * others narrow and in dark; how wide it gets is measured at both widths. What the theme alone can break,
 * such as colours, is seen on pages that together have every class, which are shown in each colour at
 * each width.
 */
const briefly = /** @type {const} */ ([
  [["wide", wide, [light]], ["narrow", narrow, []]],
  [["wide", wide, []], ["narrow", narrow, [dark]]],
]);
const fully = /** @type {const} */ ([["wide", wide, shown], ["narrow", narrow, shown]]);

/** Pages that are made of data and alike: of these a usual run looks at those that tell something. */
const alike = ["source", "picker-list"];
const looked = pages.filter((path) => process.env.ALL || !alike.includes(kindOf(path)) || [...telling, ...abroad].includes(path));

test(`each of ${looked.length} pages is accessible in all colours and widths, keeps to its width, and keeps to itself`, async () => {
  const context = await site.browser.newContext({ reducedMotion: "reduce" });
  await context.addInitScript({ content: axe });
  const found = await tour(context, looked, lookAt);
  if ((await context.cookies()).length) found.push("a cookie was set");
  await context.close();
  assert.deepEqual(found, []);
});

/** @param {import("playwright-core").Page} page @param {string} path @param {(what: string) => void} say */
async function lookAt(page, path, say) {
  page.on("request", (request) => {
    if (new URL(request.url()).origin != site.base) say(`asks for ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() == "error") say(`complains: ${message.text()}`);
  });
  page.on("pageerror", (error) => say(`has a faulty script: ${error.message}`));
  await page.setViewportSize(wide);
  await page.emulateMedia(light[1]);
  await page.goto(site.base + path);
  const run = async (/** @type {string} */ how, /** @type {object} */ options, within = "html") => {
    const violations = await page.evaluate(
      // @ts-ignore: axe came with the page
      async ([within, options]) => (await window.axe.run(within, options)).violations,
      /** @type {[string, any]} */ ([within, options]),
    );
    for (const { id, nodes } of violations) {
      for (const node of nodes) say(`${how}: ${id} at ${node.target} ${node.html.slice(0, 120)}`);
    }
  };
  for (const what of await page.evaluate(unlabelled)) say(what);
  // In a page of questions marks may lie in a closed answer.
  const marks = page.locator(".cite").filter({ visible: true });
  // The card is the same on all pages of a kind.
  const cites = kinds[kindOf(path)] == path && (await marks.count()) > 0;
  const turn = looked.indexOf(path) % 2 ? briefly[1] : briefly[0];
  for (const [width, viewport, media] of process.env.ALL || telling.includes(path) ? fully : turn) {
    await page.setViewportSize(viewport);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) say(`is ${over} pixels too wide for ${viewport.width}`);
    for (const [at, [name, colour]] of media.entries()) {
      await page.emulateMedia(colour);
      // What is there and what it is called differs with the width; colours differ in the dark too.
      await run(`${width}, ${name}`, at ? colours : all);
      if (!cites) continue;
      await marks.first().click();
      await run(`${width}, ${name}, card`, all, ".cite-card");
      await page.keyboard.press("Escape");
    }
  }
  // The pointer would rest on something of the next page.
  if (cites) await page.mouse.move(0, 0);
  const kept = await page.evaluate(async () => ({
    storage: localStorage.length + sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
  }));
  if (kept.storage || kept.databases || kept.workers) say(`keeps something: ${JSON.stringify(kept)}`);
}

// Runs in the page. Axe leaves small tables alone, and boxes that scroll.

/** Tables whose cells nobody can tell apart by ear, and boxes around them that have no name. */
function unlabelled() {
  const found = [];
  for (const table of document.querySelectorAll("table")) {
    if (!table.querySelector("th")) found.push(`has a table without headings: ${table.outerHTML.slice(0, 120)}`);
    const box = table.closest("[tabindex]");
    if (box && !box.matches("main, [aria-label], [aria-labelledby]")) {
      found.push(`has a table in a box without a name: ${box.outerHTML.slice(0, 120)}`);
    }
  }
  return found;
}
