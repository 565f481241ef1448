// The card of a source, and what is there without it: by mouse, touch and keyboard, without a
// script, and on paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import { citing, open, pages, text, tour, visit } from "./site.mjs";

const site = open();

/** An article that cites often enough, so that there are marks to go on to. */
const article = citing.find((page) => text(page).includes("kind-article") && text(page).split('class="cite"').length > 4);

const wide = { viewport: { width: 1280, height: 800 } };
/** Too narrow for a margin. */
const middle = { viewport: { width: 800, height: 800 } };
const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };

/** @typedef {import("playwright-core").Page} Page */

/** @param {Page} page */
const parts = (page) => ({
  card: page.locator(".cite-card"),
  mark: page.locator(".text .cite").nth(1),
  other: page.locator(".text .cite").nth(2),
});

/** @param {string} name @param {import("playwright-core").BrowserContextOptions} options @param {(page: Page) => Promise<void>} look */
function check(name, options, look) {
  test(name, async () => {
    assert.ok(article, "an article of the site cites at least four times");
    await visit(site, article, options, look);
  });
}

/** @param {Page} page What has the focus: `mark`, `card` or something else. */
const focus = (page) =>
  page.evaluate(() => {
    const it = document.activeElement;
    return it?.closest(".cite-card") ? "card" : it?.matches(".cite") ? `mark ${it.id}` : (it?.tagName ?? "");
  });

/** @param {Page} page The mark that a card belongs to after a press. */
async function pressed(page) {
  const { card, mark } = parts(page);
  await mark.click();
  await card.waitFor();
  return `mark ${await mark.getAttribute("id")}`;
}

/** @param {Page} page Stops the page's clock, so that a slow machine does not change what is seen. */
async function still(page) {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
}

test("every mark and every way back has a name and leads somewhere, without a script", async () => {
  assert.ok(citing.length > 0, "the site cites");
  const context = await site.browser.newContext({ ...wide, javaScriptEnabled: false });
  const found = await tour(context, citing, async (page, path, say) => {
    await page.goto(site.base + path);
    for (const what of await page.evaluate(() => {
      const links = [...document.querySelectorAll("a.cite, .refs .back a")];
      const nameless = links.filter((link) => !/\p{L}/u.test(link.getAttribute("aria-label") ?? link.textContent ?? ""));
      const lost = links.filter((link) => !document.getElementById(link.getAttribute("href")?.slice(1) ?? ""));
      const unlisted = [...document.querySelectorAll("a.cite")].filter(
        (link) => !document.querySelector(`.refs li[id="${link.getAttribute("href")?.slice(1)}"]`),
      );
      const told = Object.entries({ "has no name": nameless, "leads nowhere": lost, "leads to nothing that is listed": unlisted });
      return told.flatMap(([what, links]) => links.map((link) => `${what}: ${link.outerHTML}`));
    })) say(what);
  });
  await context.close();
  assert.deepEqual(found, []);
});

check("without a script a mark leads to its entry", { ...wide, javaScriptEnabled: false }, async (page) => {
  const { card, mark } = parts(page);
  const href = await mark.getAttribute("href");
  await mark.click();
  assert.equal(new URL(page.url()).hash, href);
  const entry = page.locator(`.refs li[id="${href?.slice(1)}"]`);
  const box = await entry.boundingBox();
  assert.ok(box && box.y >= 0 && box.y < 800, "the entry is in sight");
  assert.equal(await card.count(), 0);
});

check("a press opens a card that says who, what and how strong", wide, async (page) => {
  const { card, mark } = parts(page);
  await pressed(page);
  const href = (await mark.getAttribute("href")) ?? "";
  const entry = page.locator(`.refs li[id="${href.slice(1)}"]`);
  const name = await entry.getAttribute("data-name");
  await page.getByRole("dialog", { name: name ?? "", exact: true }).waitFor();
  const told = await card.innerText();
  const strength = (await entry.locator(".grade b").textContent()) ?? "";
  assert.ok(strength && told.includes(strength), told);
  assert.equal(await card.locator(".ways a").getAttribute("href"), href);
  assert.equal(await focus(page), "card");
});

check("what a source tells is asked for with the first card, once, and shown", wide, async (page) => {
  const { card, mark, other } = parts(page);
  const asked = /** @type {string[]} */ ([]);
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const told = async (/** @type {typeof mark} */ of) => {
    await of.click();
    await card.waitFor();
    const id = (await of.getAttribute("href"))?.slice(1) ?? "";
    await page.waitForFunction(() => globalThis.afterwordCards);
    const { lang, ...said } = await page.evaluate((id) => globalThis.afterwordCards[id] ?? {}, id);
    assert.deepEqual((await card.locator("dd").allTextContents()).sort(), Object.values(said).sort());
    assert.equal(await card.locator("dt").count(), Object.values(said).length);
    await page.keyboard.press("Escape");
    return Object.values(said).length;
  };
  assert.ok((await told(mark)) + (await told(other)) > 0);
  assert.equal(asked.filter((path) => path.endsWith("/sources.js")).length, 1);
});

check("a card shows what the list tells when nothing else can be had", wide, async (page) => {
  await page.route("**/sources.js", (route) => route.abort());
  const failed = page.waitForEvent("requestfailed");
  await pressed(page);
  await failed;
  const { card } = parts(page);
  assert.ok((await card.locator(".grade").count()) > 0);
  assert.equal(await card.locator("dt, dd").count(), 0);
});

const explaining = pages.find((page) => text(page).includes('class="term"'));

for (const javaScriptEnabled of [true, false]) {
  test(`a word of the glossary ${javaScriptEnabled ? "opens its meaning, by a press, a mouse that rests, and the keyboard" : "leads to its meaning without a script"}`, async () => {
    assert.ok(explaining, "a page of the site uses a word of the glossary");
    await visit(site, explaining, { ...middle, javaScriptEnabled }, async (page) => {
      const { card } = parts(page);
      const word = page.locator("a.term").first();
      const href = (await word.getAttribute("href")) ?? "";
      const entry = page.locator(`[id="${href.slice(1)}"]`);
      if (!javaScriptEnabled) {
        await word.click();
        assert.equal(new URL(page.url()).hash, href);
        assert.ok(await entry.locator("dd").isVisible());
        return;
      }
      const name = (await entry.locator("dt").innerText()).trim();
      const meaning = (await entry.locator("dd").innerText()).split("(")[0].trim();
      for (const open of [() => word.click(), () => word.hover(), () => word.press("Enter")]) {
        await open();
        await page.getByRole("dialog", { name, exact: true }).waitFor();
        const told = await card.innerText();
        assert.ok(meaning && told.includes(meaning), told);
        assert.equal(await card.locator(".ways a").getAttribute("href"), href);
        await page.keyboard.press("Escape");
        await card.waitFor({ state: "hidden" });
        await page.mouse.move(2, 790);
      }
    });
  });
}

check("a card does not move the page", middle, async (page) => {
  const { card, mark } = parts(page);
  await mark.scrollIntoViewIfNeeded();
  const places = () =>
    page.evaluate(() => [document.body.scrollHeight, scrollY, ...[...document.querySelectorAll(".text *")].map((part) => part.getBoundingClientRect().top)]);
  const before = await places();
  await pressed(page);
  assert.deepEqual(await places(), before);
  await page.keyboard.press("Escape");
  await card.waitFor({ state: "hidden" });
  assert.deepEqual(await places(), before);
});

check("a card is closed by its button, and the focus is back at the mark", wide, async (page) => {
  const { card } = parts(page);
  const mark = await pressed(page);
  const button = card.getByRole("button");
  const box = await button.boundingBox();
  assert.ok(box && box.height >= 44 && box.width >= 44, "a finger can meet it");
  await button.click();
  await card.waitFor({ state: "hidden" });
  assert.equal(await focus(page), mark);
});

check("a press elsewhere closes a card", middle, async (page) => {
  const { card } = parts(page);
  await pressed(page);
  await page.mouse.click(5, 400);
  await card.waitFor({ state: "hidden" });
});

check("a second click follows the mark", middle, async (page) => {
  const { card, mark } = parts(page);
  await pressed(page);
  await mark.click();
  await card.waitFor({ state: "hidden" });
  assert.equal(new URL(page.url()).hash, await mark.getAttribute("href"));
});

check("the link in a card leads to the entry", wide, async (page) => {
  const { card, mark } = parts(page);
  await pressed(page);
  await card.locator(".ways a").click();
  await card.waitFor({ state: "hidden" });
  assert.equal(new URL(page.url()).hash, await mark.getAttribute("href"));
});

check("the keyboard opens a card, walks through it, and comes back", wide, async (page) => {
  const { card, mark } = parts(page);
  const own = `mark ${await mark.getAttribute("id")}`;
  for (const leave of ["Escape", "Tab", "Shift+Tab"]) {
    await mark.focus();
    await page.keyboard.press("Enter");
    await card.waitFor();
    assert.equal(await focus(page), "card");
    if (leave != "Escape") {
      const stops = (await card.locator("a, button").count()) + 1;
      for (let stop = 0; stop < stops && (await focus(page)) == "card"; stop++) {
        await page.keyboard.press("Tab");
        // Back over the first stop, not over the card, which has no place among them.
        if (leave == "Shift+Tab" && stop == 0) await page.keyboard.press("Shift+Tab");
      }
    } else {
      await page.keyboard.press(leave);
    }
    await card.waitFor({ state: "hidden" });
    assert.equal(await focus(page), own, leave);
  }
});

check("Enter on a mark whose card is open follows it", wide, async (page) => {
  const { card, mark } = parts(page);
  await pressed(page);
  await mark.focus();
  await page.keyboard.press("Enter");
  await card.waitFor({ state: "hidden" });
  assert.equal(new URL(page.url()).hash, await mark.getAttribute("href"));
});

check("a mouse that rests on a mark opens its card, which stays while the mouse is on either", middle, async (page) => {
  const { card, mark } = parts(page);
  await mark.scrollIntoViewIfNeeded();
  await still(page);
  await mark.hover();
  assert.ok(!(await card.isVisible()), "passing by opens nothing");
  await page.clock.runFor(400);
  assert.ok(await card.isVisible());
  assert.notEqual(await focus(page), "card");
  await page.clock.runFor(10_000);
  assert.ok(await card.isVisible(), "it stays while the mouse is on the mark");
  // On its way the mouse passes over what lies between, step by step.
  const box = await card.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 40, { steps: 12 });
  await page.clock.runFor(10_000);
  assert.ok(await card.isVisible(), "it stays while the mouse is on the card");
  await page.mouse.move(5, 790);
  await page.clock.runFor(400);
  assert.ok(!(await card.isVisible()), "it goes when the mouse has gone");
});

check("Escape closes a card that a mouse has opened, without moving the mouse", middle, async (page) => {
  const { card, mark } = parts(page);
  await mark.scrollIntoViewIfNeeded();
  await still(page);
  await mark.hover();
  await page.clock.runFor(400);
  assert.ok(await card.isVisible());
  await page.keyboard.press("Escape");
  assert.ok(!(await card.isVisible()));
  await page.clock.runFor(10_000);
  assert.ok(!(await card.isVisible()), "it stays closed");
});

check("where there is a margin the card stands in it, and covers no text", wide, async (page) => {
  const { card } = parts(page);
  await pressed(page);
  const [box, column] = [await card.boundingBox(), await page.locator(".text").boundingBox()];
  assert.ok(box && column && box.x >= column.x + column.width, "beside the text");
  assert.ok(box.x + box.width <= 1280 && box.y + box.height <= 800, "on the screen");
});

check("a tap opens a card that fits a small screen, and another tap beside it closes it", phone, async (page) => {
  const { card, other } = parts(page);
  await other.tap();
  await card.waitFor();
  const box = await card.boundingBox();
  assert.ok(box && box.x >= 0 && box.x + box.width <= 320, "as wide as the screen at most");
  assert.ok(box.y >= 0 && box.y + box.height <= 640, "as high as the screen at most");
  const strip = await page.locator(".strip").boundingBox();
  assert.ok(!strip || box.y >= strip.y + strip.height, "the way out is not covered");
  const close = await card.getByRole("button").boundingBox();
  assert.ok(close && close.y + close.height <= box.y + box.height + 1, "the way to close it is in sight");
  await page.touchscreen.tap(310, box.y > 320 ? box.y - 20 : box.y + box.height + 20);
  await card.waitFor({ state: "hidden" });
});

check("a card that holds more than it shows says so until its end is read", phone, async (page) => {
  const { card, other } = parts(page);
  await other.tap();
  await card.waitFor();
  const sign = () => card.evaluate((it) => [it.scrollHeight - it.scrollTop - it.clientHeight > 8, it.classList.contains("more")]);
  assert.deepEqual(await sign(), [true, true]);
  await card.evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await page.locator(".cite-card:not(.more)").waitFor();
  assert.deepEqual(await sign(), [false, false]);
});

check("a card never slides over the way out of the page", phone, async (page) => {
  const { card, other } = parts(page);
  await other.tap();
  await card.waitFor();
  await page.evaluate(() => scrollBy(0, innerHeight * 2));
  await card.waitFor({ state: "hidden" });
});

check("on paper there are full entries, and no cards", wide, async (page) => {
  const { card } = parts(page);
  await pressed(page);
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await card.isVisible()));
  const shown = await page.evaluate(() => {
    const seen = (/** @type {Element} */ part) => part.checkVisibility({ contentVisibilityAuto: true });
    const parts = (/** @type {string} */ what) => [...document.querySelectorAll(`.refs ${what}`)];
    return {
      entries: parts("li > p:first-child").every(seen) && parts("li").length > 0,
      grades: parts("li > .grade").every(seen),
    };
  });
  assert.deepEqual(shown, { entries: true, grades: true });
  const pdf = await page.pdf();
  assert.ok(pdf.length > 1000);
});
