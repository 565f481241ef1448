// A picker without a script, and what a script adds to it: one question at a time, a count, a surprise.
// What has to be shown is worked out in picker-file.mjs from the picker's own file.

import assert from "node:assert/strict";
import { test } from "node:test";
import { letters, printed } from "./paper.mjs";
import { answer, answerEach, checks, editions, expected, own, phone, press, shown } from "./picker.mjs";
import { anyAnswers, fitting, said, seeded } from "./picker-file.mjs";
import { open } from "./site.mjs";

const site = open();
const check = checks(site);
/** What its words and its file can break is looked at in each language. */
const inEach = checks(site, editions);
const without = { javaScriptEnabled: false, viewport: phone };

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./picker.mjs").Picker} Picker */

/** @param {Picker} picker Each answer alone, and many that are mixed. */
function* toTry(picker, mixed = 120) {
  for (const { id, options } of picker.facets) for (const option of options) yield { [id]: [option.id] };
  for (const random = seeded(7); mixed--; ) yield anyAnswers(picker, random);
}

test("what is tried leaves few ideas and many, and seldom the same", () => {
  for (const picker of own) {
    const left = [...toTry(picker)].map((answers) => fitting(picker, answers).join());
    const always = picker.ideas.filter(({ always }) => always).length;
    assert.ok(new Set(left).size > 60);
    assert.ok(left.filter((ids) => ids.split(",").length > always).length > 60);
    assert.ok(picker.ideas.every(({ always, id }) => always || left.some((ids) => !ids.split(",").includes(id))), "each is hidden once");
  }
});

// ------------------------------------------------------------------------------------- without a script

inEach("without a script all ideas are there in their groups, with their words", without, async (page, picker) => {
  assert.deepEqual(await shown(page), expected(picker, {}));
  for (const { id, name, how, not_for, safety } of picker.ideas) {
    const text = letters((await page.locator(`[id="idea-${id}"]`).textContent()) ?? "");
    for (const words of [name, how, not_for, safety].map((it) => said(it, picker.language) ?? "")) assert.ok(text.includes(letters(words)), `${id}: ${words}`);
  }
});

check("without a script each answer that is pressed leaves what fits it, and the reset brings all back", without, async (page, picker) => {
  for (const { id, options, isSeveral } of picker.facets) {
    for (const option of options) {
      const control = page.locator(`.picker form [name="${id}"][value="${option.id}"]`);
      await control.check();
      assert.deepEqual(await shown(page), expected(picker, { [id]: [option.id] }), `${id} ${option.id}`);
      if (isSeveral) await control.uncheck();
    }
    await page.locator(".picker form [type=reset]").click();
    assert.deepEqual(await shown(page), expected(picker, {}));
  }
});

inEach("without a script answers to several questions hold together", without, async (page, picker) => {
  const tried = [...toTry(picker)];
  const found = await answerEach(page, tried);
  tried.forEach((answers, at) => assert.deepEqual(found[at].groups, expected(picker, answers), JSON.stringify(answers)));
});

check("without a script nothing is shown that needs one", without, async (page) => {
  const buttons = page.locator(".picker :is(button, [role=button])").filter({ visible: true });
  assert.deepEqual(await buttons.evaluateAll((all) => all.map((it) => it.getAttribute("type"))), ["reset"]);
  assert.equal(await page.locator(".picker :is([data-do], [data-script], .plan, .together)").filter({ visible: true }).count(), 0);
  for (const status of await page.locator(".picker [role=status]").all()) assert.equal(await status.textContent(), "");
});

inEach("the lists that have a page of their own show what fits, and lead to the picker", without, async (page, picker) => {
  for (const { id, title, with: answers } of picker.lists) {
    await page.goto(`${site.base}${picker.path}${id}/`);
    const given = Object.fromEntries(Object.entries(answers).map(([facet, given]) => [facet, [given].flat().map(String)]));
    const links = page.locator(".idea a").filter({ visible: true });
    const addresses = await links.evaluateAll((all) => all.map((it) => /** @type {HTMLAnchorElement} */ (it).href));
    assert.deepEqual(addresses, expected(picker, given).flat().map((idea) => `${site.base}${picker.path}#idea-${idea}`), id);
    assert.equal(letters((await page.locator("h1").textContent()) ?? ""), letters(said(title, picker.language)));
  }
});

check("on paper the list holds the names of all ideas, or of those that fit", without, async (page, picker) => {
  const on = async () => {
    const { text } = await printed(page);
    return picker.ideas.filter(({ name, how }) => text.includes(letters(said(name) + said(how)))).map(({ id }) => id);
  };
  const [first] = picker.facets;
  assert.deepEqual(await on(), picker.ideas.map(({ id }) => id));
  await answer(page, { [first.id]: [first.options[0].id] });
  assert.deepEqual(await on(), fitting(picker, { [first.id]: [first.options[0].id] }));
});

// ---------------------------------------------------------------------------------------- with a script

/** @param {Page} page Which questions are shown, by their places. */
const asked = (page) =>
  page.locator(".picker form fieldset").evaluateAll((all) => all.flatMap((it, at) => (it.checkVisibility() ? [at] : [])));

/** @param {Page} page The answers that are given. */
const given = (page) =>
  page.locator(".picker form :checked").evaluateAll((all) => all.map((it) => it.id).filter((id) => id));

/** @param {Page} page @param {string} selector */
const hasFocus = (page, selector) => page.evaluate((selector) => !!document.activeElement?.matches(selector), selector);

check("one question is asked at a time, forwards and back, and each can be skipped", { viewport: phone }, async (page, picker) => {
  const last = picker.facets.length - 1;
  const back = page.locator('.picker [data-do="back"]');
  assert.deepEqual(await asked(page), [0]);
  assert.ok(await back.isDisabled());
  const wanted = [];
  for (const [at, { id, options }] of picker.facets.entries()) {
    assert.deepEqual(await asked(page), [at]);
    const steps = (await page.locator(".picker .step").textContent()) ?? "";
    assert.deepEqual(steps.match(/\d+/g)?.map(Number), [at + 1, last + 1]);
    // Every second one is answered, the others are skipped.
    if (at % 2 == 0) {
      await page.locator(`.picker [name="${id}"][value="${options[0].id}"]`).check();
      wanted.push(`q-${id}-${options[0].id}`);
    }
    await press(page, "next");
    if (at < last) assert.ok(await hasFocus(page, "fieldset:not([hidden]) input"), "the next question has the focus");
  }
  assert.ok(await hasFocus(page, ".found h2"), "after the last the ideas have it");
  assert.deepEqual(await asked(page), [last], "and the last question is still there");
  assert.deepEqual(await given(page), wanted);
  for (let at = last; at > 0; ) {
    await press(page, "back");
    assert.deepEqual(await asked(page), [--at]);
  }
  assert.ok(await back.isDisabled());
  assert.deepEqual(await given(page), wanted, "going back takes nothing back");
});

check("“not sure” takes an answer back, and goes on", { viewport: phone }, async (page, picker) => {
  for (const [at, { id, options, isSeveral }] of picker.facets.entries()) {
    for (const option of isSeveral ? options : options.slice(0, 1)) await page.locator(`[name="${id}"][value="${option.id}"]`).check();
    assert.notDeepEqual(await given(page), []);
    await press(page, "unsure");
    assert.deepEqual(await given(page), []);
    assert.deepEqual(await asked(page), [Math.min(at + 1, picker.facets.length - 1)]);
  }
  assert.deepEqual(await shown(page), expected(picker, {}));
});

check("all questions can be asked at once, and one at a time again", { viewport: phone }, async (page, picker) => {
  await press(page, "next");
  await press(page, "way");
  assert.deepEqual(await asked(page), picker.facets.map((_, at) => at));
  assert.equal(await page.locator('.picker :is(.step, [data-do="next"], [data-do="back"])').filter({ visible: true }).count(), 0);
  await press(page, "way");
  assert.deepEqual(await asked(page), [1]);
});

check("how many ideas fit is said after every answer, and is what is shown", { viewport: phone }, async (page, picker) => {
  const tried = [...toTry(picker)];
  const found = await answerEach(page, tried);
  tried.forEach((answers, at) => {
    const { groups, count, emptyGroups } = found[at];
    const about = JSON.stringify(answers);
    assert.deepEqual(groups, expected(picker, answers), about);
    assert.deepEqual(count.match(/\d+/g), [String(groups.flat().length)], about);
    assert.equal(emptyGroups, 0, `no group is shown without ideas: ${about}`);
  });
  assert.equal(await page.locator(".picker .count").getAttribute("role"), "status");
  assert.ok(await page.locator(".picker .count").isVisible());
});

check("“start again” takes all answers back and asks the first question", { viewport: phone }, async (page, picker) => {
  await answer(page, Object.fromEntries(picker.facets.map(({ id, options }) => [id, [options[0].id]])));
  await press(page, "next");
  await page.locator(".picker form [type=reset]").click();
  await page.locator(".picker form fieldset").first().waitFor();
  assert.deepEqual([await asked(page), await given(page)], [[0], []]);
  assert.deepEqual(await shown(page), expected(picker, {}));
  assert.equal((await page.locator(".picker .count").textContent())?.match(/\d+/)?.[0], String(picker.ideas.length));
});

check("a surprise is an idea that is shown, has the focus, is in sight, and is another each time", { viewport: phone }, async (page, picker) => {
  const always = picker.ideas.filter(({ always }) => always).map(({ id }) => id);
  let before = "";
  for (const random = seeded(3), seen = new Set(); seen.size < 12; ) {
    const answers = seen.size % 3 ? anyAnswers(picker, random) : {};
    await answer(page, answers);
    await press(page, "surprise");
    const focus = await page.evaluate(() => document.activeElement?.id.replace("idea-", "") ?? "");
    const left = fitting(picker, answers);
    const others = left.filter((id) => !always.includes(id) && id != before);
    assert.ok((others.length ? others : left).includes(focus), `${focus} of ${others}`);
    assert.deepEqual(await page.locator(".picked").evaluateAll((all) => all.map((it) => it.id)), [`idea-${focus}`]);
    // What comes near takes its size in the next frames, and then it is brought into sight once more.
    await page.waitForFunction((id) => {
      const { top } = document.getElementById(id)?.getBoundingClientRect() ?? { top: -1 };
      return top >= 0 && top < innerHeight;
    }, `idea-${focus}`);
    seen.add((before = focus));
  }
});

check("what to do when none fits can be opened", { viewport: phone }, async (page) => {
  const words = page.locator(".picker details.none > :not(summary)");
  assert.ok(!(await words.isVisible()));
  // A press is lost where the page moves under it, which a busy machine can make it do while it is being laid out. A
  // person presses again.
  for (let time = 0; time < 3 && !(await words.isVisible()); time++) {
    await page.locator(".picker details.none summary").click();
    await words.waitFor({ timeout: 3000 }).catch(() => {});
  }
  assert.ok(await words.isVisible());
});
