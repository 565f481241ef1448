// What the preview shows beside a page: problems, places that open in an editor, what is near a missing
// page, notes of other pages. And what a reader has chosen in a picker, while its page is being written.

import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { answers, isSame, misses, read, sees, tab, writing } from "./preview.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const PAGE = "content/resting/a-short-rest-by-day.md";
const ADDRESS = "/resting/a-short-rest-by-day/";
const BROKEN = "See [this](nowhere.md).\n\n## Find a place";

/** The editor writes down how it was started. */
const editor = ["--editor", "./editor.sh --at {line}:{column} {file}"];
const site = writing(undefined, (folder) => {
  writeFileSync(join(folder, "editor.sh"), '#!/bin/sh\nprintf "%s\\n" "$@" > opened.tmp && mv opened.tmp opened\n');
  chmodSync(join(folder, "editor.sh"), 0o755);
}, editor);
const plants = writing(new URL("plants", import.meta.url).pathname);

const sheet = (/** @type {import("playwright-core").Page} */ page) => page.locator("afterword-problems .sheet");

/** What axe finds in all of the page, with what is ours. @param {import("playwright-core").Page} page */
async function faults(page) {
  const found = await page.evaluate(async (axe) => {
    // The policy of the page lets nothing be added to it; what the test runs is no part of the page.
    (0, eval)(axe);
    const { violations } = await /** @type {any} */ (window).axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.map((/** @type {any} */ it) => it.id + ": " + it.nodes.map((/** @type {any} */ node) => node.html).join(" "));
  }, axe);
  return found;
}

test("errors come over the page and go from it, and the page itself is left alone", async () => {
  await read(site, ADDRESS, {}, async (page) => {
    assert.equal(await sheet(page).count(), 0);
    site.edit(PAGE, "## Find a place", BROKEN);
    await sheet(page).getByText("content/resting/a-short-rest-by-day.md:20:").first().waitFor();
    assert.match(await sheet(page).innerText(), /1 error/);
    assert.match(await sheet(page).innerText(), /nowhere\.md/);
    await sees(page, "Let the minutes pass");
    // A second one, in another file, stands after that of this page.
    site.edit("content/about.md", /^---\n\n/m, "---\n\n[there](gone.md)\n\n");
    await sheet(page).getByText("2 errors").waitFor();
    const places = await sheet(page).locator(".place").allTextContents();
    assert.match(places[0], /a-short-rest-by-day/);
    assert.ok(places.some((place) => place.startsWith("content/about.md")));
    site.edit("content/about.md", "[there](gone.md)\n\n", "");
    await sheet(page).getByText("1 error").waitFor();
    site.edit(PAGE, BROKEN, "## Find a place");
    await sheet(page).waitFor({ state: "detached" });
    assert.ok(await isSame(page));
  });
});

test("the problems can be folded away by keyboard, and stay so from page to page", async () => {
  site.edit(PAGE, "## Find a place", BROKEN);
  await read(site, ADDRESS, {}, async (page) => {
    const inside = sheet(page).locator(".inside");
    await inside.waitFor();
    await sheet(page).locator("summary").first().focus();
    await page.keyboard.press("Enter");
    await inside.waitFor({ state: "hidden" });
    await page.goto(site.base + "/about/");
    await sheet(page).waitFor();
    await inside.waitFor({ state: "hidden" });
    await sheet(page).locator("summary").first().click();
    await inside.waitFor();
  });
  site.edit(PAGE, BROKEN, "## Find a place");
});

test("a page whose front matter breaks stays as it last was, under its error", async () => {
  await read(site, ADDRESS, {}, async (page) => {
    site.edit(PAGE, "kind: article", "kind: [article");
    await sheet(page).waitFor();
    await sees(page, "A few quiet minutes in the middle of things");
    assert.match(await page.title(), /A short rest/);
    site.edit(PAGE, "kind: [article", "kind: article");
    await sheet(page).waitFor({ state: "detached" });
  });
});

test("a place opens in the editor, and without one the way there is told", async () => {
  site.edit(PAGE, "## Find a place", BROKEN);
  await read(site, ADDRESS, {}, async (page) => {
    await sheet(page).locator("a.place").first().focus();
    await page.keyboard.press("Enter");
    await sheet(page).getByText("Opened in your editor").waitFor();
    for (let tries = 0; !existsSync(join(site.folder, "opened")) && tries < 100; tries++) await page.waitForTimeout(20);
    assert.deepEqual(readFileSync(join(site.folder, "opened"), "utf8").trim().split("\n"), ["--at", "20:12", join(site.folder, PAGE)]);
    assert.ok(await isSame(page));
  });
  // Without a script a place leads to a page with a button.
  const plain = await site.browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(site.base + ADDRESS);
  await sheet(page).locator("a.place").first().click();
  rmSync(join(site.folder, "opened"));
  await page.getByRole("button", { name: "Open in your editor" }).click();
  for (let tries = 0; !existsSync(join(site.folder, "opened")) && tries < 100; tries++) await page.waitForTimeout(20);
  assert.ok(existsSync(join(site.folder, "opened")));
  await plain.close();
  await site.stop();
  await site.start(["--editor", "/no/such/program"]);
  await read(site, ADDRESS, {}, async (page) => {
    await sheet(page).locator("a.place").first().click();
    const link = sheet(page).locator(".said a");
    await link.waitFor();
    assert.equal(await link.getAttribute("href"), `vscode://file${join(site.folder, PAGE)}:20:12`);
    await sheet(page).getByRole("button", { name: "Copy the place" }).waitFor();
  });
  await site.stop();
  await site.start();
  site.edit(PAGE, BROKEN, "## Find a place");
});

test("the problems are without fault for axe, narrow and wide, by day and by night", async () => {
  site.edit(PAGE, "## Find a place", BROKEN);
  for (const [width, colorScheme] of /** @type {const} */ ([[320, "light"], [320, "dark"], [1280, "light"], [1280, "dark"]])) {
    await read(site, ADDRESS, { viewport: { width, height: 800 }, colorScheme, bypassCSP: true }, async (page) => {
      await sheet(page).locator(".inside").waitFor();
      assert.deepEqual(await faults(page), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing scrolls sideways");
    });
  }
  site.edit(PAGE, BROKEN, "## Find a place");
});

test("warnings are a small bar that leads to the desk", async () => {
  site.put("content/left.png", "no picture");
  await read(site, ADDRESS, { bypassCSP: true }, async (page) => {
    const bar = page.locator("afterword-problems .bar a");
    await bar.waitFor();
    assert.match(await bar.innerText(), /1 warning/);
    assert.equal(await bar.getAttribute("href"), "/_desk/");
    const { width = 0, height = 0 } = await bar.boundingBox() ?? {};
    assert.ok(width * height < 10_000, "it covers next to nothing");
    assert.deepEqual(await faults(page), []);
  });
  rmSync(join(site.folder, "content/left.png"));
});

test("a missing page tells what is near and what would make it, and turns into the page", async () => {
  site.put("content/resting/night.md", "---\ntitle: A night\npublished: 2026-11-21\ndraft: true\n---\n\nDark.\n");
  // A missing page is loaded again whenever something is saved, and would be under our hands.
  await answers(site, "/resting/night/", "it is a draft");
  await read(site, "/resting/a-short-rest/", { bypassCSP: true }, async (page) => {
    const told = page.locator("afterword-missing section");
    await told.waitFor();
    assert.equal(await told.getByRole("link").first().getAttribute("href"), ADDRESS);
    assert.match(await told.innerText(), /write content\/resting\/a-short-rest\.md/);
    assert.deepEqual(await faults(page), []);
    await page.goto(site.base + "/resting/night/");
    assert.match(await told.innerText(), /content\/resting\/night\.md would be here, but it is not published: it is a draft/);
    site.edit("content/resting/night.md", "draft: true\n", "");
    await sees(page, "Dark.");
    assert.equal(await told.count(), 0);
  });
});

test("another page that is saved is named, without a grab for the focus, and can be followed", async () => {
  await read(site, "/about/", { bypassCSP: true }, async (page) => {
    const note = page.locator("afterword-note .note");
    await page.locator("a.brand").focus();
    site.edit(PAGE, "A chair, a bench", "A stool, a bench");
    await note.getByText("A short rest by day has changed").waitFor();
    assert.deepEqual(await faults(page), []);
    assert.equal(await page.evaluate(() => document.activeElement?.className), "brand");
    await note.getByRole("checkbox").check();
    site.edit(PAGE, "A stool, a bench", "A sofa, a bench");
    await sees(page, "A sofa, a bench");
    assert.equal(new URL(page.url()).pathname, ADDRESS);
    await note.getByText("You see what was saved last").waitFor();
    site.edit("content/about.md", /^---\n\n/m, "---\n\nOnce more.\n\n");
    await sees(page, "Once more.");
    assert.equal(new URL(page.url()).pathname, "/about/");
    await note.getByRole("checkbox").uncheck();
    site.edit(PAGE, "A sofa, a bench", "A chair, a bench");
    await note.getByRole("link", { name: "go there" }).focus();
    await page.keyboard.press("Enter");
    await sees(page, "A chair, a bench");
  });
});

test("a preview that has ended says so, until it is there again", async () => {
  await read(site, "/about/", {}, async (page) => {
    await site.stop();
    await page.locator("afterword-note").getByText("The preview has ended").waitFor();
    await site.start();
    await page.locator("afterword-note").waitFor({ state: "detached" });
  });
});

test("what was answered in a picker stays, whatever is written meanwhile", async () => {
  await read(plants, "/", {}, async (page) => {
    const path = await page.evaluate(() => [...document.querySelectorAll("a")].map((it) => it.getAttribute("href")).find((href) => /pick|plant|which/.test(href ?? "")));
    if (path) await page.goto(new URL(path, plants.base + "/").href);
    await page.locator(".picker form").waitFor();
    await page.evaluate(() => { /** @type {any} */ (window).same = true; });
    const answer = page.locator(".picker fieldset:not([hidden]) input").nth(1);
    await answer.check();
    const name = await answer.evaluate((it) => [/** @type {HTMLInputElement} */ (it).name, /** @type {HTMLInputElement} */ (it).value]);
    const count = await page.locator(".picker .count").innerText();
    const isChecked = () => page.evaluate(([name, value]) => /** @type {HTMLInputElement | null} */ (document.querySelector(`input[name="${name}"][value="${value}"]`))?.checked, name);
    plants.edit("site.toml", /^title = ".*"/m, 'title = "Other plants"');
    await page.waitForFunction(() => document.body.innerText.includes("Other plants"));
    assert.ok(await isSame(page));
    assert.ok(await isChecked());
    assert.equal(await page.locator(".picker .count").innerText(), count);
    // A word of an idea changes in place; what fits what is a stylesheet, for which the page begins anew.
    plants.edit("content/plants.yaml", "en: Sow basil", "en: Sow some basil");
    await page.waitForFunction(() => document.querySelector(".picker")?.textContent?.includes("Sow some basil"));
    assert.ok(await isSame(page) && await isChecked());
    await page.evaluate(() => document.querySelector("a.brand")?.scrollIntoView());
    plants.edit("content/plants.yaml", "light: [some, sun]", "light: sun");
    await page.waitForFunction(() => !(/** @type {any} */ (window).same));
    await page.waitForFunction(([name, value]) => /** @type {HTMLInputElement | null} */ (document.querySelector(`input[name="${name}"][value="${value}"]`))?.checked, name);
  });
});

test("other sites can neither show the preview within themselves nor read it nor send it anything", async () => {
  const evil = createServer((_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end("<title>evil</title><body>"));
  await new Promise((listening) => evil.listen(0, "127.0.0.1", () => listening(0)));
  const context = await site.browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`http://localhost:${/** @type {any} */ (evil.address()).port}/`.replace("localhost", "127.0.0.1"));
    const tried = await page.evaluate(async ([base, address]) => {
      const said = [];
      for (const mode of /** @type {const} */ (["cors", "no-cors"])) {
        said.push(await fetch(base + address, { mode }).then((answer) => `${mode} ${answer.type} ${answer.status}`, () => `${mode} refused`));
      }
      said.push(await fetch(base + "/_afterword/open?file=site.toml", { method: "POST", mode: "no-cors" }).then((answer) => `post ${answer.status}`, () => "post refused"));
      const script = document.createElement("script");
      script.src = base + "/_afterword/reload.js";
      said.push(await new Promise((done) => {
        script.onload = () => done("script ran");
        script.onerror = () => done("script refused");
        document.body.append(script);
      }));
      const frame = document.createElement("iframe");
      frame.src = base + address;
      document.body.append(frame);
      await new Promise((done) => { frame.onload = done; });
      said.push(`frame ${frame.contentDocument ? "open" : "closed"}`);
      return said;
    }, [site.base, ADDRESS]);
    assert.deepEqual(tried, ["cors refused", "no-cors refused", "post refused", "script refused", "frame closed"]);
    const inFrame = page.frames()[1];
    assert.ok(!(await inFrame.content()).includes("<main"), "nothing of the site is in the frame");
    // A link from elsewhere is a plain way in.
    await page.evaluate((to) => { location.href = to; }, site.base + ADDRESS);
    await sees(page, "Let the minutes pass");
  } finally {
    await context.close();
    evil.close();
    evil.closeAllConnections();
  }
});

test("not one request went to another place, and no script failed", () => {
  assert.deepEqual([...site.elsewhere, ...plants.elsewhere], []);
});
