// A picker made of nothing but its file: the site in plants/ asks other questions in two languages, has
// no plan and nobody to choose with. What holds for the guide's own picker holds for it too.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { answer, answerEach, checks, expected, phone, press, shown } from "./picker.mjs";
import { anyAnswers, fitting, pickers, said, seeded } from "./picker-file.mjs";
import { open, visit } from "./site.mjs";

const repository = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "plants-"));
after(() => rmSync(folder, { recursive: true, force: true }));

// With the theme as it is now: the program holds the one with which it was compiled.
cpSync(new URL("plants", import.meta.url).pathname, folder, { recursive: true });
cpSync(join(repository, "themes/default"), join(folder, "themes/default"), { recursive: true });
const [program, ...first] = process.env.AFTERWORD ? [process.env.AFTERWORD] : ["cargo", "run", "--profile", "checked", "--locked", "--quiet", "--"];
const { status, stderr } = spawnSync(program, [...first, "build", "--site", folder, "--out", join(folder, "public")], {
  cwd: repository,
  encoding: "utf8",
});
assert.equal(status, 0, stderr);

const site = open(join(folder, "public"));
/** The same questions, in each language. */
const editions = pickers(join(folder, "content"));
const [english] = editions;
const check = checks(site, editions);

/** @param {import("./picker.mjs").Picker} picker Each answer alone, and many that are mixed. */
function toTry(picker) {
  const random = seeded(5);
  const single = picker.facets.flatMap(({ id, options }) => options.map((option) => ({ [id]: [option.id] })));
  return [...single, ...Array.from({ length: 60 }, () => anyAnswers(picker, random))];
}

for (const javaScriptEnabled of [false, true]) {
  check(`answers leave what fits, and all is said in its language: ${javaScriptEnabled ? "with" : "without"} a script`, { javaScriptEnabled, viewport: phone }, async (page, picker) => {
    const { language } = picker;
    page.on("pageerror", (error) => assert.fail(error));
    assert.deepEqual(await shown(page), expected(picker, {}));
    const tried = toTry(picker);
    const found = await answerEach(page, tried);
    tried.forEach((answers, at) => {
      const { groups, count, emptyGroups } = found[at];
      assert.deepEqual(groups, expected(picker, answers), JSON.stringify(answers));
      // The count is in the picker's own words, and there without a script there is none.
      assert.equal(count, javaScriptEnabled ? said(picker.words.count, language).replace("{}", groups.flat().length) : "");
      if (javaScriptEnabled) assert.equal(emptyGroups, 0);
    });
    assert.ok(tried.some((answers) => !fitting(picker, answers).length), "also when nothing is left");
    await page.locator(".picker [type=reset]").click();
    assert.deepEqual(await shown(page), expected(picker, {}));

    const text = (/** @type {string} */ selector) => page.locator(selector).allTextContents();
    const words = picker.words;
    assert.deepEqual(await text(".picker form h2"), [said(words.ask, language)]);
    assert.deepEqual(await text(".picker .found h2"), [said(words.found, language)]);
    assert.deepEqual(await text(".picker [type=reset]"), [said(words.reset, language)]);
    assert.deepEqual(await text(".picker legend"), picker.facets.map(({ question }) => said(question, language)));
    const any = picker.facets.filter(({ isSeveral }) => !isSeveral).map(() => said(words.any, language));
    assert.deepEqual(await text('.picker label:has([value=""])'), any);
    const ideas = expected(picker, {}).flat().map((id) => said(picker.ideas.find((idea) => idea.id == id).name, language));
    assert.deepEqual(await text(".idea > :is(h3, h4)"), ideas);
    assert.equal(await page.locator("html").getAttribute("dir"), language == "ar" ? "rtl" : "ltr");
  });
}

check("there is no plan, and nobody to choose with", { viewport: phone }, async (page) => {
  assert.equal(await page.locator(".plan, .together, .two, [data-do=add], [data-do=together]").count(), 0);
  for (const path of await page.locator("script[src]").evaluateAll((all) => all.map((it) => it.getAttribute("src") ?? ""))) {
    assert.ok(!path.includes("pair"), "nor the script for it");
  }
});

check("the script asks one question at a time, surprises, and stays calm about what it does not have", { viewport: phone }, async (page, picker) => {
  page.on("pageerror", (error) => assert.fail(error));
  const asked = page.locator(".picker fieldset").filter({ visible: true });
  for (const [at] of picker.facets.entries()) {
    assert.equal(await asked.count(), 1);
    assert.ok(await page.locator(".picker fieldset").nth(at).isVisible());
    await press(page, "next");
  }
  assert.ok(await page.evaluate(() => document.activeElement?.matches(".found h2")));
  await press(page, "surprise");
  assert.ok(await page.evaluate(() => document.activeElement?.matches(".idea.picked")));
  // Nothing always fits here, so there may be nothing to surprise with.
  const random = seeded(9);
  const none = Array.from({ length: 400 }, () => anyAnswers(picker, random)).find((answers) => !fitting(picker, answers).length);
  await answer(page, none ?? {});
  assert.deepEqual(await shown(page), []);
  await press(page, "surprise");
  assert.equal(await page.locator(".picked").filter({ visible: true }).count(), 0);
  // A link that was made for choosing together elsewhere.
  await page.evaluate(() => void (location.hash = "#s=0abcdef" + "A".repeat(64)));
  await page.reload();
  assert.deepEqual(await shown(page), expected(picker, {}));
});

test("the lists that have a page of their own show what fits, in each language", async () => {
  assert.deepEqual(editions.map(({ language }) => language), ["en", "ar"]);
  for (const { path, language, lists } of editions) {
    for (const { id, title, with: answers } of lists) {
      await visit(site, `${path}${id}/`, { viewport: phone }, async (page) => {
        const given = Object.fromEntries(Object.entries(answers).map(([facet, given]) => [facet, [given].flat().map(String)]));
        const addresses = await page.locator(".idea a").evaluateAll((all) => all.map((it) => new URL(/** @type {HTMLAnchorElement} */ (it).href)).map((it) => it.pathname + it.hash));
        assert.deepEqual(addresses, expected(english, given).flat().map((idea) => `${path}#idea-${idea}`));
        assert.equal(await page.locator("h1").textContent(), said(title, language));
      });
    }
  }
});

test("an article shows the ideas that fit, and leads to the picker", async () => {
  await visit(site, "/windows/", { javaScriptEnabled: false, viewport: phone }, async (page) => {
    const list = page.locator('.text :is([role="group"], .some)').filter({ hasText: "They are content with it" });
    const links = await list.locator("a").evaluateAll((all) => all.map((it) => new URL(/** @type {HTMLAnchorElement} */ (it).href)).map((it) => it.pathname + it.hash));
    assert.deepEqual(links, [...fitting(english, { light: ["little"] }).map((id) => `${english.path}#idea-${id}`), english.path]);
    await list.locator("a").first().click();
    assert.ok(await page.locator(".idea:target").isVisible());
  });
});

check("nothing scrolls sideways at 320 pixels, also from right to left", { viewport: { width: 320, height: 640 } }, async (page) => {
  await page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
});
