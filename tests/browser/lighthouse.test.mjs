// Lighthouse gives its full marks to one page of each kind, as a phone of the middle class sees it:
// performance, accessibility, best practices, and what search engines need.
//
// It runs in processes of its own, one for each core, as it keeps one measurement a process.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpus } from "node:os";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { kinds, open, text } from "./site.mjs";

const site = open();
const measure = fileURLToPath(new URL("measure.mjs", import.meta.url));

test("robots.txt lets search engines in, and names the map of the site", () => {
  assert.match(text("/robots.txt"), /^User-agent: \*\nDisallow:\n(\nSitemap: https:\/\/\S+\n)?$/);
});

test("Lighthouse gives one page of each kind its full marks", async () => {
  const queue = Object.values(kinds);
  /** @type {string[]} */
  const found = [];
  const worker = async () => {
    for (let path = queue.shift(); path; path = queue.shift()) {
      // The page for lost addresses and others that search engines are asked to leave out need no words
      // for them.
      const isListed = !/<meta name="robots" content="[^"]*noindex/.test(text(path));
      let faults = ["was not measured"];
      // Only the time that a busy machine takes is measured again.
      for (let run = 0; run < 3 && faults.length; run++) {
        const { stdout } = await promisify(execFile)(process.execPath, [measure, site.base + path, String(isListed)]);
        faults = JSON.parse(stdout);
        if (faults.some((fault) => !fault.startsWith("performance"))) break;
      }
      found.push(...faults.map((fault) => `${path} ${fault}`));
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, cpus().length) }, worker));
  assert.deepEqual(found.sort(), []);
});
