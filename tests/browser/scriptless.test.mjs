// Without JavaScript every page can be read and used: no text is hidden but in what opens by itself,
// every link within the page leads to its place, no button is shown that would do nothing, nothing
// scrolls sideways, and nothing is said in another language than the page says it is in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open, pages, telling, tour } from "./site.mjs";

const site = open();

/**
 * Small words by which a text tells its language, none of which the others have. A language that is not
 * here is not looked at.
 *
 * @type {Record<string, string[]>}
 */
const small = {
  en: ["the", "of", "and", "to", "you", "your", "is", "are", "with", "for", "that", "it", "or", "this", "from", "what", "how", "when", "not", "if"],
  es: ["el", "la", "los", "las", "de", "del", "que", "y", "en", "un", "una", "con", "para", "por", "se", "tu", "te", "es", "lo", "su", "si", "al"],
};

test("without a script every page says all that it has to say, and all that it offers works", async () => {
  const context = await site.browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const found = await tour(context, pages, async (page, path, say) => {
    await page.goto(site.base + path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) say(`is ${over} pixels too wide for 320`);
    for (const what of await page.evaluate(idle)) say(what);
    for (const what of await page.evaluate(silent)) say(what);
    for (const what of await page.evaluate(strange, small)) say(what);
    if (telling.includes(path)) {
      const links = await page.locator("a[href^='#']").evaluateAll((all) => all.map((it) => it.getAttribute("href") ?? ""));
      for (const hash of new Set(links)) {
        const what = await page.evaluate(goTo, hash);
        if (what) say(`${hash} ${what}`);
      }
    }
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

/**
 * What is said in another language than the element around it names, so that it would be read out wrongly.
 *
 * @param {Record<string, string[]>} small
 */
function strange(small) {
  /** @type {Set<string>} */
  const found = new Set();
  const look = (/** @type {Element | null} */ it, /** @type {string} */ said) => {
    const language = it?.closest("[lang]")?.getAttribute("lang")?.split("-")[0] ?? "";
    const words = said.toLowerCase().match(/\p{L}+/gu) ?? [];
    const count = (/** @type {string} */ of) => words.filter((word) => small[of]?.includes(word)).length;
    // What names a work is printed as it was published.
    if (!small[language] || count(language) || it?.closest(".cite, .refs, .works, .entry, .kind-source h1")) return;
    for (const other of Object.keys(small)) if (count(other) > 1) found.add(`says in “${other}” what it calls “${language}”: ${said.trim().slice(0, 70)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement?.closest("script, style")) look(node.parentElement, node.textContent ?? "");
  }
  for (const it of document.querySelectorAll("[aria-label], [alt], [title], [placeholder]")) {
    for (const key of ["aria-label", "alt", "title", "placeholder"]) look(it, it.getAttribute(key) ?? "");
  }
  return [...found];
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
