// The validator of the W3C finds no error and gives no warning in the whole output: every page, every
// picture, every style sheet.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { promisify } from "node:util";
import { folder } from "./site.mjs";

const validator = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/** What the validator warns of, and what is right all the same. */
const fine = [
  // It reads files, which belong to no host, and takes data for search engines for a script. How the
  // policy works in a browser, `private.test.mjs` proves.
  /violates Content Security Policy/,
  // Safari no longer calls a list a list when its marks are taken away, unless it is told.
  /^The “list” role is unnecessary for element “[uo]l”/,
  // Younger than its list of what CSS knows. Browsers that do not know it either leave it.
  /^CSS: “(container-type|scroll-target-group|vector-effect)”: Property .* doesn't exist/,
  /^CSS: Unknown pseudo-element or pseudo-class “:target-current”/,
  /^CSS: Unrecognized at-rule “@container”/,
];

test("the validator of the W3C finds nothing in any page, picture or style sheet", async () => {
  const files = readdirSync(folder, { recursive: true }).map(String).filter((path) => /\.(html|svg|css)$/.test(path));
  const { stderr } = await promisify(execFile)(
    "java",
    ["-jar", validator, "--format", "json", "--exit-zero-always", "--also-check-svg", "--also-check-css", ...files],
    { cwd: folder, maxBuffer: 1 << 26 },
  );
  const found = JSON.parse(stderr)
    .messages.filter((/** @type {any} */ it) => !fine.some((warning) => warning.test(it.message)))
    .map((/** @type {any} */ it) => `${it.url.split("/").slice(-2).join("/")}:${it.lastLine ?? 0}: ${it.message}`);
  assert.deepEqual([...new Set(found)].sort(), []);
});
