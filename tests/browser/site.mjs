// What the browser tests share: the built site behind a tiny server, one browser, and its pages.
//
// The server sends no header but the type, as the plainest host would, so that only what stands in
// the pages themselves counts. `run` says which folder holds the site.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

/** The folder of the built site. */
const folder = process.env.SITE ?? "";
if (!existsSync(join(folder, "index.html"))) {
  throw new Error("SITE has to name the folder of a built site; tests/browser/run builds one");
}

const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
};

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The addresses of all pages, such as `/caring/`. Those that only send the reader on are left out. */
export const pages = readdirSync(folder, { recursive: true })
  .map((path) => "/" + String(path).split(sep).join("/"))
  .filter((path) => path.endsWith(".html") && !text(path).includes('http-equiv="refresh"'))
  .map((path) => path.replace(/index\.html$/, ""))
  .sort();

/** The pages that cite a source. */
export const citing = pages.filter((page) => text(page).includes('class="cite"'));

/** @param {string} page The file of a page as text. */
export function text(page) {
  return readFileSync(fileOf(page), "utf8");
}

/** @param {string} path */
function fileOf(path) {
  const file = join(folder, path);
  return existsSync(file) && statSync(file).isDirectory() ? join(file, "index.html") : file;
}

/** Serves the site and starts the browser before the tests of a file, and ends both after them. */
export function open() {
  /** @type {{ browser: import("playwright-core").Browser, base: string }} */
  const opened = { browser: /** @type {any} */ (undefined), base: "" };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
    const file = fileOf(path);
    if (relative(folder, file).startsWith("..") || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  before(async () => {
    await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
    opened.base = `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`;
    opened.browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });
  });
  after(async () => {
    await opened.browser?.close();
    server.closeAllConnections();
    server.close();
  });
  return opened;
}

/**
 * Opens a page in a context of its own, hands it to `look`, and closes it.
 *
 * @template T
 * @param {{ browser: import("playwright-core").Browser, base: string }} opened
 * @param {string} path
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: import("playwright-core").Page) => Promise<T>} look
 */
export async function visit(opened, path, options, look) {
  const context = await opened.browser.newContext({ reducedMotion: "reduce", ...options });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(5000);
    await page.goto(opened.base + path);
    return await look(page);
  } finally {
    await context.close();
  }
}
