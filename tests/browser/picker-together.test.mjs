// Choosing together in the picker: on one device, by a link, with secret words; what is shown is what
// all said yes or maybe to, and nobody learns what else anybody said.
//
// What somebody could learn who looks for it is in picker-secret.test.mjs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { address, answer, away, chance, ideas, link, mark, overlap, people, picker, planned, press, remains, settled, shared, stage, take, words } from "./picker-people.mjs";

const site = people();

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./picker-people.mjs").Answers} Answers */

// Three people, each of whom says yes, maybe, no, not sure and nothing to some ideas.
const [ada, ben, cy] = [1, 2, 3].map((seed) => {
  const pick = chance(seed);
  const said = /** @type {Answers} */ ({});
  ideas.forEach((_, at) => {
    const word = words[pick(words.length)];
    if (word) said[at] = word;
  });
  return said;
});
if (!ada || !ben || !cy) throw new Error("there are three");

const open = ["together", "answer"];

/** Opens a link in a tab of this device that has the page already, or in one that has not. @param {Page} page @param {string} to */
const follow = async (page, to, where = "here") => {
  if (where == "anew") await page.goto("about:blank");
  await page.goto(to);
};

test("the page has ideas to choose among, one of which always fits", () => {
  assert.ok(ideas.length > 20);
  assert.ok(ideas.some((idea) => idea.always));
  for (const some of [overlap(ada, ben), overlap(ada, ben, cy)]) assert.ok(some.length > 3 && some.length < ideas.length / 2, `${some.length}`);
});

test("two people on one device see what both said yes or maybe to, and put it into a plan", () =>
  site.meet(1, async (page) => {
    await press(page, ...open);
    await take(page, ada);
    assert.ok(!(await page.locator("[data-do=reveal]").isVisible()), "one person's answers are shown to nobody");
    await press(page, "answer");
    await take(page, ben);
    await press(page, "reveal");
    const both = await shared(page);
    assert.deepEqual(both, overlap(ada, ben));
    assert.ok(!(await page.locator(".plan").isVisible()));
    await press(page, "plan");
    assert.deepEqual(await planned(page), both);
    assert.ok(await page.locator(".plan").isVisible());
    assert.equal(await page.evaluate(() => document.activeElement?.closest("section")?.className), "plan");
  }));

test("three people on one device see what all three said yes or maybe to", () =>
  site.meet(1, async (page) => {
    await press(page, ...open);
    await take(page, ada);
    for (const said of [ben, cy]) {
      await press(page, "answer");
      await take(page, said);
    }
    await press(page, "reveal");
    assert.deepEqual(await shared(page), overlap(ada, ben, cy));
  }));

test("somebody who leaves every answer out shares what always fits, and nothing else", () =>
  site.meet(1, async (page) => {
    await press(page, ...open);
    await take(page, ada);
    await press(page, "answer");
    await take(page, {});
    await press(page, "reveal");
    assert.deepEqual(await shared(page), overlap({}));
  }));

for (const secret of ["", "  Grün thé ☕ "]) {
  for (const where of ["anew", "here"]) {
    const how = `${secret ? "with" : "without"} secret words, ${where == "here" ? "in a tab that has the page already" : "in a new tab"}`;
    test(`a link carries what was said to another device, and another one carries back what both share: ${how}`, () =>
      site.meet(2, async (one, other) => {
        await press(one, ...open);
        await take(one, ada);
        const sent = await link(one, secret);
        assert.ok(sent.startsWith(`${site.base}${picker}#s=`) && sent.includes(mark), sent);
        await follow(other, sent, where);
        await stage(other, "sent");
        assert.equal(await other.locator(".opens").isVisible(), secret != "");
        if (secret) await other.locator(".opens").fill(secret.trim());
        await press(other, "answer");
        await take(other, ben);
        await press(other, "reveal");
        assert.deepEqual(await shared(other), overlap(ada, ben));
        await follow(one, await link(other, secret), where);
        await stage(one, "sent");
        if (secret) await one.locator(".opens").fill(secret);
        await press(one, "answer");
        assert.deepEqual(await shared(one), overlap(ada, ben), "without another question");
        await press(one, "plan");
        assert.deepEqual(await planned(one), overlap(ada, ben));
      }));
  }
}

test("three devices choose together when the second sends its link on", () =>
  site.meet(3, async (one, second, third) => {
    await press(one, ...open);
    await take(one, ada);
    await follow(second, await link(one));
    await press(second, "answer");
    await take(second, ben);
    await follow(third, await link(second));
    await press(third, "answer");
    await take(third, cy);
    await press(third, "reveal");
    assert.deepEqual(await shared(third), overlap(ada, ben, cy));
  }));

test("wrong words open nothing, say so, and can be put right", () =>
  site.meet(2, async (one, other) => {
    await press(one, ...open);
    await take(one, ada);
    await follow(other, await link(one, "green tea"));
    for (const wrong of ["", "green", "Green tea"]) {
      await other.locator(".opens").fill(wrong);
      await press(other, "answer");
      await other.locator(".said:not(:empty)").waitFor();
      await stage(other, "sent");
      assert.equal(await other.locator("fieldset.say").count(), 0);
      await other.evaluate(() => document.querySelector(".said")?.replaceChildren());
    }
    await other.locator(".opens").fill("green tea");
    await press(other, "answer");
    await take(other, ben);
    await press(other, "reveal");
    assert.deepEqual(await shared(other), overlap(ada, ben));
  }));

test("a link for another list and a damaged link say so, change nothing, and leave the address", () =>
  site.meet(2, async (one, other) => {
    await press(one, ...open);
    await take(one, ada);
    const sent = await link(one), [before = "", text = ""] = sent.split("#s=");
    const turned = [...mark].reverse().join("");
    assert.notEqual(turned, mark);
    for (const bad of [text.replace(mark, turned), text.slice(0, 30), "x", "%", `${text}%`, `9${text.slice(1)}`]) {
      await follow(other, `${before}#s=${bad}`);
      await other.locator(".said:not(:empty)").waitFor();
      assert.equal(await other.locator(".picker").getAttribute("data-stage"), "", bad);
      assert.equal(other.url(), before);
      await other.evaluate(() => document.querySelector(".said")?.replaceChildren());
    }
    // What only looks like a link is found out when it is opened.
    const middle = text.length >> 1, letter = text[middle] == "A" ? "B" : "A";
    for (const bad of [text.slice(0, middle) + letter + text.slice(middle + 1), text.slice(0, -2), `${text}AA`, `2${text.slice(1)}`, `1${text.slice(1)}`]) {
      await follow(other, `${before}#s=${bad}`);
      await stage(other, "sent");
      await press(other, "answer");
      await other.locator(".said:not(:empty)").waitFor();
      await stage(other, "sent");
      assert.equal(await other.locator("fieldset.say, .both li").count(), 0, bad);
      await other.evaluate(() => document.querySelector(".said")?.replaceChildren());
    }
    await follow(other, sent);
    await press(other, "answer");
    await stage(other, "answer");
  }));

test("the QR code shows the link that stands beside it", async () => {
  const { default: read } = await import("jsqr");
  await site.meet(1, async (page) => {
    await press(page, ...open);
    await take(page, ada);
    const plain = await page.context().newPage();
    for (const scheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme: scheme });
      const sent = await link(page);
      const picture = await page.locator("div.qr svg").screenshot();
      const { width, height, colours } = await plain.evaluate(pixels, picture.toString("base64"));
      assert.equal(/** @type {any} */ (read)(Uint8ClampedArray.from(colours), width, height)?.data, sent, scheme);
    }
  });
});

test("a link is out of the address and the history as soon as it is opened, and adds nothing to Back", () =>
  site.meet(2, async (one, other) => {
    await press(one, ...open);
    await take(one, ada);
    const sent = await link(one);
    const history = async () => {
      const client = await other.context().newCDPSession(other);
      return (await client.send("Page.getNavigationHistory")).entries.map(({ url }) => url);
    };
    const before = await history();
    await follow(other, sent);
    await stage(other, "sent");
    assert.deepEqual([other.url(), await history()], [address(other), [...before, address(other)]], "in a tab that has the page");
    await follow(other, sent, "anew");
    await stage(other, "sent");
    assert.equal(other.url(), address(other));
    assert.deepEqual(await history(), [...before, address(other), "about:blank", address(other)], "in a new one");
    await press(other, "answer");
    await take(other, ben);
    await press(other, "reveal");
    await shared(other);
    assert.deepEqual(await history(), [...before, address(other), "about:blank", address(other)], "after all of it");
    await other.goBack();
    await other.goForward();
    await stage(other, "");
  }));

for (const when of ["before", "after"]) {
  test(`a link that is opened late asks nobody who has erased it ${when}`, () =>
    site.meet(2, async (one, other) => {
      await press(one, ...open);
      await take(one, ada);
      await follow(other, await link(one));
      if (when == "after") await press(other, "erase");
      // Both presses in one go: opening takes a moment, and nobody can be sure to be quicker.
      else await other.evaluate(() => {
        for (const name of ["answer", "erase"]) {
          const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`.together [data-do=${name}]`)]);
          all.find((it) => it.checkVisibility())?.click();
        }
      });
      await settled(other);
      await stage(other, "");
      await press(other, ...open);
      await take(other, ben);
      assert.ok(!(await other.locator("[data-do=reveal]").isVisible()), "they are alone");
    }));
}

test("erasing forgets every answer, at each stage", () =>
  site.meet(1, async (page) => {
    const fresh = async (/** @type {string} */ when) => {
      await stage(page, "");
      await settled(page);
      assert.deepEqual(await remains(page), [], when);
      assert.deepEqual(await page.evaluate(() => ({ ...localStorage, ...sessionStorage })), {}, when);
    };
    await press(page, "together", "erase");
    await fresh("start");
    await press(page, ...open);
    await answer(page, ada);
    await press(page, "erase");
    await fresh("answer");
    await press(page, ...open);
    await take(page, ada);
    await link(page, "green tea");
    await press(page, "erase");
    await fresh("hand");
    await press(page, ...open);
    await take(page, ada);
    await press(page, "answer");
    await take(page, ben);
    await press(page, "reveal");
    await link(page);
    await press(page, "erase");
    await fresh("shared");
    // Whoever begins now begins alone.
    await press(page, ...open);
    await take(page, ben);
    assert.ok(!(await page.locator("[data-do=reveal]").isVisible()));
    assert.ok(!(await page.content()).includes("#s="));
  }));

test("leaving quickly forgets what was said, also for somebody who kept hold of the page", () =>
  site.meet(1, async (page) => {
    await page.route(away, () => new Promise(() => {}));
    await press(page, ...open);
    await take(page, ada);
    await press(page, "answer");
    await take(page, ben);
    // Such a page answers no question any more, so it tells by its console.
    await page.evaluate(() => {
      const root = /** @type {HTMLElement} */ (document.querySelector(".picker"));
      addEventListener("afterword:leave", () => setTimeout(() => {
        /** @type {HTMLElement} */ (root.querySelector("[data-do=reveal]")).click();
        console.log(`held ${root.querySelectorAll(".both li").length}`);
      }));
    });
    const [said] = await Promise.all([
      page.waitForEvent("console", (it) => it.text().startsWith("held")),
      page.locator(".leave").click({ noWaitAfter: true }),
    ]);
    assert.equal(said.text(), "held 0");
  }));

test("after leaving quickly Back and Forward lead past the picker", () =>
  site.meet(1, async (page) => {
    const before = "https://neutral.example/before";
    await page.context().route((url) => !url.href.startsWith(site.base), (route) =>
      route.fulfill({ body: "<!doctype html><title>Neutral</title>", contentType: "text/html" }));
    await page.goto(before);
    await page.goto(site.base + picker);
    await press(page, ...open);
    await take(page, ada);
    await page.locator(".leave").click();
    await page.waitForURL(away);
    await page.goBack();
    assert.equal(page.url(), before);
    await page.goForward();
    assert.equal(page.url(), away);
  }));

test("choosing together asks for nothing once the page is there, and needs no network", () => {
  /** @type {string[]} */
  const asked = [];
  return site.meet(2, async (one, other) => {
    for (const page of [one, other]) {
      await page.context().setOffline(true);
      // The icon of the tab is drawn when the browser finds the time.
      page.on("request", (request) => request.url().includes("/icon.") || asked.push(request.url().slice(0, 80)));
      page.on("pageerror", (error) => asked.push(error.message));
      // What the policy of the page keeps from being asked is told there.
      page.on("console", (said) => said.location().url.includes("/icon.") || asked.push(said.text()));
      page.on("websocket", (socket) => asked.push(socket.url()));
    }
    await press(one, ...open);
    await take(one, ada);
    const sent = await link(one, "tea");
    await other.evaluate((to) => void (location.href = to), sent);
    await stage(other, "sent");
    await other.locator(".opens").fill("tea");
    await press(other, "answer");
    await take(other, ben);
    await press(other, "reveal");
    assert.deepEqual(await shared(other), overlap(ada, ben));
    await link(other);
    await press(other, "plan", "erase");
    await press(one, "answer");
    await take(one, cy);
    await press(one, "reveal");
    assert.deepEqual(await shared(one), overlap(ada, cy));
    assert.deepEqual(asked, []);
  });
});

// Runs in a page.

/** The pixels of a picture. @param {string} picture */
async function pixels(picture) {
  const bytes = Uint8Array.from(atob(picture), (it) => it.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  const { data, width, height } = /** @type {ImageData} */ (context?.getImageData(0, 0, bitmap.width, bitmap.height));
  return { width, height, colours: [...data] };
}
