// What the pages tell to nobody: a reader who opens every page and presses everything on it asks
// only this site for anything, and leaves nothing behind on the device.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faults, kindOf, kinds, open, pages, text, tour } from "./site.mjs";

const site = open();

test("every page opened and everything pressed: nothing is asked of others, nothing kept, nothing inline", async () => {
  const context = await site.browser.newContext({ viewport: { width: 800, height: 900 } });
  /** @type {Set<string>} */
  const found = new Set();
  context.on("request", (request) => {
    const { origin, search } = new URL(request.url());
    if (origin != site.base) found.add(`asks ${request.url()}`);
    if (search) found.add(`tells the server ${request.url()}`);
    if (request.headers().referer) found.add(`says where it comes from: ${request.url()}`);
  });
  await context.addInitScript(() => void (globalThis.print = () => {}));
  const crawl = async (/** @type {import("playwright-core").Page} */ page, /** @type {string} */ path, /** @type {(what: string) => void} */ say) => {
    page.on("dialog", (dialog) => dialog.dismiss());
    page.on("pageerror", (error) => say(`has a faulty script: ${error.message}`));
    page.on("console", (message) => void (message.type() == "error" && say(`complains: ${message.text()}`)));
    await page.goto(site.base + path);
    for (const what of await page.evaluate(loose)) say(what);
    for (const what of await page.evaluate(kept)) say(`unasked, ${what}`);
    await page.evaluate(pressAll);
    await page.keyboard.press("Escape");
    // A reader may ask for something to be kept for this tab, by a press that says so.
    await page.evaluate(() => sessionStorage.clear());
    for (const what of await page.evaluate(kept)) say(what);
  };
  // While everything is pressed a picker keeps a plan, as it is asked to, and then erases it. The other tabs
  // would find it in between.
  const isPicker = (/** @type {string} */ path) => kindOf(path) == "picker";
  const crawled = await tour(context, pages.filter((path) => !isPicker(path)), crawl);
  crawled.push(...(await tour(context, pages.filter(isPicker), crawl, 1)));
  const { cookies, origins } = await context.storageState({ indexedDB: true });
  await context.close();
  assert.deepEqual([...found, ...crawled, ...cookies, ...origins], []);
});

test("the policy of every page allows nothing but what comes from the site itself", async () => {
  const found = await faults(pages, async (path, say) => {
    const policy = text(path).match(/<meta http-equiv="Content-Security-Policy" content="([^"]*)"/)?.[1];
    if (!policy) return say("has no policy");
    const rules = policy.replaceAll("&#39;", "'").split(";").map((rule) => rule.trim().split(/\s+/)).filter(([name]) => name);
    const names = rules.map(([name]) => name);
    for (const name of ["default-src", "base-uri", "form-action"]) if (!names.includes(name)) say(`does not speak of ${name}`);
    for (const [name, ...sources] of rules) {
      const allowed = name == "default-src" || name == "base-uri" ? ["'none'"] : ["'none'", "'self'"];
      for (const source of sources) if (!allowed.includes(source)) say(`${name} allows ${source}`);
    }
  });
  assert.deepEqual(found, []);
});

test("the policy is kept: nothing else runs, is drawn, or is fetched, whatever gets into a page", async () => {
  const context = await site.browser.newContext({ reducedMotion: "reduce" });
  const found = await tour(context, Object.values(kinds), async (page, path, say) => {
    await page.goto(site.base + path);
    const icon = await page.locator("link[rel=icon]").evaluate((it) => /** @type {HTMLLinkElement} */ (it).href);
    // The browser tells of what it kept from going out as of a request that failed.
    page.on("requestfinished", (request) => request.url() != icon && say(`asked for ${request.url()}`));
    page.on("requestfailed", (request) => {
      if (request.failure()?.errorText != "csp") say(`asked for ${request.url()}: ${request.failure()?.errorText}`);
    });
    for (const what of await page.evaluate(intrude, site.base)) say(what);
  });
  await context.close();
  assert.deepEqual(found, []);
});

// The functions below run in the page, and so each stands for itself.

/** Presses everything that does not lead away from the page. */
async function pressAll() {
  const here = location.pathname;
  for (const it of document.querySelectorAll("button, summary, input, label, a[href^='#']")) {
    if (!(it instanceof HTMLElement) || !it.isConnected) continue;
    it.dispatchEvent(new PointerEvent("pointerenter", { bubbles: true }));
    it.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    it.focus();
    it.click();
    if (location.pathname != here) throw new Error(`${it.outerHTML} leads away`);
    await Promise.resolve();
  }
  await new Promise((then) => setTimeout(then));
}

/** What the page has kept on the device. */
async function kept() {
  const kept = {
    cookies: document.cookie.length,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  };
  return Object.entries(kept).filter(([, many]) => many).map(([where, many]) => `keeps something: ${where} ${many}`);
}

/**
 * Does what a stranger's words in a page could try.
 * @param {string} base
 */
async function intrude(base) {
  /** @type {string[]} */
  const done = [];
  const got = (/** @type {string} */ what) => () => done.push(what);
  const add = (/** @type {string} */ name, /** @type {Record<string, string>} */ attributes, inner = "") => {
    const it = document.createElement(name);
    // A frame is told to be loaded also where what it holds was kept out.
    if (name != "iframe") it.onload = got(`${name} ${Object.values(attributes)} was loaded`);
    for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
    it.textContent = inner;
    document.body.append(it);
    return it;
  };
  const away = "https://elsewhere.example/x";
  add("script", {}, "document.title = 'broken into'");
  add("script", { src: away });
  add("img", { src: away });
  add("iframe", { src: base });
  add("link", { rel: "stylesheet", href: away });
  add("style", {}, "body { outline: 7px solid red }");
  add("p", { style: "outline: 7px solid red", onclick: "document.title = 'broken into'" }).click();
  await fetch(base).then(got("fetch answered"), () => {});
  if (navigator.sendBeacon && !navigator.sendBeacon.toString().includes("native")) done.push("sendBeacon was changed");
  await new Promise((then) => setTimeout(then, 50));
  if (document.title == "broken into") done.push("a script in the page ran");
  if ([...document.querySelectorAll("body, body > p")].some((it) => getComputedStyle(it).outlineWidth == "7px")) done.push("a style in the page held");
  return done;
}

/** What may not stand in a page, and links that tell too much. */
function loose() {
  const found = [];
  const name = (/** @type {Element} */ it) => it.outerHTML.slice(0, 100);
  for (const it of document.querySelectorAll("style, [style], script:not([src], [type='application/ld+json'])")) found.push(`holds ${name(it)}`);
  for (const it of document.querySelectorAll("*")) {
    if (it.getAttributeNames().some((attribute) => attribute.startsWith("on"))) found.push(`handles events in ${name(it)}`);
  }
  for (const it of document.querySelectorAll("[href], [src], [action], [formaction]")) {
    for (const key of ["href", "src", "action", "formaction"]) {
      if (/^\s*(javascript|data|blob):/i.test(it.getAttribute(key) ?? "")) found.push(`runs ${name(it)}`);
    }
  }
  for (const it of document.querySelectorAll("a[href], area[href], form[action]")) {
    const address = new URL(it.getAttribute("href") ?? it.getAttribute("action") ?? "", location.href);
    if (!address.protocol.startsWith("http") || address.origin == location.origin) continue;
    const rel = (it.getAttribute("rel") ?? "").split(" ");
    if (!rel.includes("noreferrer") || !rel.includes("noopener")) found.push(`tells ${address.host} where the reader comes from: ${name(it)}`);
    if ([...address.searchParams.keys()].some((key) => /^(utm_|fbclid|gclid|mc_)/.test(key))) found.push(`is counted: ${address}`);
    if (it.getAttribute("ping")) found.push(`reports a press: ${name(it)}`);
  }
  for (const it of document.querySelectorAll("link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=prefetch], link[rel~=prerender]")) {
    found.push(`looks ahead: ${name(it)}`);
  }
  if (document.querySelector("meta[name=referrer]")?.getAttribute("content") != "no-referrer") found.push("lets links say where the reader comes from");
  return found;
}
