// The picker by keyboard alone, from the first question to the last button, and the link for those for
// whom it was not OK, which has to stay in sight all the way.
//
// To add a step, go to its control with `to` and press a key. Never click, and never call `focus`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ideas, people, picker, settled, stage } from "./picker-people.mjs";
import { visit } from "./site.mjs";

const site = people();

/** @typedef {import("playwright-core").Page} Page */

const sizes = [[390, 844], [320, 640], [1280, 800]].map(([width = 0, height = 0]) => ({ width, height }));

test("the picker is used from start to finish by keyboard alone, and the focus is never lost", () =>
  visit(site, picker, { viewport: { width: 390, height: 844 } }, async (page) => {
    // The questions: answered, skipped, gone back to.
    await to(page, ".ask fieldset:not([hidden]) input");
    const first = await question(page);
    await key(page, "ArrowDown");
    await key(page, "ArrowDown");
    assert.ok(await page.locator(".ask fieldset:not([hidden]) input:checked").inputValue());
    await to(page, "[data-do=next]");
    await key(page, "Enter");
    assert.notEqual(await question(page), first);
    await to(page, "[data-do=next]");
    await key(page, "Space");
    await to(page, "[data-do=back]");
    await key(page, "Enter");
    await to(page, "[data-do=back]");
    await key(page, "Space");
    assert.equal(await question(page), first);
    await key(page, "ArrowUp");
    await key(page, "ArrowUp");
    for (let left = await page.locator(".ask fieldset").count(); left > 0; left--) {
      assert.ok(await page.evaluate(() => document.activeElement?.matches(".ask input")), "a question begins with its answers");
      await to(page, left % 2 ? "[data-do=next]" : "[data-do=unsure]");
      await key(page, left % 2 ? "Enter" : "Space");
    }
    assert.ok(await page.evaluate(() => document.activeElement?.matches(".found h2")), "what fits is shown");

    // Two ideas, put into another order; one of them is taken out.
    for (let added = 0; added < 2; added++) {
      await to(page, ".idea [data-do=add]");
      await key(page, added ? "Space" : "Enter");
    }
    const entries = () => page.locator(".plan ol ol b").allInnerTexts();
    const were = await entries();
    assert.equal(were.length, 2);
    // The way to the plan leads past all ideas; who uses a keyboard goes there backwards, from the end.
    await page.keyboard.press("Control+End");
    await from(page, "[data-do=together]");
    await to(page, "[data-do=later]", "Shift+Tab");
    await to(page, ".plan [data-do=earlier]", "Shift+Tab");
    await key(page, "Enter");
    await key(page, "Space");
    assert.notDeepEqual(await entries(), were, "in another order");
    assert.deepEqual((await entries()).sort(), [...were].sort());
    await to(page, ".plan [data-do=remove]");
    await key(page, "Enter");
    assert.equal((await entries()).length, 1);

    // Together, on one device.
    await to(page, "[data-do=together]");
    await key(page, "Enter");
    await stage(page, "start");
    for (const word of ["ArrowDown", "Space"]) {
      await to(page, ".together [data-do=answer]");
      await key(page, "Enter");
      await stage(page, "answer");
      await to(page, ".idea .say input");
      await key(page, word);
      await to(page, ".idea ~ .idea .say input");
      await key(page, "Space");
      await to(page, ".together [data-do=done]", "Shift+Tab");
      await key(page, "Enter");
      await stage(page, "hand");
    }
    await to(page, "[data-do=reveal]");
    await key(page, "Enter");
    await stage(page, "shared");
    assert.ok(await page.locator(".both li").count() >= 2);
    await to(page, "[data-do=plan]");
    await key(page, "Enter");
    assert.ok((await entries()).length >= 2);
    await to(page, ".plan [data-do=erase]");
    await key(page, "Enter");
    assert.deepEqual(await entries(), []);
  }));

for (const size of sizes) {
  test(`the link for those for whom it was not OK stays in sight at every stage, ${size.width} by ${size.height}`, () =>
    visit(site, picker, { viewport: size }, async (page) => {
      const found = /** @type {string[]} */ ([]);
      const look = async (/** @type {string} */ when) => {
        await settled(page);
        for (const what of await page.evaluate(hidden)) found.push(`${when}: ${what}`);
      };
      await look("questions");
      await does(page, "way");
      await look("all questions");
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector(".idea summary")).click());
      await look("an idea with its details");
      await does(page, "add");
      await look("a message");
      await does(page, "together");
      await look("how it works");
      await does(page, "answer");
      await look("answering");
      await does(page, "done");
      await look("handing over");
      await does(page, "link");
      await page.locator(".said:not(:empty)").waitFor();
      await look("a link");
      const sent = await page.locator(".link:visible").innerText();
      await does(page, "answer");
      await does(page, "done");
      await does(page, "reveal");
      await look("shared");
      await page.goto(sent);
      await stage(page, "sent");
      await look("a link that was opened");
      assert.deepEqual(found, []);
    }));

  test(`nothing that has the focus is beneath what sticks to the edges, ${size.width} by ${size.height}`, () =>
    visit(site, picker, { viewport: size }, async (page) => {
      const found = /** @type {Set<string>} */ (new Set());
      /** Goes through what there is in both directions, at most so many steps. */
      const walk = async (/** @type {string} */ when, most = 30) => {
        // What sticks makes room for itself with the next frame, before anybody could press a key.
        await settled(page);
        await page.evaluate(() => {
          const root = /** @type {HTMLElement} */ (document.querySelector(".unsure a"));
          root.focus({ preventScroll: true });
        });
        for (const press of ["Tab", "Shift+Tab"]) {
          for (let step = 0; step < most; step++) {
            await page.keyboard.press(press);
            await settled(page);
            const what = await page.evaluate(beneath);
            if (what) found.add(`${when}, ${press}: ${what}`);
          }
        }
      };
      await does(page, "add");
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector(".idea summary")).click());
      await walk("questions and ideas, with a message");
      await does(page, "together");
      await walk("how it works", 8);
      await does(page, "answer");
      await walk("answering", 40);
      await does(page, "done");
      await does(page, "link");
      await page.locator(".said:not(:empty)").waitFor();
      await walk("handing over, with a message", 10);
      assert.deepEqual([...found], []);
    }));
}

/** Presses a control without a pointer, where the way is not what is looked at. @param {Page} page @param {string} name */
function does(page, name) {
  return page.evaluate((name) => {
    const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`.picker [data-do="${name}"]`));
    [...all].find((it) => it.checkVisibility())?.click();
  }, name);
}

/** The question that is asked. @param {Page} page */
const question = (page) => page.evaluate(() =>
  [...document.querySelectorAll(".ask fieldset")].findIndex((it) => !/** @type {HTMLElement} */ (it).hidden));

/** Presses a key and sees to it that the focus is on something that can be seen. @param {Page} page @param {string} name */
async function key(page, name) {
  await page.keyboard.press(name);
  await settled(page);
  const lost = await page.evaluate(() => {
    const it = document.activeElement;
    if (!it || it == document.body) return "nothing";
    const { width, height, top, bottom } = it.getBoundingClientRect();
    const seen = it.checkVisibility({ visibilityProperty: true }) && width && height && bottom > 0 && top < innerHeight;
    return seen ? "" : `out of sight: ${it.outerHTML.slice(0, 160)}`;
  });
  assert.equal(lost, "", `after ${name} the focus is on`);
}

/** Goes on with Tab until the control has the focus. @param {Page} page @param {string} what */
async function to(page, what, by = "Tab") {
  const most = ideas.length * 8;
  for (let step = 0; step < most; step++) {
    if (await page.evaluate((what) => document.activeElement?.matches(what), what)) return;
    await page.keyboard.press(by);
  }
  assert.fail(`${what} is not reached with ${by}; the focus is on ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160))}`);
}

/** Goes backwards from the end of the page. @param {Page} page @param {string} what */
const from = (page, what) => to(page, what, "Shift+Tab");

// The functions below run in the page, and so each stands for itself.

/** Why the link is not in sight, or too small, at the beginning, the middle and the end of the picker. */
async function hidden() {
  const found = [];
  const link = /** @type {HTMLElement} */ (document.querySelector(".unsure a"));
  const root = /** @type {HTMLElement} */ (document.querySelector(".picker"));
  const top = root.getBoundingClientRect().top + scrollY, end = root.getBoundingClientRect().bottom + scrollY;
  const places = { "as it came": scrollY, beginning: top, middle: (top + end) / 2 - innerHeight / 2, end: end - innerHeight };
  for (const [where, place] of Object.entries(places)) {
    scrollTo({ top: place, behavior: "instant" });
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    const box = link.getBoundingClientRect();
    if (box.height < 44) found.push(`${where}: ${box.height} pixels high`);
    if (box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) found.push(`${where}: out of sight at ${box.top}`);
    for (const [x, y] of [[box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3], [box.left + box.width / 2, box.top + box.height / 2]]) {
      const it = document.elementFromPoint(x, y);
      if (it != link) found.push(`${where}: beneath ${it?.outerHTML.slice(0, 80)}`);
    }
  }
  return [...new Set(found)];
}

/** What has the focus and is not all in sight, or lies beneath something that sticks. */
function beneath() {
  const it = /** @type {HTMLElement} */ (document.activeElement);
  if (!it.closest(".picker")) return "";
  const sticking = [...document.querySelectorAll(".strip, .unsure, .said")].filter((other) => !other.contains(it));
  const own = it.matches("fieldset input") ? it.closest("label") ?? it : it;
  const box = own.getBoundingClientRect();
  const name = own.outerHTML.slice(0, 100);
  if (box.bottom > innerHeight + 1 || box.top < -1) return `${Math.round(box.top)} to ${Math.round(box.bottom)}, out of sight: ${name}`;
  for (const other of sticking) {
    const edge = other.getBoundingClientRect();
    const over = Math.min(box.bottom, edge.bottom) - Math.max(box.top, edge.top);
    if (edge.height && over > 1) return `${Math.round(over)} of ${Math.round(box.height)} pixels are beneath .${other.className}: ${name}`;
  }
  return "";
}
