// Runs files of tests, two at a time: a test waits for its browser most of the time, and another file can
// use that. What a file says is printed when it has ended, so that nothing is mixed. All are run, also
// after one that failed.
//
// `node files.mjs FILE...`; a word `--` stands before those that measure time, which run alone at the end.

import { spawn } from "node:child_process";

const words = process.argv.slice(2);
const at = words.includes("--") ? words.indexOf("--") : words.length;
/** @type {string[]} */
const failed = [];

/** @param {string[]} files @param {number} lanes */
async function pass(files, lanes) {
  const queue = [...files];
  const lane = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const began = Date.now();
      const { code, said } = await run(file);
      process.stdout.write(said);
      console.log(`tests/browser/run: ${file} took ${Math.round((Date.now() - began) / 1000)} s`);
      if (code !== 0) failed.push(file);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** @param {string} file @returns {Promise<{ code: number | null, said: string }>} */
function run(file) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ["--test", "--test-reporter=spec", file], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part) => (said += part));
    child.on("error", fail).on("close", (code) => done({ code, said }));
  });
}

await pass(words.slice(0, at), 2);
await pass(words.slice(at + 1), 1);
console.log(`tests/browser/run: all took ${Math.round(performance.now() / 1000)} s`);
if (failed.length) {
  console.error(`tests/browser/run: failed in ${failed.sort().join(" ")}`);
  process.exitCode = 1;
}
