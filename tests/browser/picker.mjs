// What the tests of pickers share: a picker in a browser, and hands that answer its questions.
//
// What has to be shown then is worked out in picker-file.mjs from the picker's own file.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, grouped, pickers } from "./picker-file.mjs";
import { visit } from "./site.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./picker-file.mjs").Picker} Picker */
/** @typedef {import("./picker-file.mjs").Answers} Answers */

/** The pickers of this repository's own site, in each of its languages, the shortest address first. */
export const editions = pickers();

/** Those in its first language. A page in another is made of the same, in other words. */
export const own = editions.filter(({ language }) => language == editions[0]?.language);

export const phone = { width: 390, height: 844 };

/**
 * Gives a function that makes a test which looks at each picker of a site.
 *
 * @param {Parameters<typeof visit>[0]} site @param {Picker[]} all
 */
export const checks = (site, all = own) =>
  (/** @type {string} */ name,
    /** @type {import("playwright-core").BrowserContextOptions} */ options,
    /** @type {(page: Page, picker: Picker) => Promise<unknown>} */ look) =>
    test(name, async () => {
      assert.ok(all.length, "the site has such a picker");
      for (const picker of all) await visit(site, picker.path, options, (page) => look(page, picker));
    });

/** The ideas that answers leave, by group. @param {Picker} picker @param {Answers} answers */
export const expected = (picker, answers) => grouped(picker, fitting(picker, answers));

/** Presses a button by what it does. @param {Page} page @param {string} name */
export const press = (page, name) => page.locator(`.picker [data-do="${name}"]`).filter({ visible: true }).first().click();

/**
 * Presses what has to be pressed for these answers, and takes back all others.
 *
 * @param {Page} page @param {Answers} answers
 */
export const answer = (page, answers) => page.evaluate(give, answers);

/** Which ideas are shown, by group. @param {Page} page */
export const shown = (page) => page.evaluate(look).then(({ groups }) => groups);

/**
 * Gives many answers one after the other, and says after each what is shown.
 *
 * @param {Page} page @param {Answers[]} all
 */
export async function answerEach(page, all) {
  // Both run in the page, and are told there by what they are made of.
  return page.evaluate(`(${JSON.stringify(all)}).map((answers) => ((${give})(answers), (${look})()))`);
}

/** @param {Answers} answers */
function give(answers) {
  for (const it of document.querySelectorAll(".picker form input")) {
    const input = /** @type {HTMLInputElement} */ (it);
    const given = answers[input.name] ?? [];
    const wanted = input.value ? given.includes(input.value) : !given.length;
    // A radio button is left by pressing another.
    if (input.checked != wanted && (wanted || input.type == "checkbox")) input.click();
  }
}

function look() {
  const seen = (/** @type {Element} */ it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const groups = [...document.querySelectorAll(".picker .group")].map((group) => ({
    isShown: seen(group),
    ideas: [...group.querySelectorAll(".idea")].filter(seen).map((idea) => idea.id.replace(/^idea-/, "")),
  }));
  return {
    groups: groups.map(({ ideas }) => ideas).filter((ideas) => ideas.length),
    emptyGroups: groups.filter(({ isShown, ideas }) => isShown && !ideas.length).length,
    count: document.querySelector(".picker .count")?.textContent ?? "",
  };
}
