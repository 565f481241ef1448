// What the browser tests share: the built site behind a tiny server, one browser, and its pages.
//
// The server compresses, and sends no header but the type, as the plainest host would, so that only
// what stands in the pages themselves counts. `run` says which folder holds the site.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { after, before } from "node:test";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { flags } from "./flags.mjs";

/** How many pages are looked at at the same time. */
const AT_ONCE = 3;

/** The folder of the built site. */
export const folder = process.env.SITE ?? "";
if (!existsSync(join(folder, "index.html"))) {
  throw new Error("SITE has to name the folder of a built site; tests/browser/run builds one");
}

const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

/** What has been read already: which pages there are to look at is worked out anew for every file of tests. */
const texts = /** @type {Map<string, string>} */ (new Map());

/** The addresses of all pages, such as `/caring/`. Those that only send the reader on are left out. */
export const pages = readdirSync(folder, { recursive: true })
  .map((path) => "/" + String(path).split(sep).join("/"))
  .filter((path) => path.endsWith(".html") && !text(path).includes('http-equiv="refresh"'))
  .map((path) => path.replace(/index\.html$/, ""))
  .sort();

/** @param {string} page The kind of page, such as `article`. */
export const kindOf = (page) => text(page).match(/<body[^>]*\bkind-([a-z-]+)/)?.[1] ?? "unknown";

/** All class names on each page. */
const written = new Map(pages.map((page) => [
  page,
  new Set([...text(page).matchAll(/ class="([^"]*)"/g)].flatMap(([, names]) => (names ?? "").split(" "))),
]));
const classes = (/** @type {string} */ page) => written.get(page) ?? new Set();

/** @param {string} page The language of a page, such as `es`. */
const languageOf = (page) => text(page).match(/<html[^>]*\blang="([^"]+)"/)?.[1] ?? "";

/** The pages in the first language of the site. */
const first = pages.filter((page) => languageOf(page) == languageOf("/"));

/** @param {string[]} pages One page of each kind, the one with most on it. */
const eachKind = (pages) =>
  Object.fromEntries([...pages].sort((one, other) => classes(one).size - classes(other).size).map((page) => [kindOf(page), page]));

/** One page of each kind, the one with most on it, such as `{ article: "/caring/low-mood/" }`. */
export const kinds = eachKind(first);

/**
 * One page of each kind in each further language. They are made as those of the first are, of words that are
 * longer or shorter: in the menu, on buttons, in what stands above and below a text.
 */
export const abroad = [...new Set(pages.map(languageOf))]
  .filter((language) => language != languageOf("/"))
  .flatMap((language) => Object.values(eachKind(pages.filter((page) => languageOf(page) == language))));

/**
 * As few pages as show all that the theme can show: one of each kind, and more until every class that
 * occurs on the site occurs on one of them. What costs seconds a page is looked at on these.
 */
export const telling = Object.values(kinds);
for (const left = new Set(pages.flatMap((page) => [...classes(page)])); ; ) {
  for (const page of telling) for (const name of classes(page)) left.delete(name);
  const shows = (/** @type {string} */ page) => [...classes(page)].filter((name) => left.has(name)).length;
  const [next] = [...first, ...pages].sort((one, other) => shows(other) - shows(one));
  if (!next || !shows(next)) break;
  telling.push(next);
}


/** The pages that cite a source. */
export const citing = pages.filter((page) => text(page).includes('class="cite"'));

/** @param {string} page The file of a page as text. */
export function text(page) {
  const read = texts.get(page) ?? readFileSync(fileOf(page), "utf8");
  texts.set(page, read);
  return read;
}

/** @param {string} path @param {string} from The folder of a site, where it is another one. */
export function fileOf(path, from = folder) {
  const file = join(from, path);
  return existsSync(file) && statSync(file).isDirectory() ? join(file, "index.html") : file;
}

/**
 * Serves the site and starts the browser before the tests of a file, and ends both after them.
 *
 * @param {string} from The folder of a site, where it is another one.
 */
export function open(from = folder) {
  /** @type {{ browser: import("playwright-core").Browser, base: string }} */
  const opened = { browser: /** @type {any} */ (undefined), base: "" };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
    const file = fileOf(path, from);
    if (relative(from, file).startsWith("..") || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-encoding": "gzip" }).end(gzipSync(readFileSync(file)));
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

/** @param {import("playwright-core").BrowserContext} context A new tab, which waits for what is expected. */
export async function tab(context) {
  const page = await context.newPage();
  // A machine that does other work as well may take its time, and what passes does not wait so long.
  page.setDefaultTimeout(15_000);
  page.setDefaultNavigationTimeout(30_000);
  return page;
}

/**
 * Opens a page in a context of its own, hands it to `look`, and closes it.
 *
 * @template T
 * @param {{ browser: import("playwright-core").Browser, base: string }} opened
 * @param {string | undefined} path Without one, the tab is still empty.
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: import("playwright-core").Page) => Promise<T>} look
 */
export async function visit(opened, path, options, look) {
  const context = await opened.browser.newContext({ reducedMotion: "reduce", ...options });
  try {
    const page = await tab(context);
    if (path !== undefined) await page.goto(opened.base + path);
    return await look(page);
  } finally {
    await context.close();
  }
}

/** What tests listen to on a page. */
const heard = ["request", "requestfinished", "requestfailed", "console", "pageerror", "dialog"];

/**
 * As `faults`, for what can be looked at in tabs that go on from page to page: a context and a tab of its
 * own take as long to open as two pages. `look` opens the page, with nothing listening from the page before.
 *
 * @param {import("playwright-core").BrowserContext} context Whose tabs they are.
 * @param {string[]} paths
 * @param {(page: import("playwright-core").Page, path: string, say: (what: string) => void) => Promise<unknown>} look
 * @param {number} [tabs] More where most of the time is spent in waiting.
 */
export async function tour(context, paths, look, tabs) {
  const free = /** @type {import("playwright-core").Page[]} */ ([]);
  return faults(paths, async (path, say) => {
    const page = free.pop() ?? (await tab(context));
    // A tab in which something went wrong is not used again.
    try {
      await look(page, path, say);
    } catch (error) {
      await page.close();
      throw error;
    }
    for (const event of heard) page.removeAllListeners(event);
    free.push(page);
  }, tabs);
}

/**
 * Looks at many pages, a few at a time, and gives what was found there: each fault once, with the
 * first pages that have it.
 *
 * @param {string[]} paths
 * @param {(path: string, say: (what: string) => void) => Promise<unknown>} look
 */
export async function faults(paths, look, atOnce = AT_ONCE) {
  const queue = [...paths];
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  const worker = async () => {
    for (let path = queue.shift(); path; path = queue.shift()) {
      const here = path;
      const say = (/** @type {string} */ what) => found.set(what, (found.get(what) ?? new Set()).add(here));
      await look(here, say).catch((error) => say(`could not be looked at: ${error.message}`));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return [...found].map(([what, where]) => {
    const [first, second, ...more] = [...where].sort();
    return `${what} (on ${first}${second ? `, ${second}` : ""}${more.length ? ` and ${more.length} more` : ""})`;
  }).sort();
}
