// Pictures to look at: every kind of page at three widths in light and dark, in `screenshots/`, which
// git leaves out. The test itself only sees to it that there are pictures and that something is on them.

import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { faults, kinds, open, visit } from "./site.mjs";

const site = open();
const folder = fileURLToPath(new URL("screenshots", import.meta.url));

test("every kind of page can be seen at 360, 768 and 1280 pixels, in light and dark", async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const found = await faults(Object.entries(kinds).map(([kind]) => kind), (kind, say) =>
    visit(site, kinds[kind] ?? "/", {}, async (page) => {
      for (const width of [360, 768, 1280]) {
        for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
          await page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
          await page.emulateMedia({ colorScheme });
          const picture = await page.screenshot({ fullPage: true, path: join(folder, `${kind}-${width}-${colorScheme}.png`) });
          const colours = await page.evaluate(count, picture.toString("base64"));
          if (colours < 12) say(`is blank at ${width} in ${colorScheme}: ${colours} colours`);
        }
      }
    }),
  );
  assert.deepEqual(found, []);
});

/** @param {string} png How many colours a picture has, up to a few. */
async function count(png) {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(picture.width, Math.min(picture.height, 900));
  const context = canvas.getContext("2d");
  context?.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(context?.getImageData(0, 0, canvas.width, canvas.height).data.buffer ?? new ArrayBuffer(0));
  const colours = new Set();
  for (const pixel of pixels) if (colours.add(pixel).size > 20) break;
  return colours.size;
}
