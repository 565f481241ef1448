// How long does a picker take from a press until what it leaves is shown and counted?
//
//     node tests/bench/picker.mjs                         500 and 5,000 ideas, 400 presses each
//     node tests/bench/picker.mjs --ideas 500 --presses 1000
//
// It writes sites whose pickers ask eight questions, builds them, and presses at random in Chromium. See
// README.md beside this file for what is measured. The exit code is 0 whatever the figures are.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { flags } from "../browser/flags.mjs";
import { fitting, pickers, seeded } from "../browser/picker-file.mjs";

const { chromium } = createRequire(new URL("../browser/package.json", import.meta.url))("playwright-core");
const repository = new URL("../..", import.meta.url).pathname;

const { values: wanted } = parseArgs({
  options: {
    ideas: { type: "string", default: "500,5000" },
    presses: { type: "string", default: "400" },
    slower: { type: "string", default: "1,4" },
    afterword: { type: "string", default: process.env.AFTERWORD ?? "" },
  },
});

/** Eight questions as different as those of a real picker: words and numbers, one answer and several. */
const questions = [
  ["who", 4, "one"],
  ["minutes", 4, "number"],
  ["energy", 3, "one"],
  ["touch", 3, "one"],
  ["words", 3, "one"],
  ["part", 3, "one"],
  ["when", 4, "one"],
  ["needs", 7, "several"],
];

/** @param {number} count */
function activities(count) {
  const random = seeded(count);
  const below = (/** @type {number} */ most) => Math.floor(random() * most);
  const facets = questions.map(([id, many, kind]) => {
    const ids = Array.from({ length: Number(many) }, (_, at) => `${id}-${at}`);
    const answers = kind == "number"
      ? `    unit: min\n    options:\n${ids.map((_, at) => `      - { id: "${5 * 3 ** at}", name: ${5 * 3 ** at} minutes, at_most: ${5 * 3 ** at} }\n`).join("")}`
      : `    answers: ${kind}\n    values: { ${ids.map((id) => `${id}: ${id}`).join(", ")} }\n`;
    return `  ${id}:\n    name: ${id}\n    question: Which ${id}?\n${answers}`;
  });
  const ideas = Array.from({ length: count }, (_, at) => {
    const said = questions.map(([id, many, kind]) => {
      if (kind == "number") return `    ${id}: ${1 + below(90)}\n`;
      const few = 1 + below(Math.min(3, Number(many)));
      const values = [...Array(Number(many)).keys()].sort(() => random() - 0.5).slice(0, few);
      return `    ${id}: [${values.map((value) => `${id}-${value}`).join(", ")}]\n`;
    });
    return `  - id: idea-${at}\n    name: Do the small thing ${at}\n    how: Take what you have beside you, and do it for as long as it is good.\n    evidence: personal preference\n${said.join("")}`;
  });
  return `group_by: part\nplan: when\ntogether: true\nfacets:\n${facets.join("")}ideas:\n  - id: rest\n    name: Nothing\n    how: Let it be.\n    evidence: personal preference\n    always: true\n${ideas.join("")}`;
}

/** @param {string} folder @param {number} count Builds a site whose picker has so many ideas. */
function built(folder, count) {
  const site = join(folder, `${count}`);
  mkdirSync(join(site, "content"), { recursive: true });
  // The theme as it is now, and not as it was when the program was compiled.
  cpSync(join(repository, "themes/default"), join(site, "themes/default"), { recursive: true });
  writeFileSync(join(site, "site.toml"), 'title = "Bench"\nbase_url = "https://bench.example/"\n');
  writeFileSync(join(site, "content/_index.md"), "---\ntitle: Bench\n---\n");
  writeFileSync(join(site, "content/ideas.md"), "---\ntitle: Ideas\nkind: picker\npicker: ideas.yaml\n---\n");
  writeFileSync(join(site, "content/ideas.yaml"), activities(count));
  const out = join(site, "public");
  const [program, ...first] = wanted.afterword ? [wanted.afterword] : ["cargo", "run", "--release", "--locked", "--quiet", "--"];
  const { status, stderr } = spawnSync(program, [...first, "build", "--site", site, "--out", out], { cwd: repository, encoding: "utf8" });
  if (status != 0) throw new Error(stderr);
  return { site, out };
}

/** @param {string} out Serves a built site. */
async function serve(out) {
  const types = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
  const server = createServer((request, response) => {
    let file = join(out, new URL(request.url ?? "/", "http://site").pathname);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(file)] ?? "text/html; charset=utf-8", "content-encoding": "gzip" });
    response.end(gzipSync(readFileSync(file)));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  return { server, base: `http://127.0.0.1:${/** @type {any} */ (server.address()).port}` };
}

/**
 * Presses answers at random. Runs in the page, and gives for each press how many milliseconds passed
 * until all was laid out and counted, and until the next frame could be shown, and what was left then.
 *
 * @param {number} presses
 */
async function press(presses) {
  const inputs = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(".picker form input")]);
  const form = /** @type {HTMLFormElement} */ (document.querySelector(".picker form"));
  const frame = () => new Promise((then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(0); // after what this frame shows has been drawn up
  }));
  let mixed = 1;
  const random = () => (mixed = (mixed * 48271) % 2147483647) / 2147483647;
  const found = [];
  for (let at = 0; at < presses; at++) {
    if (at % 7 == 0) form.reset();
    await frame();
    await frame();
    const input = inputs[Math.floor(random() * inputs.length)];
    const began = performance.now();
    input.click();
    void document.body.offsetHeight;
    const counted = performance.now();
    await frame();
    found.push({
      counted: counted - began,
      drawn: performance.now() - began,
      count: document.querySelector(".count")?.textContent?.match(/\d+/)?.[0],
      answers: [...document.querySelectorAll(".picker form :checked")].map((it) => it.id).filter((id) => id),
    });
  }
  return found;
}

/** @param {number[]} all @param {number} share */
const quantile = (all, share) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))].toFixed(1);

const folder = mkdtempSync(join(tmpdir(), "bench-picker-"));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: flags });
try {
  console.log("| ideas | processor | until | median ms | 95 % | longest |\n| --: | --- | --- | --: | --: | --: |");
  for (const count of wanted.ideas.split(",").map(Number)) {
    const { site, out } = built(folder, count);
    const [picker] = pickers(join(site, "content"));
    const { server, base } = await serve(out);
    for (const slower of wanted.slower.split(",").map(Number)) {
      const page = await browser.newPage({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
      await page.goto(`${base}/ideas/`, { timeout: 120_000 });
      await page.locator(".picker [data-do=next]").click();
      const session = await page.context().newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
      const found = await page.evaluate(press, Number(wanted.presses));
      for (const { answers, count } of found) {
        // A fast page that shows what does not fit would be of no use.
        const asked = Object.fromEntries(picker.facets.map(({ id, options }) => [id, options.map((it) => it.id).filter((it) => answers.includes(`q-${id}-${it}`))]));
        const left = fitting(picker, asked).length;
        if (left != Number(count)) throw new Error(`${JSON.stringify(answers)} leave ${left}, and the page says ${count}`);
      }
      for (const [until, name] of [["counted", "laid out and counted"], ["drawn", "next frame"]]) {
        const all = found.map((it) => it[until]);
        console.log(`| ${count} | ${slower == 1 ? "as it is" : `${slower} times slower`} | ${name} | ${quantile(all, 0.5)} | ${quantile(all, 0.95)} | ${quantile(all, 1)} |`);
      }
      await page.close();
    }
    server.close();
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
