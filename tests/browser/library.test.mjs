// The library of all sources: its filter works without a script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open, pages, text, visit } from "./site.mjs";

const site = open();
const library = pages.find((page) => text(page).includes('class="filter"'));

/** @typedef {import("playwright-core").Page} Page */

/** @param {string} name @param {(page: Page) => Promise<void>} look */
function check(name, look) {
  test(name, async () => {
    assert.ok(library, "the site has a library of sources");
    await visit(site, library, { viewport: { width: 360, height: 740 }, javaScriptEnabled: false }, look);
  });
}

/** @param {Page} page The works that are shown. */
const shown = (page) => page.locator(".works > li").filter({ visible: true });

check("each strength and kind shows its own works, and all again after a reset", async (page) => {
  const all = await page.locator(".works > li").count();
  assert.ok(all > 0);
  assert.equal(await shown(page).count(), all);
  for (const group of ["strength", "kind"]) {
    let sum = 0;
    for (const choice of await page.locator(`input[name=${group}][id]`).all()) {
      await choice.check();
      const id = (await choice.getAttribute("id"))?.replace("only-", "") ?? "";
      const count = await shown(page).count();
      assert.ok(count > 0, `${id} is offered, so there are some`);
      assert.equal(await shown(page).and(page.locator(`.${id}`)).count(), count, id);
      sum += count;
    }
    assert.ok(sum > 0 && sum <= all, group);
    if (group == "strength") assert.equal(sum, all, "every work has a strength, or is said to have none");
    await page.locator(".filter [type=reset]").click();
    assert.equal(await shown(page).count(), all);
  }
});

check("choices of several groups hold together, and how many fit is always said", async (page) => {
  const strengths = await page.locator("input[name=strength][id]").all();
  const kinds = await page.locator("input[name=kind][id]").all();
  for (const strength of strengths) {
    await strength.check();
    for (const kind of kinds) {
      await kind.check();
      const classes = [strength, kind].map(async (choice) => `.${(await choice.getAttribute("id"))?.replace("only-", "")}`);
      const both = page.locator(`.works > li${(await Promise.all(classes)).join("")}`);
      assert.equal(await shown(page).count(), await both.count());
      assert.ok(await page.locator(".shown").isVisible());
    }
  }
});

check("the list comes first, and a link leads to what the strengths mean", async (page) => {
  const strengths = page.locator("#page-strengths");
  const top = async (/** @type {import("playwright-core").Locator} */ part) => (await part.boundingBox())?.y ?? 0;
  assert.ok((await top(page.locator(".works"))) < (await top(strengths)));
  await page.locator('.catalogue a[href="#page-strengths"]').click();
  const y = await top(strengths);
  assert.ok(y >= 0 && y < 740, "it is in sight");
});
