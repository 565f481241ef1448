// Leaving quickly: by a press, by Shift three times, without a script; what is gone then, and what
// Back shows. The neutral pages are made up here, and nothing is asked of any other host.

import assert from "node:assert/strict";
import { test } from "node:test";
import { kinds, open, pages, text, visit } from "./site.mjs";

const site = open();

/** The pages that offer the way out, and the one that tells about it. */
const leaving = pages.filter((page) => text(page).includes('class="leave"'));
const safety = leaving.find((page) => text(page).includes('class="leave-keys"')) ?? "";
/** The heaviest kind, for what has to be quick and for what other scripts may do. */
const long = Object.values(kinds).toSorted((a, b) => text(b).length - text(a).length)[0] ?? "";
/** One with much to tab through, and soon there: the way out is the same on all. `run all` takes the heaviest. */
const usual = process.env.ALL ? long : kinds.article ?? long;
const away = /class="leave"[^>]*href="([^"]*)"/.exec(text(long))?.[1] ?? "";
const before = "https://neutral.example/before";
const plain = { body: "<!doctype html><title>Neutral</title><p>Neutral", contentType: "text/html" };

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {string} name @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: Page, asked: import("playwright-core").Request[]) => Promise<unknown>} look
 */
function check(name, options, look, path = usual) {
  test(name, async () => {
    assert.ok(path, "the site has such a page");
    await visit(site, undefined, options, async (page) => {
      const asked = /** @type {import("playwright-core").Request[]} */ ([]);
      await page.route((url) => !url.href.startsWith(site.base), (route, request) => {
        asked.push(request);
        return route.fulfill(plain);
      });
      await page.goto(before);
      await page.goto(site.base + path);
      await look(page, asked);
    });
  });
}

/**
 * Presses while nothing ever answers, and gives what is left of the page. Such a page answers no
 * question either, so it tells by its console, once what is left has been drawn.
 *
 * @param {Page} page
 */
async function left(page) {
  await page.route(away, () => new Promise(() => {}));
  await page.evaluate(() => {
    let /** @type {number} */ pressed, erased = 0;
    sessionStorage.setItem("a", "b");
    localStorage.setItem("a", "b");
    addEventListener("afterword:leave", () => erased++);
    addEventListener("click", () => (pressed = performance.now()), true);
    const look = () => console.log(JSON.stringify({
      title: document.title,
      text: document.body.textContent,
      seen: [...document.body.querySelectorAll("*")].filter((it) => it.getBoundingClientRect().width > 1).length,
      icons: document.querySelectorAll("link[rel~=icon]").length,
      took: performance.now() - pressed,
      kept: sessionStorage.length + localStorage.length,
      erased,
    }));
    new MutationObserver(() => requestAnimationFrame(() => setTimeout(look))).observe(document.body, { childList: true });
  });
  const [said] = await Promise.all([page.waitForEvent("console"), page.locator(".leave").click({ noWaitAfter: true })]);
  return JSON.parse(said.text());
}
/** @param {Page} page @param {number} times */
async function shift(page, times) {
  for (let time = 0; time < times; time++) await page.keyboard.press("Shift");
}
/** @param {Page} page What is said to those who do not see it, and what those see who do. */
const told = (page) =>
  page.evaluate(() => {
    const link = /** @type {HTMLElement} */ (document.querySelector(".leave"));
    const dots = /[●○]+/.exec(getComputedStyle(link, "::after").content)?.[0] ?? "";
    return [document.querySelector(".strip [role=status]")?.textContent, dots];
  });
/** @param {Page} page */
const stays = async (page) => assert.equal(new URL(page.url()).origin, new URL(site.base).origin);

test("every page but those that only send on offers the way out", () => {
  assert.deepEqual(pages.filter((page) => !leaving.includes(page)), []);
  assert.match(away, /^https:\/\/[^?#]*$/);
});

check("without a script the way out is a link", { javaScriptEnabled: false }, async (page, asked) => {
  await page.locator(".leave").click();
  await page.waitForURL(away);
  assert.equal(asked.at(-1)?.headers().referer, undefined);
});

check("a press leads away without saying from where, and Back to what was there before", {}, async (page, asked) => {
  await page.locator(".leave").click();
  await page.waitForURL(away);
  assert.equal(asked.at(-1)?.headers().referer, undefined);
  await page.goBack();
  assert.equal(page.url(), before);
});

check("Shift three times leads away, and Back to what was there before", {}, async (page) => {
  await shift(page, 3);
  await page.waitForURL(away);
  await page.goBack();
  assert.equal(page.url(), before);
});

check("Enter on the way out leads away", {}, async (page) => {
  await page.locator(".leave").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(away);
  await page.goBack();
  assert.equal(page.url(), before);
});

check("two quick presses lead away once", {}, async (page, asked) => {
  await page.locator(".leave").dblclick();
  await page.waitForURL(away);
  assert.equal(asked.filter((request) => request.url() == away).length, 1);
  await page.goBack();
  assert.equal(page.url(), before);
});

for (const [how, press] of /** @type {const} */ ([
  ["with Ctrl", { modifiers: ["Control"] }],
  ["with Shift", { modifiers: ["Shift"] }],
  ["of the middle button", { button: "middle" }],
])) {
  check(`a press ${how} leaves as well, and opens nothing beside`, {}, async (page) => {
    await page.locator(".leave").click(/** @type {any} */ (press));
    await page.waitForURL(away);
    assert.equal(page.context().pages().length, 1);
  });
}

check("the page is empty within 100 ms, with a neutral title and no icon, while nothing answers", {}, async (page) => {
  const { title, text, seen, icons, took } = await left(page);
  assert.deepEqual({ title, text, seen, icons }, { title: "Loading", text: "Loading", seen: 0, icons: 0 });
  assert.ok(took < 100, `${took} ms`);
}, long);

check("what is kept is erased, and other scripts are told to erase what they keep", {}, async (page) => {
  const { kept, erased } = await left(page);
  assert.deepEqual({ kept, erased }, { kept: 0, erased: 1 });
}, long);

check("another script that fails does not keep the reader", {}, async (page) => {
  await page.evaluate(() => addEventListener("afterword:leave", () => { throw new Error("broken"); }));
  await page.locator(".leave").click();
  await page.waitForURL(away);
}, long);

check("a page that was left leaves again when it is brought back", {}, async (page) => {
  await page.route(away, () => new Promise(() => {}));
  await page.evaluate(() => {
    const back = () => {
      document.title = "seen again";
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      console.log(document.title);
    };
    addEventListener("afterword:leave", () => setTimeout(back));
  });
  const [said] = await Promise.all([page.waitForEvent("console"), page.locator(".leave").click({ noWaitAfter: true })]);
  assert.equal(said.text(), "Loading");
}, long);

check("a page that was not left is there again after Back", {}, async (page) => {
  await shift(page, 2);
  await page.goto(before);
  await page.goBack();
  await page.locator("main h1").waitFor();
  assert.deepEqual(await told(page), ["", ""]);
  await shift(page, 1);
  assert.notEqual((await told(page))[0], "", "counted from the beginning");
  await stays(page);
});

check("Shift tells how often it is still to be pressed, and that the time is over", {}, async (page) => {
  await page.clock.install();
  // The clock stands still but where it is told to go on: a slow machine takes longer than what is left.
  await page.clock.pauseAt(Date.now() + 60_000);
  assert.deepEqual(await told(page), ["", ""]);
  await shift(page, 1);
  assert.deepEqual(await told(page), ["Shift, press 2 more times to leave", "●○○"]);
  await page.clock.runFor(4900);
  await shift(page, 1);
  assert.deepEqual(await told(page), ["Shift, press 1 more time to leave", "●●○"]);
  await page.clock.runFor(4900);
  assert.deepEqual(await told(page), ["Shift, press 1 more time to leave", "●●○"]);
  await page.clock.runFor(200);
  assert.deepEqual(await told(page), ["Leaving with Shift has expired", ""]);
  await shift(page, 2);
  assert.deepEqual(await told(page), ["Shift, press 1 more time to leave", "●●○"]);
  await stays(page);
});

const status = ".strip [role=status]";
check("what Shift says is said politely and is not seen, and moves nothing", {}, async (page) => {
  const places = () => page.evaluate(() => [...document.querySelectorAll(".strip a:not(.leave), main *")].map((it) => JSON.stringify(it.getBoundingClientRect())));
  const were = await places();
  await shift(page, 1);
  assert.deepEqual(await places(), were);
  const box = await page.locator(status).boundingBox();
  assert.ok(box && box.width <= 1 && box.height <= 1);
  assert.equal(await page.locator(status).getAttribute("role"), "status");
});

for (const [what, between] of /** @type {[string, (page: Page) => Promise<void>][]} */ ([
  ["another key", (page) => page.keyboard.press("a")],
  ["Shift with another key", (page) => page.keyboard.press("Shift+A")],
  ["Shift with Ctrl", (page) => page.keyboard.press("Control+Shift")],
  ["a pointer", (page) => page.mouse.click(3, 300)],
])) {
  check(`${what} makes Shift count from the beginning`, {}, async (page) => {
    await shift(page, 2);
    await between(page);
    assert.deepEqual((await told(page))[1], "", "forgotten");
    await shift(page, 1);
    assert.deepEqual((await told(page))[1], "●○○");
    await stays(page);
  });
}

check("Shift that is held while something else is done does not count", {}, async (page) => {
  for (let time = 0; time < 4; time++) {
    await page.keyboard.down("Shift");
    if (time % 2) await page.mouse.wheel(0, 10);
    else await page.keyboard.press("ArrowDown");
    await page.waitForTimeout(50);
    await page.keyboard.up("Shift");
  }
  assert.deepEqual(await told(page), ["", ""]);
  await stays(page);
});

check("Shift can be switched off for the tab, and leaving forgets it", {}, async (page) => {
  const stored = () => page.evaluate(() => sessionStorage.length + localStorage.length);
  const button = page.locator(".leave-keys button");
  assert.ok(await page.locator(".leave-keys").isVisible());
  assert.equal(await stored(), 0, "nothing is kept before it is asked for");
  const off = await button.innerText();
  await button.click();
  assert.equal(await stored(), 1);
  assert.notEqual(await button.innerText(), off);
  await shift(page, 4);
  assert.deepEqual(await told(page), ["", ""]);
  await page.goto(site.base + usual);
  await shift(page, 4);
  assert.deepEqual(await told(page), ["", ""], "on the other pages of the tab too");
  await page.goto(site.base + safety);
  await button.click();
  assert.deepEqual([await stored(), await button.innerText()], [0, off]);
  await button.click();
  await page.locator(".leave").click();
  await page.waitForURL(away);
  await page.goto(site.base + safety);
  assert.deepEqual([await stored(), await button.innerText()], [0, off]);
  await shift(page, 3);
  await page.waitForURL(away);
}, safety);

check("the switch is not shown where it would do nothing", { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator(".leave-keys").count(), 1);
  assert.ok(!(await page.locator(".leave-keys").isVisible()));
}, safety);

test("the page about using this site safely tells the limits", () => {
  const said = text(safety).replace(/<[^>]*>/g, "").replace(/\s+/g, " ");
  for (const limit of ["does not delete your history", "does not close other tabs", "Shift three times", "Back button may still show", "plain link"]) {
    assert.ok(said.includes(limit), limit);
  }
});

check("the way out is the second stop, large enough, and not on paper", {}, async (page) => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement?.matches(".leave")));
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 640 });
    const box = await page.locator(".leave").boundingBox();
    assert.ok(box && box.width >= 44 && box.height >= 44, JSON.stringify(box));
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    assert.ok(((await page.locator(".leave").boundingBox())?.y ?? -1) >= 0, "in sight at the end");
  }
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator(".leave").isVisible()));
});

for (const width of [320, 1280]) {
  check(`the way out never covers what has the focus, ${width} pixels wide`, { viewport: { width, height: 640 } }, async (page) => {
    for (const key of ["Tab", "Shift+Tab"]) {
      const stops = await page.locator("a, button, summary, input, [tabindex='0']").count();
      const covered = [];
      for (let stop = 0; stop < stops + 2; stop++) {
        await page.keyboard.press(key);
        const hidden = await page.evaluate(() => {
          const it = document.activeElement;
          const strip = document.querySelector(".strip");
          if (!it || !strip || it == document.body || strip.contains(it) || it.matches(".skip")) return "";
          const edge = strip.getBoundingClientRect().bottom;
          return Math.min(...[...it.getClientRects()].map((box) => box.top)) < edge ? it.outerHTML.slice(0, 120) : "";
        });
        if (hidden) covered.push(hidden);
      }
      assert.deepEqual(covered, [], key);
    }
  });
}
