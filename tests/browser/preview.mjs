// What the tests of the preview share: a small site in a folder of its own, a preview of it that runs,
// and one browser.

import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { flags } from "./flags.mjs";

const repository = new URL("../..", import.meta.url).pathname;
const [program, ...first] = process.env.AFTERWORD ? [process.env.AFTERWORD] : ["cargo", "run", "--profile", "checked", "--locked", "--quiet", "--"];

/** @typedef {import("playwright-core").Page} Page */

/**
 * @typedef {object} Written A site that is being written.
 * @property {string} folder
 * @property {string} base The address of the preview.
 * @property {import("playwright-core").Browser} browser
 * @property {string[]} elsewhere What pages asked of any other place.
 * @property {(name: string, text: string) => void} put Saves a file.
 * @property {(name: string, from: string | RegExp, to: string) => void} edit Saves a file with other words.
 * @property {(args?: string[]) => Promise<void>} start Starts the preview again, at the same port.
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} [from] A site to copy; one that `new site` makes when there is none.
 * @param {(folder: string) => void} [prepare] @param {string[]} [args] @param {Record<string, string>} [env]
 */
export function writing(from, prepare, args = [], env = {}) {
  const folder = mkdtempSync(join(tmpdir(), "preview-"));
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let child;
  let port = "0";
  /** @type {Written} */
  const site = {
    folder,
    base: "",
    browser: /** @type {any} */ (undefined),
    elsewhere: [],
    put(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    edit(name, from, to) {
      const old = readFileSync(join(folder, name), "utf8"), now = old.replace(from, to);
      if (now == old) throw new Error(`${name} does not say ${from}`);
      writeFileSync(join(folder, name), now);
    },
    async start(more = args) {
      const started = spawn(program, [...first, "preview", "--site", folder, "--port", port, ...more], {
        cwd: repository,
        stdio: ["ignore", "pipe", "ignore"],
        env: { ...process.env, VISUAL: "", EDITOR: "", ...env },
      });
      child = started;
      site.base = await new Promise((told, fail) => {
        let said = "";
        started.stdout.on("data", (part) => {
          const url = (said += part).match(/Preview at (http:\S+?)\/ /)?.[1];
          if (url) told(url);
        });
        started.on("close", (code) => fail(new Error(`the preview ended with ${code}`)));
      });
      port = new URL(site.base).port;
    },
    async stop() {
      const ended = new Promise((done) => child?.once("close", done));
      child?.kill();
      await ended;
      child = undefined;
    },
  };
  before(async () => {
    if (from) cpSync(from, folder, { recursive: true });
    else {
      const { status, stderr } = spawnSync(program, [...first, "new", "site", folder], { cwd: repository, encoding: "utf8" });
      if (status) throw new Error(stderr);
    }
    prepare?.(folder);
    await site.start();
    site.browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });
  });
  after(async () => {
    await site.browser?.close();
    if (child) await site.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return site;
}

/**
 * Opens a page of the preview, and waits until it listens.
 * @param {Written} site @param {string} path @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: Page) => Promise<void>} look
 */
export async function read(site, path, options, look) {
  const context = await site.browser.newContext({ reducedMotion: "reduce", ...options });
  try {
    const page = await tab(site, context, path);
    await look(page);
  } finally {
    await context.close();
  }
}

/** @param {Written} site @param {import("playwright-core").BrowserContext} context @param {string} path */
export async function tab(site, context, path) {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("request", (request) => {
    if (!request.url().startsWith(site.base) && !request.url().startsWith("data:")) site.elsewhere.push(request.url());
  });
  page.on("pageerror", (error) => site.elsewhere.push(String(error)));
  const listens = page.waitForRequest((request) => request.url().endsWith("/_afterword/events"));
  await page.goto(site.base + path);
  await listens;
  await page.waitForFunction(() => performance.getEntriesByName("afterword:ready").length);
  // What is written on the window is gone when the page was loaded again.
  await page.evaluate(() => { /** @type {any} */ (window).same = true; });
  return page;
}

/**
 * Waits until the preview answers with a text: by then it has seen all that was saved before.
 * @param {Written} site @param {string} path @param {string} text
 */
export async function answers(site, path, text) {
  for (const end = Date.now() + 15_000; Date.now() < end; await new Promise((done) => setTimeout(done, 10))) {
    if ((await (await fetch(site.base + path)).text()).includes(text)) return;
  }
  throw new Error(`${path} never said ${text}`);
}

/** Whether the page is still the one that was opened. @param {Page} page */
export const isSame = (page) => page.evaluate(() => Boolean(/** @type {any} */ (window).same));

/** Waits until a text is seen. @param {Page} page @param {string} text */
export const sees = (page, text) => page.waitForFunction((text) => document.body.innerText.includes(text), text);

/** Waits until a text is seen no longer. @param {Page} page @param {string} text */
export const misses = (page, text) => page.waitForFunction((text) => !document.body.innerText.includes(text), text);

/** The texts of the blocks that are marked now. @param {Page} page */
export const marked = (page) => page.evaluate(() => document.getAnimations()
  .filter((it) => it.id == "afterword-changed")
  .map((it) => /** @type {KeyframeEffect} */ (it.effect).target?.textContent?.trim()));
