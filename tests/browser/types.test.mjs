// The scripts of the default theme and of the preview agree with the types that they name, and with what browsers offer:
// TypeScript looks at each of them in its strictest way. What one sets for another stands in `globals.d.ts`.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const here = fileURLToPath(new URL(".", import.meta.url));
const assets = "../../themes/default/assets/";
const preview = "../../src/preview/";
const scriptsOf = (/** @type {string} */ folder) => readdirSync(new URL(folder, import.meta.url)).filter((name) => name.endsWith(".js")).map((name) => folder + name);

/** Looks at files, and gives what the compiler says of them. @param {string[]} files */
async function complaints(files) {
  const ways = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2023", "--lib", "es2024,dom,dom.iterable", "--module", "esnext"];
  const run = promisify(execFile)(process.execPath, [compiler, ...ways, "globals.d.ts", ...files], { cwd: here });
  return run.then(({ stdout }) => stdout, (failed) => failed.stdout || failed.message);
}

for (const [whose, folder] of [["the default theme", assets], ["the preview", preview]]) {
  test(`every script of ${whose} keeps to its types`, async () => {
    const scripts = scriptsOf(folder);
    assert.ok(scripts.length, "there are scripts");
    assert.equal(await complaints(scripts), "");
  });
}
