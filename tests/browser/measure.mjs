// Prints what Lighthouse finds on one page, as a list in JSON: `measure.mjs ADDRESS IS-LISTED`.
// For `lighthouse.test.mjs`, which needs a process for each measurement.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { flags } from "./flags.mjs";

const [, , address = "", isListed] = process.argv;
const chrome = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: ["--headless", ...flags] });
try {
  const result = await lighthouse(address, {
    port: chrome.port,
    output: "json",
    logLevel: "silent",
    onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
    // It asks for robots.txt from within the page, and the policy of the page lets nothing be fetched.
    // A page that search engines are asked to leave out is left out.
    skipAudits: ["robots-txt", ...(isListed == "true" ? [] : ["is-crawlable", "meta-description"])],
  });
  const { categories = {}, audits = {}, runtimeError } = result?.lhr ?? {};
  /** @type {string[]} */
  const faults = runtimeError ? [runtimeError.message] : [];
  for (const { id, score, auditRefs } of Object.values(categories)) {
    if (score == 1) continue;
    const lost = auditRefs.filter((audit) => audit.weight > 0 && (audits[audit.id]?.score ?? 1) < 1).map((audit) => {
      const { title = "", displayValue = "", details } = audits[audit.id] ?? {};
      const [where] = /** @type {any} */ (details)?.items ?? [];
      return `${title} ${displayValue} ${where?.node?.snippet ?? JSON.stringify(where ?? "")}`.trim();
    });
    faults.push(`${id} ${score === null ? "could not be measured" : Math.round(score * 100)}: ${lost.join("; ")}`);
  }
  if (Object.keys(categories).length != 4) faults.push("is not measured whole");
  console.log(JSON.stringify(faults));
} finally {
  chrome.kill();
}
