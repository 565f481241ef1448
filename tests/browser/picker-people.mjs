// People who choose together in the picker: what they press and say, what they find, and what their
// page holds. They know controls by `data-do`, stages by `data-stage` and ideas by their id: no words.
//
// To add something that people do, write a function that takes their page and does only that.

import assert from "node:assert/strict";
import { open, pages, tab, text } from "./site.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {"yes" | "maybe" | "no" | "unsure"} Word */
/** What somebody says, by the number of the idea. @typedef {Record<number, Word>} Answers */

/** The address of the page where people can choose together. */
export const picker = pages.find((page) => text(page).includes('data-do="together"')) ?? "";
const written = text(picker);

/** The ideas by their number, and which of them fit whatever is said. */
export const ideas = [...written.matchAll(/<li class="(idea[^"]*)" id="([^"]+)"/g)].map(([, name, id]) => ({
  id: id ?? "",
  always: (name ?? "").split(" ").includes("always"),
}));
const always = ideas.flatMap((idea, at) => idea.always ? [at] : []);

/** The mark of this list of ideas, which every link carries. */
export const mark = /data-list="([^"]+)"/.exec(written)?.[1] ?? "";

/** Where the way out of the page leads. */
export const away = /class="leave"[^>]*href="([^"]*)"/.exec(written)?.[1] ?? "";

export const address = (/** @type {Page} */ page) => page.url().replace(/#.*/s, "");

/** What people said yes or maybe to, all of them, and what always fits: numbers in the order of the page. */
export const overlap = (/** @type {Answers[]} */ ...people) => ideas.map((_, at) => at).filter((at) =>
  always.includes(at) || people.every((said) => said[at] == "yes" || said[at] == "maybe"));

/** Answers made from a seed: the same for the same seed. */
export function chance(/** @type {number} */ seed) {
  let state = seed * 2654435761 >>> 0 || 1;
  return (/** @type {number} */ most) => {
    state ^= state << 13, state ^= state >>> 17, state ^= state << 5;
    return (state >>> 0) % most;
  };
}

/** The control `data-do="name"` that can be seen now. @param {Page} page @param {string} name */
export const control = (page, name) => page.locator(`.picker [data-do="${name}"]:visible`).first();

/** @param {Page} page @param {string[]} names */
export async function press(page, ...names) {
  for (const name of names) await control(page, name).click();
}

/** @param {Page} page @param {string} name */
export const stage = (page, name) => page.locator(`.picker[data-stage="${name}"]`).waitFor();

/** Says what somebody thinks of the ideas, and nothing of the others. @param {Page} page @param {Answers} said */
export async function answer(page, said) {
  await stage(page, "answer");
  await page.locator("fieldset.say").first().waitFor();
  await page.evaluate(([ids, said]) => {
    for (const [at, word] of Object.entries(said)) {
      const input = document.querySelector(`[id="${ids[Number(at)]}"] fieldset.say [value="${word}"]`);
      if (!(input instanceof HTMLInputElement)) throw new Error(`nobody is asked about ${ids[Number(at)]}`);
      input.click();
    }
  }, /** @type {const} */ ([ideas.map(({ id }) => id), said]));
}

/** Answers and puts the answers away. @param {Page} page @param {Answers} said */
export async function take(page, said) {
  await answer(page, said);
  await press(page, "done");
  await stage(page, "hand");
}

/** The numbers of the ideas on the shared list, in its order. @param {Page} page */
export async function shared(page) {
  await stage(page, "shared");
  return page.evaluate((ids) => {
    const name = (/** @type {string} */ id) => document.getElementById(id)?.querySelector("h3, h4")?.textContent;
    const names = ids.map(name);
    return [...document.querySelectorAll(".both li")].map((entry) => names.indexOf(entry.textContent));
  }, ideas.map(({ id }) => id));
}

/** Asks for a link, with secret words or without, and gives it. @param {Page} page */
export async function link(page, words = "", by = press) {
  const part = page.locator(".together [data-stage]:visible");
  if (words) await part.locator("input").fill(words);
  await by(page, "link");
  await page.locator(".link:visible:not(:empty)").waitFor();
  await page.locator("div.qr:visible path").waitFor();
  // The address is said when it is copied, or where it cannot be.
  await page.locator(".said:not(:empty)").waitFor();
  return page.locator(".link:visible").innerText();
}

/**
 * All that a person at this page could find: the elements with what their controls hold, what has the
 * focus and what is drawn, what is kept, the addresses, and how far Back leads.
 *
 * @param {Page} page
 */
export const everything = (page) => page.evaluate(all);

/** A mark of all that, which is the same when all of it is. @param {Page} page */
export const imprint = async (page) => page.evaluate(async (text) => {
  const mark = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return String(new Uint8Array(mark));
}, await page.evaluateHandle(all));

/** Runs in the page. */
function all() {
  const controls = [...document.querySelectorAll("input, button, select, textarea")].map((it) => {
    const { checked, value, disabled, indeterminate, name } = /** @type {HTMLInputElement} */ (it);
    return [name, value, checked, disabled, indeterminate].join(" ");
  });
  const seen = [...document.querySelectorAll(".picker, .picker *")].map((it) => +it.checkVisibility()).join("");
  return JSON.stringify({
    page: document.documentElement.outerHTML,
    controls,
    seen,
    focus: [...document.querySelectorAll("*")].indexOf(document.activeElement ?? document.body),
    kept: [{ ...localStorage }, { ...sessionStorage }, document.cookie],
    title: document.title,
    address: location.href,
    history: history.length,
    state: history.state,
    name: window.name,
    chosen: String(getSelection()),
  }, null, 1);
}

/** What somebody finds who looks for the answers of the one before: nothing, if it is as it has to be. @param {Page} page */
export const remains = (page) => page.evaluate(() => [
  ...[...document.querySelectorAll(".picker :checked")].filter((it) => /** @type {HTMLInputElement} */ (it).value),
  ...document.querySelectorAll("fieldset.say, .picked, .plan ol ol li, .picker details[open], .both li, .link:not(:empty), div.qr > *, .idea > [data-do][hidden]"),
  ...[...document.querySelectorAll(".picker [type=text]")].filter((it) => /** @type {HTMLInputElement} */ (it).value),
].map((it) => it.outerHTML.slice(0, 160)));

/** Presses at once whatever can be seen, as somebody would who has it in sight. @param {Page} page @param {string[]} names */
export async function quickly(page, ...names) {
  for (const name of names) {
    await page.evaluate((name) => {
      const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`.picker [data-do="${name}"]`));
      const button = [...all].find((it) => it.checkVisibility());
      if (!button) throw new Error(`nowhere to press: ${name}`);
      button.click();
    }, name);
  }
}

// What can be said of an idea, or left out.
export const words = /** @type {const} */ (["yes", "maybe", "no", "unsure", undefined]);

/** What is in the plan, by the numbers of the ideas. @param {Page} page */
export function planned(page) {
  return page.evaluate((ids) => {
    const names = ids.map((id) => document.getElementById(id)?.querySelector("h3, h4")?.textContent);
    const entries = [...document.querySelectorAll(".plan li li b")];
    return entries.map((it) => names.findIndex((name) => `${name}.` == it.textContent)).sort((a, b) => a - b);
  }, ideas.map(({ id }) => id));
}

/** What comes by itself after a press has come. @param {Page} page */
export function settled(page) {
  return page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)))));
}

/** @param {string} one @param {string} other @param {string} when */
export function alike(one, other, when) {
  if (one == other) return;
  const at = [...one].findIndex((letter, at) => letter != other[at]);
  const part = (/** @type {string} */ it) => it.slice(Math.max(0, at - 200), at + 200);
  assert.fail(`${when}: they differ at ${at}:\n${part(one)}\n-- and --\n${part(other)}`);
}

/** Serves the site as `open` does, and keeps what `act` needs. */
export function people() {
  const site = open();
  /**
   * Lets each of `count` people open the picker on a device of their own.
   *
   * @param {number} count @param {(...devices: Page[]) => Promise<unknown>} act
   * @param {import("playwright-core").BrowserContextOptions} [options]
   * @param {(page: Page) => unknown} [prepare] What is done before the page is opened.
   */
  const meet = async (count, act, options = {}, prepare = () => {}) => {
    const contexts = await Promise.all(Array.from({ length: count }, () =>
      site.browser.newContext({ reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"], ...options })));
    try {
      const devices = await Promise.all(contexts.map(async (context) => {
        const page = await tab(context);
        await prepare(page);
        await page.goto(site.base + picker);
        return page;
      }));
      await act(...devices);
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
    }
  };
  return Object.assign(site, { meet });
}
