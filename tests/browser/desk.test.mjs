// The author's desk in a real browser: it can be used with a keyboard and with a screen reader, filters as
// one types, brings in what has changed without taking anything away, and leaves nothing in the output.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { flags } from "./flags.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const repository = new URL("../..", import.meta.url).pathname;
const [program, ...first] = process.env.AFTERWORD ? [process.env.AFTERWORD] : ["cargo", "run", "--profile", "checked", "--locked", "--quiet", "--"];

/** @typedef {import("playwright-core").Page} Page */

const folder = mkdtempSync(join(tmpdir(), "desk-"));
const day = "2026-11-22";
let base = "";
/** @type {import("node:child_process").ChildProcess} */
let preview;
/** @type {import("playwright-core").Browser} */
let browser;

/** @param {string[]} args */
function run(...args) {
  const { status, stderr } = spawnSync(program, [...first, ...args], { cwd: repository, encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

/** @param {string} name @param {string} title @param {string} keys @param {string} text */
function put(name, title, keys = "", text = "Rest a while.") {
  writeFileSync(join(folder, "content", name), `---\ntitle: ${title}\n${keys}---\n\n## Rest\n\n${text}\n`);
}

before(async () => {
  run("new", "site", folder);
  mkdirSync(join(folder, "content/shut"));
  put("shut/_index.md", "Shut", "draft: true\n");
  put("shut/inside.md", "Inside");
  put("sketch.md", "Sketch", "draft: true\n");
  put("later.md", "Later", "publish_from: 2026-12-24\n");
  put("leaving.md", "Leaving", "expires: 2027-02-01\n");
  put("plain.md", "Plain", "", "See [Leaving](leaving.md). Rest a while.");
  put("doubtful.md", "Doubtful", "", "Words.\n\n[^a]: Nobody asks for this.");
  const started = spawn(program, [...first, "preview", "--site", folder, "--port", "0", "--today", day], {
    cwd: repository,
    stdio: ["ignore", "pipe", "ignore"],
  });
  preview = started;
  base = await new Promise((told, fail) => {
    let said = "";
    started.stdout.on("data", (part) => {
      const found = (said += part).match(/http:\/\/[^/\s]+/);
      if (found) told(found[0]);
    });
    started.on("close", (code) => fail(new Error(`the preview ended with ${code}`)));
  });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });
});
after(async () => {
  await browser?.close();
  preview?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * Opens a page, and fails when the browser complains of anything.
 *
 * @param {string} path @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: Page) => Promise<void>} look
 */
async function visit(path, options, look) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const wrong = /** @type {string[]} */ ([]);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => {
      if (message.type() == "error") wrong.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(base) && !request.url().startsWith("data:")) wrong.push(`asks for ${request.url()}`);
    });
    await page.goto(base + path);
    await look(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

/** The titles that the list shows. @param {Page} page */
const titles = (page) => page.locator("#list a.title").allTextContents();

/** @param {Page} page @param {string[]} wanted */
async function shows(page, wanted) {
  await page.waitForFunction(
    (wanted) => [...document.querySelectorAll("#list a.title")].map((it) => it.textContent).join() == wanted.join(),
    wanted,
  ).catch(async () => assert.deepEqual(await titles(page), wanted));
}

const rooms = ["/_desk/", "/_desk/problems/", "/_desk/publish/", "/_desk/calendar/", "/_desk/sources/", "/_desk/words/",
  "/_desk/page/?file=content/plain.md", "/_desk/page/?file=content/nowhere.md", "/_desk/?q=nothing"];

test("every room is accessible, in light and dark, on a desktop and on a phone, and keeps to its width", async () => {
  const found = [];
  for (const [size, scheme] of /** @type {const} */ ([[[1280, 900], "light"], [[1280, 900], "dark"], [[360, 740], "light"], [[360, 740], "dark"]])) {
    const viewport = { width: size[0], height: size[1] };
    const context = await browser.newContext({ viewport, colorScheme: scheme });
    const page = await context.newPage();
    for (const room of rooms) {
      await page.goto(base + room);
      // What is folded is looked at too.
      await page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const rules = Object.fromEntries(["color-contrast-enhanced", "target-size"].map((rule) => [rule, { enabled: true }]));
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const { violations } = await /** @type {any} */ (window).axe.run({ resultTypes: ["violations"], runOnly: tags, rules });
        return violations.map((/** @type {any} */ it) => `${it.id}: ${it.nodes[0].html}`);
      });
      found.push(...violations.map((/** @type {string} */ it) => `${room} ${scheme} ${size[0]}: ${it}`));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > size[0]) found.push(`${room} ${size[0]}: is ${width} wide`);
    }
    await context.close();
  }
  assert.deepEqual(found, []);
});

test("the list narrows as one types, and the address, the focus and the words stay", async () => {
  await visit("/_desk/", {}, async (page) => {
    await page.locator("#q").focus();
    await page.keyboard.type("sket");
    await shows(page, ["Sketch"]);
    assert.equal(new URL(page.url()).search, "?q=sket");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "q");
    assert.equal(await page.locator("#found").textContent(), `1 of ${await total()}.`);
    await page.locator("#q").fill("");
    await page.locator("#by-state").selectOption("scheduled");
    await shows(page, ["Later"]);
    await page.reload();
    await shows(page, ["Later"]);
  });
});

/** How many pages there are, in the words of the desk. */
async function total() {
  const html = await (await fetch(`${base}/_desk/`)).text();
  return html.match(/id="found"[^>]*>([^<]*)\.</)?.[1];
}

test("without a script everything can be asked for by forms and links", async () => {
  await visit("/_desk/", { javaScriptEnabled: false }, async (page) => {
    await page.locator("#by-state").selectOption("draft");
    await page.getByRole("button", { name: "Filter" }).click();
    assert.deepEqual(await titles(page), ["Shut", "Sketch"]);
    await page.getByRole("columnheader", { name: "Page" }).getByRole("link").click();
    assert.deepEqual(await titles(page), ["Sketch", "Shut"]);
    await page.getByRole("link", { name: "Plain" }).or(page.getByRole("link", { name: "Sketch", exact: true })).first().click();
    assert.equal(await page.locator("h1").textContent(), "Sketch");
  });
});

test("a keyboard reaches the content past the menu, and every row by its link", async () => {
  await visit("/_desk/", {}, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the content");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
    const row = page.getByRole("row", { name: /Plain/ });
    assert.equal(await row.getByRole("rowheader").count(), 1);
    await row.getByRole("link", { name: "Plain", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/file=content\/plain\.md/);
  });
});

test("drafts and another day are shown on request, said on every page, and taken back", async () => {
  await visit("/_desk/", {}, async (page) => {
    assert.equal((await fetch(`${base}/sketch/`)).status, 404);
    await page.getByText("Look at it another way").click();
    await page.getByLabel("Show drafts, scheduled and expired pages too").check();
    await page.getByRole("button", { name: "Show it like this" }).click();
    await page.getByText("Readers do not see it like this today.").waitFor();
    await page.goto(`${base}/sketch/`);
    const note = page.locator("desk-note");
    assert.match(String(await note.textContent()), /^Shown with drafts, scheduled and expired pages too\. Change this$/);
    assert.equal(await note.evaluate((it) => getComputedStyle(it).position), "fixed");
    await note.getByRole("link").click();
    await page.getByRole("button", { name: "As readers see it today" }).click();
    await page.getByText("Shown as readers would see it today, 22 November 2026.").waitFor();
    assert.equal((await fetch(`${base}/sketch/`)).status, 404);
    await page.goto(`${base}/_desk/calendar/`);
    await page.getByRole("button", { name: "See that day 24 December 2026" }).click();
    await page.getByText("Shown as it will be on 24 December 2026.").waitFor();
    assert.equal((await fetch(`${base}/later/`)).status, 200);
    await page.getByRole("button", { name: "As readers see it today" }).click();
    await page.getByText("Shown as readers would see it today").waitFor();
    assert.equal((await fetch(`${base}/later/`)).status, 404);
  });
});

test("what changes comes in by itself; scroll, focus and what is open stay", async () => {
  await visit("/_desk/problems/", { viewport: { width: 900, height: 300 } }, async (page) => {
    const kind = page.locator("#warning-unused-footnote");
    await kind.waitFor();
    await kind.evaluate((it) => (/** @type {HTMLDetailsElement} */ (it).open = false));
    await page.evaluate(() => scrollTo(0, 60));
    await page.locator("#warning-unused-footnote > summary").focus({ timeout: 5000 });
    const scroll = await page.evaluate(() => scrollY);
    put("doubtful-too.md", "Doubtful too", "", "Words.\n\n[^b]: Nobody asks for this.");
    await page.getByText("2 times in 2 files").waitFor();
    assert.equal(await kind.evaluate((it) => /** @type {HTMLDetailsElement} */ (it).open), false);
    assert.equal(await page.evaluate(() => scrollY), scroll);
    rmSync(join(folder, "content/doubtful-too.md"));
    await page.getByText("once in 1 file").first().waitFor();
  });
  await visit("/_desk/?q=plai", {}, async (page) => {
    const link = page.getByRole("link", { name: "Plain", exact: true });
    await link.focus();
    put("plain-too.md", "Plain too");
    await shows(page, ["Plain", "Plain too"]);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Plain");
    assert.equal(await page.locator("#q").inputValue(), "plai");
    rmSync(join(folder, "content/plain-too.md"));
    await shows(page, ["Plain"]);
  });
});

test("what a build would change is shown word by word, and nothing of the desk is published", async () => {
  run("build", "--site", folder, "--today", day);
  await visit("/_desk/publish/", {}, async (page) => {
    await page.getByText("Nothing would change:").waitFor();
    put("plain.md", "Plain", "", "See [Leaving](leaving.md). Rest a good while.");
    const change = page.locator("#change-plain-index\\.html");
    await change.locator("summary").click();
    assert.equal(await change.locator("ins").textContent(), "good");
    assert.equal(await change.locator("del").count(), 0);
  });
  const files = readdirSync(join(folder, "public"), { recursive: true }).map(String);
  assert.deepEqual(files.filter((file) => file.includes("desk")), []);
  for (const file of files.filter((file) => file.endsWith(".html"))) {
    assert.doesNotMatch(readFileSync(join(folder, "public", file), "utf8"), /_desk|desk-note/, file);
  }
});
