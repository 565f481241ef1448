// The plan that a picker makes: what goes where, how it leaves the page, and that it is kept only while
// that is asked for.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { letters, printed } from "./paper.mjs";
import { answer, checks, own, phone, press } from "./picker.mjs";
import { said, seeded } from "./picker-file.mjs";
import { open, pages, text, visit } from "./site.mjs";

const site = open();
const planned = own.filter(({ plan }) => plan);
const check = checks(site, planned);

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./picker.mjs").Picker} Picker */

/** What is in the plan, by its parts. @param {Page} page */
const inPlan = (page) => page.evaluate(() => [...document.querySelectorAll(".plan [data-moment]")].map((moment) =>
  [...moment.querySelectorAll("li")].map((entry) => entry.querySelector("b")?.textContent?.replace(/\.$/, "") ?? "")));

/** @param {Page} page @param {{ id: string }} idea */
const add = (page, { id }) => page.locator(`#idea-${id} [data-do="add"]`).click();

/** @param {Page} page @param {string} name @param {string} what Presses a button of an entry. */
const pressOf = (page, name, what) =>
  page.locator(".plan li li").filter({ has: page.locator("b", { hasText: name }) }).locator(`[data-do="${what}"]`).click();

/** The parts in which an idea can stand, in the order of the file. @param {Picker} picker @param {any} idea */
const partsOf = ({ plan, moments }, idea) => (idea.always ? moments : [idea[plan?.id ?? ""]].flat());

/** Some ideas that can stand in the first part of a plan, and some that cannot. @param {Picker} picker */
function some(picker) {
  const early = picker.ideas.filter((idea) => partsOf(picker, idea).includes(picker.moments[0]));
  const late = picker.ideas.filter((idea) => !early.includes(idea));
  return [...early.slice(2, 5), ...late.slice(0, 3)];
}

/** @param {Page} page */
const kept = (page) => page.evaluate(async () => [
  document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), (await indexedDB.databases()).length, (await caches.keys()).length,
].join("|"));
const nothing = "|{}|{}|0|0";

check("an idea goes to the part that was asked for where it can, and to its own otherwise", { viewport: phone }, async (page, picker) => {
  const { moments, plan } = picker;
  const wanted = /** @type {string[][]} */ (moments.map(() => []));
  assert.deepEqual(await inPlan(page), wanted);
  for (const [at, asked] of [...moments, ""].entries()) {
    // Each time other ideas: some that can stand there, and without an answer some from everywhere.
    const left = picker.ideas.filter((idea) => !wanted.flat().includes(said(idea.name)));
    const can = left.filter((idea) => !asked || partsOf(picker, idea).includes(asked));
    const option = plan?.options.find(({ fits }) => fits.includes(asked));
    await answer(page, plan && option ? { [plan.id]: [option.id] } : {});
    for (const idea of can.slice(at, at + 3)) {
      await add(page, idea);
      wanted[moments.indexOf(asked || partsOf(picker, idea)[0])].push(said(idea.name));
      assert.equal(await page.evaluate(() => document.activeElement?.id), `idea-${idea.id}`, "the focus stays with the idea");
      assert.ok(!(await page.locator(`#idea-${idea.id} [data-do="add"]`).isVisible()), "it can be added once");
    }
    assert.deepEqual(await inPlan(page), wanted, asked);
  }
});

check("entries go earlier and later over all parts, and the focus goes with them", { viewport: phone }, async (page, picker) => {
  for (const idea of some(picker)) await add(page, idea);
  const model = await inPlan(page);
  const random = seeded(11);
  for (let time = 0; time < 40; time++) {
    const name = said(some(picker)[Math.floor(random() * 6)].name);
    // Runs in one direction, so that both ends are come to.
    const by = time % 16 < 8 ? -1 : 1;
    const at = model.findIndex((part) => part.includes(name));
    const place = model[at].indexOf(name);
    const to = place + by;
    if (to >= 0 && to < model[at].length) model[at].splice(to, 0, ...model[at].splice(place, 1));
    else if (model[at + by]) (by < 0 ? Array.prototype.push : Array.prototype.unshift).apply(model[at + by], model[at].splice(place, 1));
    const what = by < 0 ? "earlier" : "later";
    await pressOf(page, name, what);
    assert.deepEqual(await inPlan(page), model, `${what} ${name}`);
    const focus = await page.evaluate(() => {
      const it = /** @type {HTMLElement | null} */ (document.activeElement);
      return [it?.dataset.do, it?.closest("li")?.querySelector("b")?.textContent?.replace(/\.$/, "")];
    });
    assert.deepEqual(focus, [what, name]);
  }
});

check("what is taken out is gone, and can be added again", { viewport: phone }, async (page, picker) => {
  const [first, second] = some(picker);
  for (const idea of [first, second]) await add(page, idea);
  await pressOf(page, said(first.name), "remove");
  assert.deepEqual((await inPlan(page)).flat(), [said(second.name)]);
  assert.ok(await page.evaluate(() => document.activeElement?.matches(".plan h2")));
  await add(page, first);
  assert.deepEqual((await inPlan(page)).flat().sort(), [said(first.name), said(second.name)].sort());
});

check("the text that is copied and the file that is saved hold the plan in its order", { viewport: phone, permissions: ["clipboard-read", "clipboard-write"] }, async (page, picker) => {
  for (const idea of some(picker)) await add(page, idea);
  await press(page, "copy");
  await page.locator(".picker .said:not(:empty)").waitFor({ state: "attached" });
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "save")]);
  assert.equal(download.suggestedFilename(), "plan.txt");
  assert.equal(await readFile(await download.path(), "utf8"), copied);
  const parts = (await inPlan(page)).map((names, at) => names.length ? [said(picker.plan?.values[picker.moments[at]]), ...names] : []);
  assert.deepEqual(letters(copied), letters(parts.flat().join("")));
});

check("on paper the plan stands alone on one sheet", { viewport: phone }, async (page, picker) => {
  for (const idea of some(picker)) await add(page, idea);
  // As long as the browser prints, the page waits. Here it waits for ever.
  await page.evaluate(() => void (globalThis.print = () => { throw new Error("still printing"); }));
  await press(page, "print");
  const { sheets, text } = await printed(page);
  assert.equal(sheets, 1);
  for (const { name } of some(picker)) assert.ok(text.includes(letters(said(name))), said(name));
  const others = picker.ideas.filter((idea) => !some(picker).includes(idea) && text.includes(letters(said(idea.name) + said(idea.how))));
  assert.deepEqual(others, []);
  assert.ok(!text.includes(letters((await page.title()).split(/[·|–-]/)[0])), "nor the title of the page");
});

check("after printing the page is as it was", { viewport: phone }, async (page, picker) => {
  await add(page, some(picker)[0]);
  const before = await page.locator(".picker").evaluate((it) => it.className);
  await page.evaluate(() => void (globalThis.print = () => void (document.body.dataset.printed = document.querySelector(".picker")?.className)));
  await press(page, "print");
  assert.notEqual(await page.locator("body").getAttribute("data-printed"), before);
  assert.equal(await page.locator(".picker").evaluate((it) => it.className), before);
});

// A calendar shows a time without a zone as it is, so the day must be tomorrow where the reader is.
for (const [timezoneId, now, tomorrow] of [
  ["Pacific/Kiritimati", "2026-03-01T09:30:00Z", "20260302"], // 23:30 on 1 March
  ["Pacific/Kiritimati", "2026-03-01T10:30:00Z", "20260303"], // 00:30 on 2 March
  ["Pacific/Pago_Pago", "2026-01-01T05:00:00Z", "20260101"], // 18:00 on 31 December
  ["Europe/Berlin", "2026-03-28T22:30:00Z", "20260329"], // the night before a day of 23 hours
  ["Europe/Berlin", "2026-10-24T22:30:00Z", "20261026"], // the first hour of a day of 25
]) {
  check(`the reminder is for tomorrow at ${now} in ${timezoneId}, and names nothing`, { viewport: phone, timezoneId }, async (page, picker) => {
    await page.clock.setFixedTime(now);
    await add(page, some(picker)[0]);
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, "remind")]);
    const file = await readFile(await download.path(), "utf8");
    assert.match(download.suggestedFilename(), /^reminder\.ics$/);
    assert.ok(file.endsWith("\r\n") && !/[^\r]\n|\r[^\n]/.test(file), "lines end with CR and LF");
    const lines = file.trimEnd().split("\r\n").map((line) => /^([A-Z]+):(.*)$/.exec(line)?.slice(1) ?? ["", line]);
    for (const [name, value] of lines) assert.ok(name && value && name.length + value.length < 75, `${name}:${value}`);
    const open = /** @type {string[]} */ ([]);
    for (const [name, value] of lines) {
      if (name == "BEGIN") open.push(value);
      if (name == "END") assert.equal(open.pop(), value);
    }
    assert.deepEqual(open, []);
    const of = Object.fromEntries(lines);
    assert.deepEqual([lines[0].join(":"), of.VERSION], ["BEGIN:VCALENDAR", "2.0"]);
    for (const needed of ["PRODID", "UID", "DTSTAMP"]) assert.ok(of[needed], needed);
    assert.equal(of.DTSTAMP, now.replace(/[-:]/g, ""));
    assert.match(of.DTSTART, new RegExp(`^${tomorrow}T\\d{6}$`));
    const title = await page.locator('[data-do="remind"]').getAttribute("data-title");
    assert.deepEqual([of.SUMMARY, of.DESCRIPTION], [title, title]);
    const telling = [await page.title(), await page.locator("h1").innerText(), new URL(site.base).host, ...picker.ideas.map(({ name }) => said(name))];
    for (const words of telling) assert.ok(!letters(file).toLowerCase().includes(letters(words).toLowerCase()), words);
  });
}

check("a plan is kept while that is ticked, and is there again then", { viewport: phone }, async (page, picker) => {
  const [first, second, ...others] = some(picker);
  const keep = page.locator(".plan .keep");
  await add(page, first);
  await pressOf(page, said(first.name), "later");
  assert.equal(await kept(page), nothing, "nothing is kept unasked");
  await keep.check();
  assert.equal(await page.evaluate(() => localStorage.length), 1);
  await add(page, second);
  const before = await inPlan(page);
  await page.reload();
  assert.deepEqual(await inPlan(page), before);
  assert.ok(await keep.isChecked());
  await pressOf(page, said(second.name), "remove");
  await page.reload();
  assert.deepEqual((await inPlan(page)).flat(), [said(first.name)]);

  await keep.uncheck();
  assert.equal(await kept(page), nothing, "unticking removes it");
  await page.reload();
  assert.deepEqual([(await inPlan(page)).flat(), await keep.isChecked()], [[], false]);

  await add(page, others[0]);
  await keep.check();
  await page.locator('.plan [data-do="erase"]').click();
  assert.deepEqual([await kept(page), (await inPlan(page)).flat(), await keep.isChecked()], [nothing, [], false], "erasing removes it");
  assert.notEqual(await page.evaluate(() => document.activeElement?.localName), "body");
});

check("leaving quickly removes a plan that is kept", { viewport: phone }, async (page, picker) => {
  await page.route((url) => !url.href.startsWith(site.base), (route) => route.fulfill({ body: "Neutral", contentType: "text/plain" }));
  await add(page, some(picker)[0]);
  await page.locator(".plan .keep").check();
  await page.locator(".leave").click();
  await page.waitForURL((url) => !url.href.startsWith(site.base));
  await page.goto(site.base + picker.path);
  assert.deepEqual([await kept(page), (await inPlan(page)).flat()], [nothing, []]);
});

check("a page on which something else is kept works all the same", { viewport: phone }, async (page, picker) => {
  page.on("pageerror", (error) => assert.fail(error));
  for (const found of ["{", "7", '{"0":["x"]}', '[["idea-x", "page-after", 7], 5, null]', "null"]) {
    await page.evaluate((found) => localStorage.setItem(`plan:${location.pathname}`, found), found);
    await page.reload();
    assert.equal((await page.locator(".picker .count").textContent())?.match(/\d+/)?.[0], String(picker.ideas.length), found);
    await add(page, some(picker)[0]);
    assert.deepEqual((await inPlan(page)).flat(), [said(some(picker)[0].name)], found);
    await page.locator('.plan [data-do="erase"]').click();
    assert.equal(await kept(page), nothing, found);
  }
});

test("a plan that is kept on a page is kept for no other page", async () => {
  const [picker] = planned;
  await visit(site, picker.path, { viewport: phone }, async (page) => {
    await add(page, some(picker)[0]);
    await page.locator(".plan .keep").check();
    for (const other of pages.filter((page) => page != picker.path && /\bkind-picker\b/.test(text(page)))) {
      await page.goto(site.base + other);
      assert.deepEqual((await inPlan(page)).flat(), []);
    }
  });
});
