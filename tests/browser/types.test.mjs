// The scripts of the default theme agree with the types that they name, and with what browsers offer:
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
const scripts = readdirSync(new URL(assets, import.meta.url)).filter((name) => name.endsWith(".js"));

/** Looks at files, and gives what the compiler says of them. @param {string[]} files */
async function complaints(files) {
  const ways = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2023", "--lib", "es2024,dom,dom.iterable"];
  const run = promisify(execFile)(process.execPath, [compiler, ...ways, "globals.d.ts", ...files], { cwd: here });
  return run.then(({ stdout }) => stdout, (failed) => failed.stdout || failed.message);
}

test("every script of the default theme keeps to its types", async () => {
  assert.ok(scripts.length, "the theme has scripts");
  assert.equal(await complaints(scripts.map((name) => assets + name)), "");
});
