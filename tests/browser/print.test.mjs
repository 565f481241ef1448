// On paper: one page of each kind is printed to PDF, and its words are read there. All of the text is
// there, also what has to be opened on the screen, and nothing that paper cannot do or must not tell.

import assert from "node:assert/strict";
import { test } from "node:test";
import { letters, printed } from "./paper.mjs";
import { faults, kinds, open, visit } from "./site.mjs";

const site = open();

/** What a sheet of A4 holds. */
const sheet = { width: 794, height: 1123 };

test("paper carries all words of a page, and neither the way out nor the menu", async () => {
  const found = await faults(Object.values(kinds), (path, say) =>
    visit(site, path, { viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.emulateMedia({ media: "print" });
      const { said, all, banned } = await page.evaluate(words);
      const { sheets, text } = await printed(page);
      const missing = said.filter((part) => !text.includes(letters(part)));
      for (const part of missing.slice(0, 5)) say(`is printed without “${part.slice(0, 70)}”`);
      // Who finds the sheet can find the page.
      const from = await page.evaluate(() => /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href ?? "");
      if (!text.includes(letters(from))) say(`does not print its address ${from}`);
      for (const part of banned) {
        // A text may speak of what the screen has, as the page on using the site safely does.
        if (text.includes(letters(part)) && !letters(all).includes(letters(part))) say(`prints “${part}”`);
      }
      // A list of numbers takes room.
      const most = 4 + Math.ceil(text.length / 1200);
      if (sheets > most) say(`needs ${sheets} sheets for ${text.length} letters`);
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
      // The words that open something, and links to where one is, are for the screen. So is why each of
      // a hundred ideas is there, mostly as a matter of taste, and what to do when none of them fits.
      if (words.length < 12 || !it || it.closest("nav, form, button, svg, [hidden], a[href^='#'], .idea .why, .none")) continue;
      if (it.closest("a") && !it.checkVisibility()) continue;
      if (it.closest("summary") && !it.closest("h2, h3")) continue;
      said.push(words);
    }
  }
  const menu = [...document.querySelectorAll("header.top nav li")].map((it) => it.textContent?.trim() ?? "");
  const banned = [menu.join(" "), ...[...document.querySelectorAll(".skip, .leave")].map((it) => it.textContent?.trim() ?? "")];
  return { said, all: document.querySelector("main")?.textContent ?? "", banned: banned.filter((part) => part.length > 3) };
}
