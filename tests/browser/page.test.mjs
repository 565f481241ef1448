// The small helps beside the text: sharing, printing, contents that follow the reader, disclosures
// that open when they are linked or printed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open, pages, text, visit } from "./site.mjs";

const site = open();

const article = pages.find((page) => text(page).includes('class="toc wide"') && text(page).includes('class="tools"'));
const questions = pages.find((page) => text(page).includes('class="questions"'));

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {string} name @param {string | undefined} path @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: Page) => Promise<unknown>} look @param {string} [unknown] A selector that the browser is made not to know, as an older one.
 */
function check(name, path, options, look, unknown) {
  test(name, async () => {
    assert.ok(path, "the site has such a page");
    await visit(site, path, options, async (page) => {
      if (unknown) {
        await page.addInitScript((what) => {
          const known = CSS.supports.bind(CSS);
          CSS.supports = (/** @type {any[]} */ ...of) => !String(of[0]).includes(what) && /** @type {any} */ (known)(...of);
        }, unknown);
        await page.reload();
      }
      await look(page);
    });
  });
}

const said = ".tools [role=status]";
/** @param {Page} page The address that is to be shared. */
const canonical = (page) => page.locator("link[rel=canonical]").getAttribute("href");

check("the link that is copied is the page's own address, and that is said", article, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  await page.locator(".toc a:visible").first().click();
  assert.notEqual(new URL(page.url()).hash, "", "somewhere inside the page");
  await page.locator(".share").click();
  await page.locator(said).filter({ hasText: "Copied." }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await canonical(page));
});

check("where nothing may be copied the address is shown and selected", article, {}, async (page) => {
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("denied"))));
  for (let time = 0; time < 2; time++) {
    await page.locator(".share").click();
    await page.locator(`${said} bdi`).waitFor();
    assert.equal(await page.evaluate(() => getSelection()?.toString()), await canonical(page));
    assert.equal(await page.locator(`${said} bdi`).count(), 1);
    assert.match(await page.locator(said).innerText(), /^Selected, ready to copy/);
  }
});

check("a page can be printed by a button", article, {}, async (page) => {
  await page.evaluate(() => (globalThis.print = () => (document.title = "printed")));
  await page.locator(".print").click();
  assert.equal(await page.title(), "printed");
});

check("the helps can be met by a finger, and are not on paper", article, {}, async (page) => {
  for (const button of await page.locator(".tools button").all()) {
    const box = await button.boundingBox();
    assert.ok(box && box.width >= 44 && box.height >= 44, JSON.stringify(box));
  }
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator(".tools").isVisible()));
});

check("without a script there is no button that does nothing", article, { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator("button:visible").count(), 0);
});

for (const older of [false, true]) {
  check(
    `the contents mark the part that is being read${older ? ", in an older browser" : ""}`,
    article,
    { viewport: { width: 1280, height: 800 } },
    async (page) => {
      const marked = () =>
        page.evaluate((by) => [...document.querySelectorAll(`.toc.wide a:is(${by})`)].map((it) => it.getAttribute("href")), older ? "[aria-current=true]" : ":target-current, [aria-current]");
      const links = await page.locator(".toc.wide a").evaluateAll((all) => all.map((it) => it.getAttribute("href") ?? ""));
      // Step by step and in jumps, down and up.
      for (const link of [links[1], links[2], links.at(-2), links[1]]) {
        await page.evaluate((id) => document.getElementById(decodeURIComponent(id.slice(1)))?.scrollIntoView(), link ?? "");
        await page.waitForFunction(
          ([by, href]) => [...document.querySelectorAll(`.toc.wide a:is(${by})`)].map((it) => it.getAttribute("href")).join() == href,
          [older ? "[aria-current=true]" : ":target-current, [aria-current]", link],
        ).catch(async () => assert.deepEqual(await marked(), [link]));
      }
      if (older) {
        await page.evaluate(() => scrollTo(0, 0));
        await page.waitForFunction(() => !document.querySelector(".toc.wide [aria-current]"));
      }
    },
    older ? ":target-current" : undefined,
  );
}

const opened = (/** @type {Page} */ page) => page.evaluate(() => [...document.querySelectorAll(".questions > details")].map((it) => /** @type {HTMLDetailsElement} */ (it).open));
const ids = (/** @type {Page} */ page) => page.locator(".questions .answer").evaluateAll((all) => all.map((it) => it.id));

for (const options of [{}, { javaScriptEnabled: false }]) {
  const how = "javaScriptEnabled" in options ? ", without a script too" : "";
  check(`a question opens when its address is opened${how}`, questions, options, async (page) => {
    const id = (await ids(page)).at(-1);
    const address = `${page.url()}#${id}`;
    // A page that is merely loaded again may be put back to where it was, whatever its address says.
    await page.goto("about:blank");
    await page.goto(address);
    const question = page.locator(".questions > details").last();
    await question.locator(".answer").waitFor();
    const top = (await question.boundingBox())?.y ?? -1;
    assert.ok(top >= 0 && top < (page.viewportSize()?.height ?? 0), `in sight: ${top}`);
    assert.deepEqual((await opened(page)).filter(Boolean).length, 1);
  });
}

check("below each answer stands the link to its question", questions, {}, async (page) => {
  const led = await page.locator(".questions .answer > :last-child > a").evaluateAll((all) => all.map((it) => it.getAttribute("href")));
  assert.ok(led.length > 1);
  assert.deepEqual(led, (await ids(page)).map((id) => `#${id}`));
});

check("a question opens in a browser that does not open what a link leads into", questions, {}, async (page) => {
  const id = (await ids(page))[1];
  await page.goto(`${page.url()}#${id}`);
  for (const event of ["hashchange", "pageshow"]) {
    // What such a browser would have left closed.
    await page.evaluate((id) => document.getElementById(id)?.closest("details")?.removeAttribute("open"), id ?? "");
    assert.deepEqual((await opened(page)).includes(true), false);
    await page.evaluate((event) => dispatchEvent(new Event(event)), event);
    assert.deepEqual((await opened(page)).indexOf(true), 1, event);
  }
});

check("a question opens when its words are linked", questions, {}, async (page) => {
  const words = await page.locator(".questions .answer p").nth(2).evaluate((it) => /\p{L}[\p{L} ]{14,40}/u.exec(it.textContent ?? "")?.[0].trim() ?? "");
  assert.ok(words);
  await page.goto(`${page.url()}#:~:text=${encodeURIComponent(words)}`);
  await page.waitForFunction(() => document.querySelector(".questions details[open]"));
});

check("an older browser opens all for paper, and closes them again", questions, {}, async (page) => {
  assert.ok(!(await opened(page)).includes(true));
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.ok(!(await opened(page)).includes(false));
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.ok(!(await opened(page)).includes(true));
}, "::details-content");
