// Without JavaScript every page can be read and used: no text is hidden but in what opens by itself,
// every link within the page leads to its place, and no button is shown that would do nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faults, open, pages, telling } from "./site.mjs";

const site = open();

test("without a script every page says all that it has to say, and all that it offers works", async () => {
  const context = await site.browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const found = await faults(pages, async (path, say) => {
    const page = await context.newPage();
    await page.goto(site.base + path);
    for (const what of await page.evaluate(idle)) say(what);
    for (const what of await page.evaluate(silent)) say(what);
    if (telling.includes(path)) {
      const links = await page.locator("a[href^='#']").evaluateAll((all) => all.map((it) => it.getAttribute("href") ?? ""));
      for (const hash of new Set(links)) {
        const what = await page.evaluate(goTo, hash);
        if (what) say(`${hash} ${what}`);
      }
    }
    await page.close();
  });
  await context.close();
  assert.deepEqual(found, []);
});

// The functions below run in the page, and so each stands for itself.

/** Buttons that are shown and that nothing answers. */
function idle() {
  return [...document.querySelectorAll("button, [role=button], input[type=button]")]
    .filter((it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((it) => !(it instanceof HTMLButtonElement && it.form && ["submit", "reset"].includes(it.type)))
    .filter((it) => !(it instanceof HTMLButtonElement && it.popoverTargetElement))
    .map((it) => `shows a button that does nothing: ${it.outerHTML.slice(0, 100)}`);
}

/** Text that cannot be come at. What is shown elsewhere on the page too, as a list of contents is, may be hidden. */
function silent() {
  const seen = new Set();
  /** @type {Map<string, string>} */
  const hidden = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const it = node.parentElement;
    const words = node.textContent?.trim() ?? "";
    if (!it || words.length < 3 || it.closest("script, style, template, svg")) continue;
    const details = it.closest("details:not([open])");
    const opens = details && !it.closest("summary") && details.checkVisibility();
    if (opens || it.checkVisibility({ visibilityProperty: true, opacityProperty: true })) seen.add(words);
    // What only a script can use may wait for it: a button, and the place where it says what it did.
    else if (!it.closest("[hidden]")?.matches(":is(button, [role=status]), :has(button)")) hidden.set(words, it.outerHTML);
  }
  return [...hidden].filter(([words]) => !seen.has(words)).map(([words, where]) => `hides “${words}” in ${where.slice(0, 70)}`);
}

/** @param {string} hash Follows a link within the page, and says what is wrong with where it leads. */
function goTo(hash) {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!target) return "leads nowhere";
  location.hash = hash;
  const box = target.getBoundingClientRect();
  const strip = [...document.querySelectorAll("body > *")].find((it) => ["sticky", "fixed"].includes(getComputedStyle(it).position));
  const top = strip ? strip.getBoundingClientRect().bottom : 0;
  const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  if (box.top >= innerHeight - 20 || box.bottom < 0) return `is ${Math.round(box.top)} from the top, out of sight`;
  if (box.top < top - 2 && !target.contains(strip ?? null) && target.localName != "main" && !end) return "lies behind the strip";
  return "";
}
