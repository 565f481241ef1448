// What people need who read at 320 pixels, in large letters, with more space, by keyboard, in colours
// of their own, from right to left, or without motion. On pages that together show all of the theme.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { abroad, folder, kinds, open, telling, tour } from "./site.mjs";

const site = open();

// Every page that shows something of its own takes minutes, and waits for `tests/browser/run all`.
const usual = ["home", "article", "faq", "help", "section", "sources", "not-found"];
const looked = process.env.ALL == "yes" ? telling : usual.map((kind) => kinds[kind]);

/** @typedef {import("playwright-core").Page} Page */

const phone = { width: 320, height: 640 };
const wide = { width: 1280, height: 900 };

/** What WCAG 1.4.12 lets a reader ask for. */
const spacing = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }`;

/**
 * @param {string} name
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: Page, say: (what: string) => void) => Promise<void>} look
 * @param {string[]} where The pages.
 */
function check(name, options, look, where = looked) {
  test(name, async () => {
    const context = await site.browser.newContext({ reducedMotion: "reduce", ...options });
    const found = await tour(context, where, async (page, path, say) => {
      // The page before may have been looked at in another width.
      if (options.viewport) await page.setViewportSize(options.viewport);
      await page.goto(site.base + path);
      await look(page, say);
    });
    await context.close();
    assert.deepEqual(found, []);
  });
}

const large = "html { font-size: 200% !important }";

check("nothing scrolls sideways or is cut off, in no width, with letters and spaces as large as a reader may want", { viewport: phone, bypassCSP: true }, async (page, say) => {
  await openAll(page);
  for (const [how, viewport, style] of /** @type {const} */ ([
    ["at 320 pixels, which is 1280 at 400 %", phone, ""],
    ["at 320 pixels with more space in the text", phone, spacing],
    ["at 1280 pixels with more space in the text", wide, spacing],
    ["at 640 pixels with letters of 200 %", { width: 640, height: 800 }, large],
    ["at 360 pixels with letters of 200 %", { width: 360, height: 740 }, large],
  ])) {
    await page.setViewportSize(viewport);
    const asked = style && (await page.addStyleTag({ content: style }));
    for (const what of await page.evaluate(lost)) say(`${how}: ${what}`);
    if (asked) await asked.evaluate((it) => /** @type {Element} */ (it).remove());
  }
}, [...looked, ...abroad]);

check("everything to press is 44 pixels wide and high, but for links in sentences", { viewport: phone }, async (page, say) => {
  await openAll(page);
  for (const what of await page.evaluate(smallTargets)) say(what);
  await page.setViewportSize(wide);
  for (const what of await page.evaluate(smallTargets)) say(`wide: ${what}`);
}, [...looked, ...abroad]);

for (const [name, options] of /** @type {const} */ ([
  ["wide and light", { viewport: wide, colorScheme: "light" }],
  ["narrow and dark", { viewport: phone, colorScheme: "dark" }],
])) {
  check(`the keyboard goes everywhere in order, and where it is can be seen: ${name}`, options, async (page, say) => {
    await openAll(page);
    for (const what of await page.evaluate(() => [...document.querySelectorAll("[tabindex]")]
      .filter((it) => Number(it.getAttribute("tabindex")) > 0).map((it) => it.outerHTML))) say(`has an order of its own: ${what}`);
    const stops = await page.evaluate(countStops);
    let before = null;
    for (let nth = 0; nth < stops + 5; nth++) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(focused);
      if (!stop) break;
      for (const what of stop.faults) say(`${stop.name}: ${what}`);
      if (before && goesBack(before, stop, stop.rtl)) {
        say(`goes back from ${before.name} to ${stop.name}`);
      }
      before = stop;
    }
  });
}

check("nothing moves for those who ask for less motion, and nothing moves by itself for anybody", { viewport: wide, reducedMotion: "no-preference" }, async (page, say) => {
  for (const what of await page.evaluate(moving)) say(`moves by itself: ${what}`);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openAll(page);
  for (const what of await page.evaluate(moving)) say(`moves: ${what}`);
  for (const what of await page.evaluate(wouldMove)) say(`would move: ${what}`);
  await page.emulateMedia({ reducedMotion: "no-preference" });
});

check("drawings that tell something are drawn in colours that the reader chose, light and dark", { viewport: wide, forcedColors: "active" }, async (page, say) => {
  await openAll(page);
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme, forcedColors: "active" });
    for (const what of await page.evaluate(faintShapes)) say(`${colorScheme}: ${what}`);
  }
});

check("read from right to left, every part of the page is mirrored", { viewport: wide }, async (page, say) => {
  const before = await page.evaluate(places);
  await page.evaluate(() => {
    document.documentElement.dir = "rtl";
    for (const it of document.querySelectorAll("article[dir]")) it.setAttribute("dir", "rtl");
  });
  const mirrored = await page.evaluate(places);
  before.forEach(([name, start], at) => {
    const [, , end] = mirrored[at] ?? ["", 0, 0];
    if (Math.abs(start - end) > 2) say(`${name}: ${start} from the left, and then ${end} from the right`);
  });
  for (const what of await page.evaluate(lost)) say(what);
  await page.setViewportSize(phone);
  for (const what of await page.evaluate(lost)) say(`narrow: ${what}`);
});

check("lines are at most 80 characters long, well apart, and ragged", { viewport: { width: 1600, height: 900 } }, async (page, say) => {
  await openAll(page);
  for (const what of await page.evaluate(badLines)) say(what);
});

test("style sheets speak of start and end, and never of left and right", () => {
  const found = [];
  const assets = join(folder, "assets");
  for (const name of readdirSync(assets).filter((name) => name.endsWith(".css"))) {
    const text = readFileSync(join(assets, name), "utf8").replace(/\/\*.*?\*\//gs, "").replace(/"[^"]*"|'[^']*'/g, '""');
    for (const [, property = "", value = ""] of text.matchAll(/[{;]\s*([a-z-]+)\s*:\s*([^;{}]+)/g)) {
      const sided = /^(left|right|top|bottom|(margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right|top|bottom)(-.*)?|border-(top|bottom)-(left|right)-radius|((min|max)-)?(width|height))$/;
      const valued = /^(float|clear|text-align|caption-side|resize)$/.test(property) && /\b(left|right|horizontal|vertical)\b/.test(value);
      if (sided.test(property) || valued) found.push(`${name}: ${property}: ${value.trim()}`);
    }
  }
  assert.deepEqual(found, []);
});

/** @param {Page} page Opens what can be opened, so that all is looked at. */
async function openAll(page) {
  await page.evaluate(() => {
    for (const it of document.querySelectorAll("details")) it.open = true;
  });
}

/** @typedef {{ name: string, faults: string[], top: number, bottom: number, left: number, right: number }} Stop */

/**
 * Whether the focus went up in its column, or back in its line.
 * @param {Stop} from @param {Stop} to @param {boolean} rtl
 */
function goesBack(from, to, rtl) {
  const sameColumn = from.left < to.right && to.left < from.right;
  const sameLine = from.top < to.bottom - 2 && to.top < from.bottom - 2;
  if (sameLine) return rtl ? to.left >= from.right : to.right <= from.left;
  return sameColumn && to.bottom <= from.top;
}

// The functions below run in the page, and so each stands for itself.

/** What lies outside the page's width, and text that is cut off. */
function lost() {
  const found = [];
  const root = document.documentElement;
  const name = (/** @type {Element} */ it) => it.outerHTML.replace(/>.*/s, ">") + (it.textContent ?? "").trim().slice(0, 30);
  if (root.scrollWidth > innerWidth) found.push(`scrolls ${root.scrollWidth - innerWidth} sideways`);
  for (const it of document.querySelectorAll("body *")) {
    if (!(it instanceof HTMLElement) || !it.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(it);
    const box = it.getBoundingClientRect();
    // What is there for screen readers alone is a point with words in it.
    if (box.width <= 2 || box.height <= 2 || it.closest(".skip")) continue;
    const hides = (/** @type {string} */ overflow) => overflow == "hidden" || overflow == "clip";
    if (hides(style.overflowX) && it.scrollWidth > it.clientWidth + 1) found.push(`cuts off sideways: ${name(it)}`);
    if (hides(style.overflowY) && it.scrollHeight > it.clientHeight + 1) found.push(`cuts off: ${name(it)}`);
    const scrolls = it.parentElement?.closest("*:is(table, pre, .table, [tabindex])");
    if (!scrolls && it.textContent?.trim() && (box.right > innerWidth + 1 || box.left < -1)) found.push(`sticks out: ${name(it)}`);
  }
  return found;
}

/** What is to be pressed and is smaller than 44 pixels. */
function smallTargets() {
  const found = [];
  const pressed = "a[href], button, summary, input:not([type=hidden]), select, textarea";
  for (const it of document.querySelectorAll(pressed)) {
    if (!(it instanceof HTMLElement) || !it.checkVisibility({ visibilityProperty: true }) || it.closest("[inert]")) continue;
    let { width, height } = it.getBoundingClientRect();
    if (it.classList.contains("skip")) continue;
    if (width >= 43.5 && height >= 43.5) continue;
    // A link among other words is as high as its line: that is what the standard lets be smaller.
    let block = it.parentElement ?? it;
    while (getComputedStyle(block).display.startsWith("inline") && block.parentElement) block = block.parentElement;
    if (it.matches("a") && getComputedStyle(it).display == "inline") {
      const words = /** @type {HTMLElement} */ (block.cloneNode(true));
      for (const other of words.querySelectorAll(pressed)) other.remove();
      if (/\p{L}{2}/u.test(words.textContent ?? "")) continue;
    }
    // What is pressed can be larger than what is drawn: a label, or a link that covers its card.
    it.scrollIntoView({ block: "center", behavior: "instant" });
    const box = it.getBoundingClientRect();
    const hits = (/** @type {number} */ x, /** @type {number} */ y) => {
      const hit = document.elementFromPoint(x, y);
      return !!hit && (it.contains(hit) || /** @type {any} */ (hit.closest("label"))?.control == it);
    };
    const reach = (/** @type {number} */ dx, /** @type {number} */ dy) => {
      let far = 0;
      while (far < 44 && hits(x + dx * (far + 1), y + dy * (far + 1))) far++;
      return far;
    };
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 22)];
    width = Math.max(width, hits(x, y) ? reach(1, 0) + reach(-1, 0) + 1 : 0);
    height = Math.max(height, hits(x, y) ? reach(0, 1) + reach(0, -1) + 1 : 0);
    if (width >= 43.5 && height >= 43.5) continue;
    found.push(`${Math.round(width)}x${Math.round(height)}: ${it.outerHTML.replace(/>.*/s, ">")}${it.textContent?.trim().slice(0, 30)}`);
  }
  return found;
}

function countStops() {
  scrollTo(0, 0);
  return document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']").length;
}

/** What has the focus, and what is wrong with how that is shown. */
function focused() {
  const it = document.activeElement;
  if (!it || it == document.body || it == document.documentElement) return null;
  /** @type {string[]} */
  const faults = [];
  const colour = (/** @type {string} */ value) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    if (!canvas) return [0, 0, 0, 0];
    canvas.fillStyle = value;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (/** @type {number[]} */ rgb) =>
    rgb.slice(0, 3).reduce((sum, channel, at) => {
      const part = channel / 255;
      return sum + (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4) * [0.2126, 0.7152, 0.0722][at];
    }, 0);
  const contrast = (/** @type {number[]} */ one, /** @type {number[]} */ other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  // A choice is often drawn by the label that stands around it or behind it.
  const label = it instanceof HTMLInputElement ? it.labels?.[0] : undefined;
  const drawn = [it, label, it.parentElement].filter((part) => part instanceof Element);
  const shows = drawn.find((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(part);
    return outlineStyle != "none" && parseFloat(outlineWidth) > 0;
  });
  const box = (shows ?? it).getBoundingClientRect();
  if (!shows) faults.push("the focus is not shown");
  else {
    const style = getComputedStyle(shows);
    if (parseFloat(style.outlineWidth) < 2 && style.outlineStyle != "auto") faults.push(`an outline of ${style.outlineWidth}`);
    const outside = parseFloat(style.outlineOffset) >= 0;
    let ground = [0, 0, 0, 0];
    for (let at = outside ? shows.parentElement : shows; at && ground[3] < 255; at = at.parentElement) {
      ground = colour(getComputedStyle(at).backgroundColor);
    }
    if (ground[3] < 255) ground = colour("Canvas");
    const seen = contrast(colour(style.outlineColor), ground);
    if (seen < 3) faults.push(`an outline of contrast ${seen.toFixed(1)}: ${style.outlineColor} on ${ground}`);
  }
  for (const cover of document.querySelectorAll("body *")) {
    if (!["sticky", "fixed"].includes(getComputedStyle(cover).position) || cover.contains(it) || it.contains(cover)) continue;
    if (!(/** @type {HTMLElement} */ (cover).checkVisibility({ visibilityProperty: true }))) continue;
    const over = cover.getBoundingClientRect();
    if (over.width < 2 || over.height < 2) continue;
    // A line that is broken has a box that is larger than what it draws.
    const hidden = [...it.getClientRects()].some(
      (line) => line.bottom > over.top + 1 && line.top < over.bottom - 1 && line.right > over.left + 1 && line.left < over.right - 1,
    );
    // The link that skips the strip lies on it.
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (hidden && !it.contains(top)) faults.push(`lies behind ${cover.className || cover.localName}`);
  }
  if (box.height < innerHeight / 2 && (box.bottom > innerHeight + 1 || box.top < -1)) faults.push("is out of sight");
  return {
    name: `${it.localName}.${it.className} "${(it.textContent ?? "").trim().slice(0, 25)}"`,
    faults,
    top: box.top + scrollY,
    bottom: box.bottom + scrollY,
    left: box.left,
    right: box.right,
    rtl: document.documentElement.dir == "rtl",
  };
}

function moving() {
  return document
    .getAnimations()
    .filter((animation) => animation.playState == "running")
    .map((animation) => /** @type {any} */ (animation.effect)?.target?.outerHTML.slice(0, 80) ?? "something");
}

/** What would take its time when it changes. */
function wouldMove() {
  const found = [];
  for (const it of [document.documentElement, ...document.querySelectorAll("body *")]) {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(it);
    const lasts = transitionDuration.split(",").some((time) => parseFloat(time) > 0.02);
    if (lasts || animationName != "none" || scrollBehavior == "smooth") found.push(it.outerHTML.replace(/>.*/s, ">"));
  }
  return found;
}

/** Drawings with a name of which no shape stands out from the page. */
function faintShapes() {
  const found = [];
  const colour = (/** @type {string} */ value) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    if (!canvas || value == "none") return [0, 0, 0, 0];
    canvas.fillStyle = value;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (/** @type {number[]} */ rgb) =>
    rgb.slice(0, 3).reduce((sum, channel, at) => {
      const part = channel / 255;
      return sum + (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4) * [0.2126, 0.7152, 0.0722][at];
    }, 0);
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.backgroundColor = "Canvas";
  const ground = luminance(colour(getComputedStyle(probe).backgroundColor));
  probe.remove();
  const stands = (/** @type {string} */ value) => {
    const drawn = colour(value);
    if (drawn[3] < 128) return false;
    const [low, high] = [luminance(drawn), ground].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05) >= 3;
  };
  for (const svg of document.querySelectorAll("svg")) {
    if (!svg.checkVisibility({ visibilityProperty: true })) continue;
    if (svg.closest("[aria-hidden=true]") && !svg.closest("figure, [role=img]")) continue;
    const shapes = svg.querySelectorAll("path, circle, rect, line, polyline, polygon, ellipse, use, text");
    const drawn = [...shapes].filter((shape) => {
      const style = getComputedStyle(shape);
      return stands(style.fill) || (parseFloat(style.strokeWidth) > 0 && stands(style.stroke));
    });
    // An icon array may draw "not these" faintly: what is counted has to stand out.
    if (!drawn.length) found.push(`no shape stands out: ${svg.outerHTML.slice(0, 120)}`);
  }
  for (const it of document.querySelectorAll("input, summary, button")) {
    if (!(it instanceof HTMLElement) || !it.checkVisibility({ visibilityProperty: true })) continue;
    if (!stands(getComputedStyle(it).color)) found.push(`cannot be read: ${it.outerHTML.slice(0, 80)}`);
  }
  return found;
}

/** Where the parts of the page begin and end: their name, from the left, from the right. */
function places() {
  /** @type {[string, number, number][]} */
  const found = [];
  for (const it of document.querySelectorAll("nav, aside, main, header, footer section, figure, h1, h2, .text > *")) {
    const box = it.getBoundingClientRect();
    if (!(/** @type {HTMLElement} */ (it).checkVisibility()) || getComputedStyle(it).display.startsWith("inline")) continue;
    found.push([it.outerHTML.replace(/>.*/s, ">"), Math.round(box.left), Math.round(document.documentElement.clientWidth - box.right)]);
  }
  return found;
}

/** Text that is set too wide, too tight, or flush on both sides. */
function badLines() {
  /** @type {string[]} */
  const found = [];
  for (const it of document.querySelectorAll("main :is(p, li, dd, blockquote, figcaption, td, summary)")) {
    if (!(/** @type {HTMLElement} */ (it).checkVisibility({ visibilityProperty: true }))) continue;
    const style = getComputedStyle(it);
    const name = `${it.localName}.${it.className} "${(it.textContent ?? "").trim().slice(0, 30)}"`;
    if (it.getBoundingClientRect().height <= 2) continue;
    if (style.textAlign == "justify") found.push(`${name} is justified`);
    const own = [...it.childNodes].some((node) => node.nodeType == Node.TEXT_NODE && node.textContent?.trim());
    if (!own) continue;
    /** @type {Map<number, string>} */
    const lines = new Map();
    const walker = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // What stands in a block of its own inside this one is looked at there.
      if (node.parentElement?.closest("p, li, dd, blockquote, figcaption, td, summary, svg") != it) continue;
      if (node.parentElement.getBoundingClientRect().width <= 2) continue;
      for (const word of (node.textContent ?? "").matchAll(/\S+\s*/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].trimEnd().length);
        const [box] = range.getClientRects();
        if (!box || parseFloat(getComputedStyle(node.parentElement).fontSize) < 0.7 * parseFloat(style.fontSize)) continue;
        const line = Math.round(box.bottom / 8);
        const key = lines.has(line - 1) ? line - 1 : lines.has(line + 1) ? line + 1 : line;
        lines.set(key, (lines.get(key) ?? "") + word[0].replace(/\s+/g, " "));
      }
    }
    for (const line of lines.values()) {
      if (line.trimEnd().length > 80) found.push(`${name} has a line of ${line.trimEnd().length}: ${line}`);
    }
    if (lines.size > 1 && parseFloat(style.lineHeight) < 1.5 * parseFloat(style.fontSize) - 0.1) {
      found.push(`${name} has lines ${(parseFloat(style.lineHeight) / parseFloat(style.fontSize)).toFixed(2)} apart`);
    }
    const next = it.nextElementSibling;
    if (it.matches(".text > p") && next?.localName == "p" && lines.size > 1) {
      const gap = next.getBoundingClientRect().top - it.getBoundingClientRect().bottom;
      if (gap < 0.5 * parseFloat(style.lineHeight) - 1) found.push(`${name} has ${Math.round(gap)} pixels to the next paragraph`);
    }
  }
  return found;
}
