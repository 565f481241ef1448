// On paper: one page of each kind is printed to PDF, and its words are read there. All of the text is
// there, also what has to be opened on the screen, and nothing that paper cannot do or must not tell.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faults, kinds, open, visit } from "./site.mjs";

// The reader of PDFs needs this for drawing, which nobody asks of it here.
globalThis.DOMMatrix ??= /** @type {any} */ (class {});
const log = console.warn;
console.warn = () => {};
const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
console.warn = log;

const site = open();

/** What a sheet of A4 holds. */
const sheet = { width: 794, height: 1123 };

/** @param {string} text Only its letters: lines and words are broken in other places on paper. */
const letters = (text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");

test("paper carries all words of a page, and neither the way out nor the menu", async () => {
  const found = await faults(Object.values(kinds), (path, say) =>
    visit(site, path, { viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.emulateMedia({ media: "print" });
      const { said, all, banned } = await page.evaluate(words);
      const pdf = await getDocument({ data: new Uint8Array(await page.pdf({ format: "A4" })), verbosity: VerbosityLevel.ERRORS }).promise;
      let printed = "";
      for (let number = 1; number <= pdf.numPages; number++) {
        const { items } = await (await pdf.getPage(number)).getTextContent();
        printed += letters(items.map((it) => ("str" in it ? it.str : "")).join(""));
      }
      const missing = said.filter((part) => !printed.includes(letters(part)));
      for (const part of missing.slice(0, 5)) say(`is printed without “${part.slice(0, 70)}”`);
      for (const part of banned) {
        // A text may speak of what the screen has, as the page on using the site safely does.
        if (printed.includes(letters(part)) && !letters(all).includes(letters(part))) say(`prints “${part}”`);
      }
      // A list of numbers takes room.
      const most = 4 + Math.ceil(printed.length / 1200);
      if (pdf.numPages > most) say(`needs ${pdf.numPages} sheets for ${printed.length} letters`);
      await pdf.destroy();
    }),
  );
  assert.deepEqual(found, []);
});

test("what belongs to the screen is not drawn on paper", async () => {
  const found = await faults(Object.values(kinds), (path, say) =>
    visit(site, path, { viewport: sheet }, async (page) => {
      await page.emulateMedia({ media: "print" });
      const drawn = page.locator(".skip, .strip, .leave, header.top nav, .crumbs, .toc, button, input, [role=status]").filter({ visible: true });
      for (const what of await drawn.all()) say(`prints ${(await what.evaluate((it) => it.outerHTML)).slice(0, 90)}`);
    }),
  );
  assert.deepEqual(found, []);
});

/** What a reader wants on paper, and what not. */
function words() {
  /** @type {string[]} */
  const said = [];
  const text = document.querySelectorAll("main :is(h1, .lead, .text, .question, details)");
  for (const part of text) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.textContent?.trim() ?? "";
      const it = node.parentElement;
      // The words that open something, and links to where one is, are for the screen.
      if (words.length < 12 || !it || it.closest("nav, form, button, svg, [hidden], a[href^='#']")) continue;
      if (it.closest("a") && !it.checkVisibility()) continue;
      if (it.closest("summary") && !it.closest("h2, h3")) continue;
      said.push(words);
    }
  }
  const menu = [...document.querySelectorAll("header.top nav li")].map((it) => it.textContent?.trim() ?? "");
  const banned = [menu.join(" "), ...[...document.querySelectorAll(".skip, .leave")].map((it) => it.textContent?.trim() ?? "")];
  return { said, all: document.querySelector("main")?.textContent ?? "", banned: banned.filter((part) => part.length > 3) };
}
