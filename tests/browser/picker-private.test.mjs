// What a picker tells to nobody: through everything that can be done with it, nothing is asked of any
// host once the page is there, nothing is kept, and nothing of it stands in the address or the history.

import assert from "node:assert/strict";
import { answer, checks, own, phone, press, shown } from "./picker.mjs";

import { open, visit } from "./site.mjs";

const site = open();
const check = checks(site);
const permissions = ["clipboard-read", "clipboard-write"];

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./picker.mjs").Picker} Picker */

/** Notes in the page itself whatever tries to keep something, also what is taken back at once. */
function watch() {
  const kept = /** @type {any} */ (globalThis).kept = /** @type {string[]} */ ([]);
  const note = (/** @type {any} */ of, /** @type {string} */ name) => {
    const real = of[name];
    of[name] = function (/** @type {any[]} */ ...words) {
      kept.push(`${name} ${words}`);
      return real.apply(this, words);
    };
  };
  note(Storage.prototype, "setItem");
  note(IDBFactory.prototype, "open");
  note(CacheStorage.prototype, "open");
  note(History.prototype, "pushState");
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(document, "cookie", { get: () => cookie?.get?.call(document), set: (words) => kept.push(`cookie ${words}`) });
  globalThis.print = () => {};
}

/** @param {Page} page What shows outside of the page's own content. */
const outside = (page) => page.evaluate(() => ({ address: location.href, title: document.title, name: window.name, steps: history.length }));

/**
 * Does all that can be done with a picker. `after` is called after each step.
 *
 * @param {Page} page @param {Picker} picker @param {(step: string) => Promise<unknown>} after
 */
async function session(page, picker, after) {
  const step = async (/** @type {string} */ name, /** @type {Promise<unknown>} */ done) => (await done, await after(name));
  await step("next", press(page, "next"));
  await step("not sure", press(page, "unsure"));
  await step("back", press(page, "back"));
  await step("all at once", press(page, "way"));
  for (const { id, options } of picker.facets.slice(0, 2)) await step(`answer ${id}`, page.locator(`[name="${id}"][value="${options[0].id}"]`).check());
  await step("surprise", press(page, "surprise"));
  await step("open", page.locator(".idea summary").filter({ visible: true }).first().click());
  await step("none", page.locator("details.none summary").click());
  await step("reset", page.locator(".picker [type=reset]").click());
  if (picker.plan) {
    for (let time = 0; time < 3; time++) await step("add", press(page, "add"));
    for (const name of ["later", "earlier", "remove", "print", "copy"]) await step(name, press(page, name));
    for (const name of ["save", "remind"]) await step(name, Promise.all([page.waitForEvent("download"), press(page, name)]));
  }
  if (!picker.isTogether) return;
  const at = (/** @type {string} */ stage) => page.locator(`.picker[data-stage="${stage}"]`).waitFor();
  await step("together", press(page, "together"));
  for (const person of ["first", "second"]) {
    await step(`${person} begins`, press(page, "answer").then(() => at("answer")));
    for (const say of ["yes", "maybe", "no", "unsure"]) await step(say, page.locator(`.say [value="${say}"]`).nth(person.length).check());
    await step(`${person} is done`, press(page, "done").then(() => at("hand")));
    if (person == "first") await step("link", press(page, "link").then(() => page.locator(".link:not(:empty)").waitFor({ state: "attached" })));
  }
  await step("reveal", press(page, "reveal").then(() => at("shared")));
  await step("link back", press(page, "link").then(() => page.locator('.together [data-stage="shared"] .link:not(:empty)').waitFor()));
  if (picker.plan) await step("put into a plan", press(page, "plan").then(() => at("")));
  await step("erase", press(page, "erase"));
}

check("through everything that can be done nothing is asked for, nothing is kept and nothing shows outside", { viewport: phone, permissions }, async (page, picker) => {
  await page.addInitScript(watch);
  await page.reload({ waitUntil: "networkidle" });
  const asked = /** @type {string[]} */ ([]);
  // What is saved is made in the page, and asked of nobody.
  page.on("request", (request) => request.url().startsWith("blob:") || asked.push(request.url()));
  page.on("pageerror", (error) => asked.push(`faulty: ${error.message}`));
  page.on("console", (message) => asked.push(`says on the console: ${message.text()}`));
  const before = await outside(page);
  let steps = 0;
  await session(page, picker, async (step) => {
    assert.deepEqual(await outside(page), before, step);
    assert.deepEqual([step, ...asked], [step]);
    assert.deepEqual([step, ...(await page.evaluate(() => /** @type {any} */ (globalThis).kept))], [step]);
    steps++;
  });
  assert.ok(steps > 10);
  const { cookies, origins } = await page.context().storageState({ indexedDB: true });
  assert.deepEqual([...cookies, ...origins], []);
});

check("once the page is there, everything works without a network", { viewport: phone, permissions }, async (page, picker) => {
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  page.on("pageerror", (error) => assert.fail(error));
  await session(page, picker, async () => {});
  assert.deepEqual((await shown(page)).flat().length, picker.ideas.length);
});

const together = checks(site, own.filter(({ isTogether }) => isTogether));

/** @param {Page} page @param {Picker} picker A link as the first of two people makes it. */
async function link(page, picker) {
  await page.locator('[data-do="together"]').click();
  await page.locator('.together [data-stage="start"] [data-do="answer"]').click();
  await page.locator(`#idea-${picker.ideas[1].id} [value="yes"]`).check();
  await press(page, "done");
  await press(page, "link");
  return (await page.locator('.together [data-stage="hand"] .link:not(:empty)').textContent()) ?? "";
}

together("what a link holds is out of the address and the history at once", { viewport: phone }, async (page, picker) => {
  const sent = await link(page, picker);
  assert.match(new URL(sent).hash, /^#s=.{40,}$/);
  assert.equal(sent.split("#")[0], site.base + picker.path, "and nothing of it is in what a host is asked for");
  await visit(site, picker.path, { viewport: phone }, async (other) => {
    const asked = /** @type {string[]} */ ([]);
    other.on("request", (request) => asked.push(request.url() + JSON.stringify(request.headers())));
    for (const from of ["about:blank", site.base + picker.path]) {
      await other.goto(from);
      const { steps } = await outside(other);
      // In a tab that has the page already, only the part behind the # changes.
      await other.goto(sent);
      await other.locator('.picker[data-stage="sent"]').waitFor();
      assert.deepEqual(await outside(other), { address: site.base + picker.path, title: await page.title(), name: "", steps: steps + 1 });
      await other.goBack();
      await other.goForward();
      assert.ok(!other.url().includes("#"));
    }
    const secret = new URL(sent).hash.slice(3);
    assert.deepEqual(asked.filter((it) => it.includes(secret) || it.includes("#")), []);
  });
});

check("leaving quickly leaves nothing of what was done, also when the page is brought back", { viewport: phone }, async (page, picker) => {
  await page.route((url) => !url.href.startsWith(site.base), (route) => route.fulfill({ body: "Neutral", contentType: "text/plain" }));
  const [{ id, options }] = picker.facets;
  await answer(page, { [id]: [options[0].id] });
  await press(page, "surprise");
  if (picker.plan) {
    await press(page, "add");
    await page.locator(".keep").check();
  }
  await page.locator(".leave").click();
  await page.waitForURL((url) => !url.href.startsWith(site.base));
  await page.goto(site.base + picker.path);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""]);
  assert.equal((await shown(page)).flat().length, picker.ideas.length);
  assert.equal(await page.locator(".plan li li, .picked").count(), 0);
});

together("erasing leaves nothing of what was done", { viewport: phone }, async (page, picker) => {
  await page.locator('[data-do="together"]').click();
  // As a page is that nobody has answered on: the number of ideas is counted by then.
  await press(page, "erase");
  const clean = await page.locator("html").evaluate((it) => it.outerHTML);
  for (const stage of ["start", "answer", "hand", "again", "shared"]) {
    const [{ id, options }] = picker.facets;
    await answer(page, { [id]: [options[0].id] });
    await press(page, "way");
    await press(page, "surprise");
    await page.locator(".idea summary").filter({ visible: true }).first().click();
    await page.locator('[data-do="together"]').click();
    if (stage != "start") {
      await press(page, "answer");
      await page.locator(`#idea-${picker.ideas[1].id} [value="yes"]`).check();
      await answer(page, { [id]: [options[0].id] });
    }
    if (["hand", "again", "shared"].includes(stage)) {
      await press(page, "done");
      await page.locator('.together [data-stage="hand"] [type="text"]').fill("secret words");
    }
    if (["again", "shared"].includes(stage)) {
      await press(page, "answer");
      await page.locator(`#idea-${picker.ideas[1].id} [value="maybe"]`).check();
    }
    if (stage == "shared") {
      await press(page, "done");
      await press(page, "reveal");
    }
    await press(page, "erase");
    assert.equal(await page.locator("html").evaluate((it) => it.outerHTML), clean, stage);
    assert.deepEqual(await page.locator(".picker [type=text]").evaluateAll((all) => all.map((it) => /** @type {any} */ (it).value).join("")), "", stage);
    assert.equal(await page.locator(".picker form :checked[id]").count(), 0, stage);
    assert.ok(await page.evaluate(() => document.activeElement?.matches('[data-do="together"]')), "the focus is where one can begin again");
  }
});

