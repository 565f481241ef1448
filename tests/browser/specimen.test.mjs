// The style page with each theme that we ship: what axe.test.mjs proves of the practice's own site holds
// for every part of a theme in every state, too.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const repository = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "specimen-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The themes of the repository. */
const themes = readdirSync(join(repository, "themes"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** Pages that differ from others in their words alone, by how their addresses begin. */
const alike = [/^es\/(?!text\/|index\.html)/, /^sources\/(?!strongest\/|limited\/|doubted\/|withdrawn\/|unknown\/|index\.html)/];

/** @param {string[]} words */
function afterword(...words) {
  const { status, stderr } = spawnSync("cargo", ["run", "--profile", "checked", "--locked", "--quiet", "--", ...words], {
    cwd: repository,
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
}

for (const theme of themes) {
  test(`every part of the theme ${theme} is accessible in every state, and keeps to its width`, () => {
    const site = join(folder, theme);
    const out = join(folder, `${theme}-built`);
    afterword("new", "site", site, "--from", "specimen");
    const settings = join(site, "site.toml");
    writeFileSync(settings, readFileSync(settings, "utf8").replace('name = "default"', `name = "${theme}"`));
    afterword("build", "--site", site, "--out", out);
    for (const path of readdirSync(out, { recursive: true })) {
      if (String(path).endsWith(".html") && alike.some((start) => start.test(String(path)))) rmSync(join(out, String(path)));
    }
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    const axe = spawnSync(process.execPath, ["--test", "axe.test.mjs"], {
      cwd: new URL(".", import.meta.url).pathname,
      env: { ...env, SITE: out },
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    assert.equal(axe.status, 0, axe.stdout.slice(0, 20_000));
  });
}
