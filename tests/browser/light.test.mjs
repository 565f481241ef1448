// How little a page asks for, and that nothing jumps while it comes: as over a slow network.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { faults, folder, kinds, open, tour, visit } from "./site.mjs";

const site = open();

/** A telephone with a poor signal: 400 ms there and back, 50 kB a second. */
const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

test("nothing moves while a page comes over a slow network, nor when it is read to its end", async () => {
  const watch = () => {
    const shifts = /** @type {any} */ (globalThis).shifts = /** @type {string[]} */ ([]);
    new PerformanceObserver((list) => {
      for (const entry of /** @type {any[]} */ (list.getEntries())) {
        const what = entry.sources?.map((/** @type {any} */ source) => source.node?.outerHTML?.slice(0, 60)).join(", ");
        if (entry.value > 0) shifts.push(`${entry.value.toFixed(4)} ${what}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  };
  // Each in a context of its own: the tabs of one share their connections, and would wait for each other.
  const look = async (/** @type {import("playwright-core").Page} */ page, /** @type {string} */ path, /** @type {(what: string) => void} */ say) => {
    await page.addInitScript(watch);
    const network = await page.context().newCDPSession(page);
    await network.send("Network.enable");
    await network.send("Network.emulateNetworkConditions", slow);
    // As somebody sees it who comes for the first time.
    await network.send("Network.setCacheDisabled", { cacheDisabled: true });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      await page.goto(site.base + path, { timeout: 60_000 });
      // Below the first screen something could take its size only when it comes into sight.
      await page.evaluate(async () => {
        const painted = () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
        for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
          scrollTo(0, y);
          await painted();
        }
      });
      for (const what of await page.evaluate(() => /** @type {any} */ (globalThis).shifts)) say(`jumps at ${width}: ${what}`);
    }
  };
  // Most of the time is spent in waiting, so more of them are looked at than usual.
  const found = await faults(Object.values(kinds), (path, say) => visit(site, undefined, {}, (page) => look(page, path, say)), 6);
  assert.deepEqual(found, []);
});

test("a page is drawn as soon as it and its style sheets are there, which come together", async () => {
  const context = await site.browser.newContext({ reducedMotion: "reduce", viewport: { width: 360, height: 740 } });
  const found = await tour(context, Object.values(kinds), async (page, path, say) => {
    await page.goto(site.base + path);
    const loads = await page.evaluate(() =>
      /** @type {any[]} */ (performance.getEntriesByType("resource")).map(({ name, initiatorType, renderBlockingStatus }) => ({
        name: new URL(name).pathname,
        initiatorType,
        renderBlockingStatus,
      })),
    );
    const blocking = loads.filter((load) => load.renderBlockingStatus == "blocking").map((load) => load.name);
    // A page of tables has a sheet for them, and a picker has one of its own. They are all asked for at
    // once, so the third costs no time.
    const shared = blocking.filter((name) => name.startsWith("/assets/"));
    if (shared.length > 3 || blocking.length > 4) say(`waits for ${blocking}`);
    for (const name of blocking) if (!name.endsWith(".css")) say(`waits for ${name}`);
    // What a style sheet asks for is known only when it has come: a round trip more.
    for (const load of loads) if (load.initiatorType == "css") say(`asks late for ${load.name}`);
    // A script that is neither deferred nor a module holds up the page even where it does not block its drawing.
    const holding = await page.evaluate(() =>
      [...document.scripts].filter((it) => it.src && !it.defer && !it.async && it.type != "module").map((it) => it.src),
    );
    for (const name of holding) say(`stops for ${name}`);
  });
  await context.close();
  assert.deepEqual(found, []);
});

test("the scripts of a picker weigh at most 6 kB together", () => {
  const assets = join(folder, "assets");
  const scripts = readdirSync(assets).filter((name) => /^(picker|pair)\..*js$/.test(name));
  assert.equal(scripts.length, 2, `${scripts}`);
  const weights = scripts.map((name) => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length);
  const sum = weights.reduce((one, other) => one + other);
  assert.ok(sum <= 6000, `${scripts}: ${weights}`);
});
