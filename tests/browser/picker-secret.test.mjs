// What one person who chooses together could learn of another: nothing but what both said yes or maybe to.
//
// To add a test, let two people differ in what nobody has to know, and compare `everything` that their
// companion finds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { alike, answer, chance, control, everything, ideas, imprint, link, overlap, people, planned, press, quickly, remains, settled, shared, stage, take, words } from "./picker-people.mjs";
import { faults } from "./site.mjs";

const site = people();

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./picker-people.mjs").Answers} Answers */

const open = ["together", "answer"];

/** What the first and the second say where it does not matter what. */
const [ada, second] = [4, 5].map((seed) => {
  const pick = chance(seed);
  return /** @type {Answers} */ (Object.fromEntries(ideas.map((_, at) => [at, words[pick(words.length)]]).filter(([, word]) => word)));
});
if (!ada || !second) throw new Error("there are two");

test("after the hand-over nothing is left of what the first person said, looked for or planned", () =>
  site.meet(2, async (busy, idle) => {
    for (const page of [busy, idle]) await page.evaluate(() => void (crypto.getRandomValues = (/** @type {any} */ into) => into.fill(7)));
    // One has had a look around before and while answering, the other has not.
    await control(busy, "add").click();
    await press(busy, "surprise", "way");
    await busy.locator(".ask [value=none], .ask fieldset:not([hidden]) [type=radio]:not([value=''])").last().check();
    await busy.locator(".picker summary:visible").first().click();
    await press(busy, ...open);
    await busy.evaluate(() => document.querySelector(".picker")?.setAttribute("data-was", "busy"));
    await answer(busy, ada);
    await busy.evaluate(() => document.querySelector(".picker")?.removeAttribute("data-was"));
    await press(busy, "way");
    await busy.locator(".ask fieldset [type=checkbox]:visible").first().check();
    await busy.locator(".idea summary:visible").last().click();
    await press(busy, "done");
    await press(idle, ...open);
    await take(idle, ada);
    await settled(busy), await settled(idle);
    assert.deepEqual(await remains(busy), []);
    alike(await everything(busy), await everything(idle), "handed over");
    for (const page of [busy, idle]) await link(page);
    alike(await everything(busy), await everything(idle), "with a link");
    for (const page of [busy, idle]) {
      await press(page, "answer");
      await stage(page, "answer");
      await page.locator("fieldset.say").first().waitFor();
      await settled(page);
      assert.deepEqual(await remains(page).then((all) => all.filter((it) => !it.includes('class="say"'))), []);
      assert.ok(!(await page.locator(".plan").isVisible()));
    }
    alike(await everything(busy), await everything(idle), "answering");
    for (const page of [busy, idle]) {
      await take(page, second);
      await press(page, "reveal");
      await shared(page);
      await press(page, "plan");
      assert.deepEqual(await planned(page), overlap(ada, second));
      await settled(page);
    }
    alike(await everything(busy), await everything(idle), "planned");
  }));

test("a link that is asked for late appears to nobody who has gone on", () =>
  site.meet(1, async (page) => {
    await press(page, ...open);
    await take(page, ada);
    await page.evaluate(() => {
      const { seal } = globalThis.afterwordPair;
      /** @type {any} */ (window).asked = new Promise((told) => globalThis.afterwordPair.seal = async (/** @type {any[]} */ ...what) => {
        const text = await seal(...what);
        await new Promise((goOn) => /** @type {any} */ (window).goOn = goOn);
        setTimeout(told);
        return text;
      });
    });
    await press(page, "link", "answer");
    await stage(page, "answer");
    await page.evaluate(() => (/** @type {any} */ (window).goOn(), /** @type {any} */ (window).asked));
    await settled(page);
    assert.deepEqual(await page.locator(".link:not(:empty), div.qr > *, .said:not(:empty)").count(), 0);
  }));

/** Two people who say yes and maybe to the same, and differ in all else. @param {number} seed @returns {[Answers, Answers]} */
function twins(seed) {
  const pick = chance(seed + 100);
  const one = /** @type {Answers} */ ({}), other = /** @type {Answers} */ ({});
  const rest = /** @type {const} */ (["no", "unsure", undefined]);
  ideas.forEach((_, at) => {
    const kind = pick(8);
    const [mine, yours] = kind < 2 ? [words[kind], words[kind]] : [rest[pick(3)], rest[pick(3)]];
    if (mine) one[at] = mine;
    if (yours) other[at] = yours;
  });
  return [one, other];
}

/**
 * All that can be found after every step by those who come after somebody: one on a device of their own,
 * with a link, and one on the same device.
 *
 * @param {Answers} first @param {typeof everything} look How that is told: all of it, or a mark of it.
 */
async function found(first, look) {
  const seen = /** @type {[string, string][]} */ ([]);
  const told = /** @type {string[]} */ ([]);
  const see = async (/** @type {string} */ when, /** @type {Page} */ page) => {
    await settled(page);
    seen.push([when, await look(page)]);
  };
  await site.meet(2, async (one, other) => {
    for (const page of [one, other]) {
      page.on("console", (it) => told.push(it.text()));
      page.on("pageerror", (it) => told.push(it.message));
      page.on("request", (it) => it.url().includes("/icon.") || told.push(it.url()));
    }
    await quickly(one, ...open);
    await answer(one, first);
    await quickly(one, "done");
    await see("handed over", one);
    const sent = await link(one, "", quickly);
    seen.push(["sent", sent]);
    await see("with a link", one);
    await other.goto(sent);
    await stage(other, "sent");
    await see("received", other);
    for (const page of [other, one]) {
      const where = page == one ? "on the same device" : "on another device";
      await quickly(page, "answer");
      await answer(page, {});
      await see(`asked ${where}`, page);
      await answer(page, second);
      await quickly(page, "done");
      await see(`answered ${where}`, page);
      await quickly(page, "reveal");
      seen.push([`shared ${where}`, String(await shared(page))]);
      await see(`shown ${where}`, page);
      seen.push([`sent back ${where}`, await link(page, "", quickly)]);
      await quickly(page, "plan");
      await see(`planned ${where}`, page);
    }
  }, {}, (page) => page.addInitScript(() => void (crypto.getRandomValues = (/** @type {any} */ into) => into.fill(7))));
  return [...seen, ["told", told.join("\n")]];
}

// Each pair takes seconds; `tests/browser/run all` looks at more of them.
const pairs = process.env.ALL == "yes" ? 12 : 3;

test("nobody learns what somebody said no to, was not sure of or left out, on the same device or on another", async () => {
  const differ = await faults(Array.from({ length: pairs }, (_, seed) => `${seed}`), async (seed) => {
    const [one, other] = twins(Number(seed));
    assert.notDeepEqual(one, other);
    let [first, again] = [await found(one, imprint), await found(other, imprint)];
    // All of it is only asked for where it is to be shown, since it takes long.
    if (String(first) != String(again)) [first, again] = [await found(one, everything), await found(other, everything)];
    assert.deepEqual(first.map(([when]) => when), again.map(([when]) => when));
    first.forEach(([when = "", what = ""], at) => alike(what, again[at]?.[1] ?? "", when));
  });
  assert.deepEqual(differ, []);
});
