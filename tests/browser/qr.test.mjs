// The QR codes of choosing together, without a browser: another program reads them, and they are what the
// standard asks for, so that telephones read them too.

import assert from "node:assert/strict";
import { test } from "node:test";
import jsQR from "jsqr";
import { chance, pair, written } from "./pair.mjs";

/**
 * A QR code as rows of 0 and 1, after a look at its path.
 *
 * @param {string} text
 */
function drawn(text) {
  const { size, path } = pair.qr(text);
  assert.match(path, /^(M\d+ \d+h\d+v1h-\d+)+$/);
  const rows = Array.from({ length: size }, () => Array(size).fill(0));
  for (const [, x, y, right, left] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)/g)) {
    assert.equal(right, left);
    assert.ok(+x + +right <= size && +y < size, "nothing is drawn beyond the edge");
    assert.ok(!rows[+y][+x - 1], "what lies side by side is drawn at once");
    rows[+y].fill(1, +x, +x + +right);
  }
  return rows;
}

/** What an independent reader reads, with the quiet zone added. @param {number[][]} rows */
function read(rows, scale = 3, quiet = 4) {
  const width = (rows.length + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(width * width * 4);
  for (let at = 0; at < width * width; at++) {
    const [x, y] = [at % width, Math.floor(at / width)].map((it) => Math.floor(it / scale) - quiet);
    pixels.set(rows[y]?.[x] ? [0, 0, 0, 255] : [255, 255, 255, 255], at * 4);
  }
  const decode = /** @type {typeof import("jsqr").default} */ (/** @type {any} */ (jsQR).default ?? jsQR);
  return decode(pixels, width, width, { inversionAttempts: "dontInvert" });
}

test("an independent reader reads every QR code, at every boundary and in between", () => {
  const next = chance(9);
  const lengths = [1, 2, 3, 153, 154, 155, 156, 229, 230, 231, 232, 254, 255, 256, 257, 300, 320, 321];
  for (let length = 5; length < 321; length += 9) lengths.push(length);
  for (const length of lengths) {
    const text = written(next, length);
    const rows = drawn(text);
    assert.equal(rows.length, length < 155 ? 45 : length < 231 ? 53 : 61);
    assert.equal(read(rows)?.data, text, `of ${length} bytes`);
  }
  assert.throws(() => pair.qr("a".repeat(322)), "and what is too long is not cut off");
});

test("it reads texts of every kind", () => {
  const next = chance(10);
  const texts = ["0", " ", "A".repeat(154), "\u0000".repeat(120), "\u007f".repeat(300), "01".repeat(75), "U".repeat(200), "grün, 夜, ☾"];
  for (let round = 0; round < 8; round++) texts.push(`https://practice.example/choose/#${written(next, 60)}`, written(next, 40 + round * 30, "01"));
  for (const text of texts) assert.equal(read(drawn(text))?.data, text);
});

/** The code of Bose, Chaudhuri and Hocquenghem that guards a short number. */
function guarded(value = 0, by = 0) {
  const places = Math.floor(Math.log2(by));
  let rest = value << places;
  while (rest >= 1 << places) rest ^= by << (Math.floor(Math.log2(rest)) - places);
  return (value << places) | rest;
}

/**
 * The rings around a module from the inside, each as the one colour that it has. Beyond the edge all is light.
 *
 * @param {number[][]} rows
 */
function around(rows, x = 0, y = 0, reach = 0) {
  const rings = Array.from({ length: reach + 1 }, () => new Set());
  for (let right = -reach; right <= reach; right++) {
    for (let down = -reach; down <= reach; down++) {
      rings[Math.max(Math.abs(right), Math.abs(down))].add(rows[y + down]?.[x + right] ?? 0);
    }
  }
  return rings.map((ring) => [...ring].join(" and "));
}

test("what a QR code says of itself is exact, all of its marks are there, and every mask is right", () => {
  // Chance under which each of the eight masks is the best once.
  const next = chance(15);
  const taken = new Set();
  for (let round = 0; round < 60; round++) {
    const rows = drawn(written(next, 21 + round * 5));
    const size = rows.length;
    const number = (/** @type {number[]} */ bits) => bits.reduce((sum, bit) => sum * 2 + bit, 0);
    const across = [...rows[8].slice(0, 6), rows[8][7], ...rows[8].slice(-8)];
    const column = rows.map((row) => row[8]).reverse();
    const down = [...column.slice(0, 7), column.at(-9), column.at(-8), ...column.slice(-6)];
    const format = number(across) ^ 0x5412;
    assert.equal(number(down) ^ 0x5412, format, "both copies of the format are the same");
    assert.equal(format >> 13, 1, "level L");
    assert.equal(format, guarded(format >> 10, 0x537));
    taken.add((format >> 10) & 7);
    const version = Array.from({ length: 18 }, (_, at) => rows[Math.floor(at / 3)][size - 11 + (at % 3)]).reverse();
    assert.equal(number(version), guarded((size - 17) / 4, 0x1f25));
    assert.deepEqual(Array.from({ length: 18 }, (_, at) => rows[size - 11 + (at % 3)][Math.floor(at / 3)]).reverse(), version);
    assert.equal(rows[size - 8][8], 1);
    for (let at = 8; at < size - 8; at++) assert.deepEqual([rows[6][at], rows[at][6]], [1 - (at % 2), 1 - (at % 2)]);
    const [last, middle] = [size - 7, (size - 1) / 2];
    for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) assert.deepEqual(around(rows, x, y, 4), ["1", "1", "0", "1", "0"]);
    for (const [x, y] of [[middle, 6], [6, middle], [middle, middle], [last, middle], [middle, last], [last, last]]) {
      assert.deepEqual(around(rows, x, y, 2), ["1", "0", "1"], `around ${x} ${y}`);
    }
  }
  assert.deepEqual([...taken].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
});

/** Whether a module belongs to a mark, and carries none of the text. */
function isMark(size = 0, x = 0, y = 0) {
  const [last, middle] = [size - 7, (size - 1) / 2];
  const near = (at = 0) => [6, middle, last].findIndex((it) => Math.abs(at - it) < 3);
  const [column, row] = [near(x), near(y)];
  const corner = (one = 0, other = 0) => (one < 9 && other < 9) || (one < 9 && other > size - 9) || (one < 6 && other > size - 12);
  return x == 6 || y == 6 || corner(x, y) || corner(y, x) || (column > -1 && row > -1 && (column * row > 0 || column + row == 1));
}

/** Where each mask turns light into dark. @type {((x: number, y: number) => boolean)[]} */
const masks = [
  (x, y) => (x + y) % 2 == 0,
  (_, y) => y % 2 == 0,
  (x) => x % 3 == 0,
  (x, y) => (x + y) % 3 == 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 == 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) == 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 == 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 == 0,
];

/** @param {number[][]} rows */
const maskOf = (rows) => (rows[8][2] * 4 + rows[8][3] * 2 + rows[8][4]) ^ 5;

/** The blocks of a QR code as they stand on paper, words and guards. @param {number[][]} rows */
function blocksOf(rows) {
  const size = rows.length;
  const turned = masks[maskOf(rows)];
  const bits = /** @type {number[]} */ ([]);
  const columns = Array.from({ length: size }, (_, at) => size - 1 - at).filter((x) => x != 6);
  for (let at = 0; at < columns.length; at += 2) {
    for (let step = 0; step < size; step++) {
      const y = at % 4 ? step : size - 1 - step;
      for (const x of columns.slice(at, at + 2)) {
        if (!isMark(size, x, y)) bits.push(rows[y][x] ^ +turned(x, y));
      }
    }
  }
  const count = size == 61 ? 4 : 2;
  const blocks = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
  for (let at = 0; at + 8 <= bits.length; at += 8) blocks[(at / 8) % count].push(parseInt(bits.slice(at, at + 8).join(""), 2));
  return blocks;
}

test("in a QR code nothing has to be repaired", () => {
  // The powers of two in the field: all its numbers but 0.
  const powers = Array.from({ length: 255 }, () => 1);
  for (let at = 1; at < 255; at++) powers[at] = (powers[at - 1] * 2) ^ (powers[at - 1] > 127 ? 0x11d : 0);
  const times = (one = 0, other = 0) => (one && other ? powers[(powers.indexOf(one) + powers.indexOf(other)) % 255] : 0);
  const next = chance(13);
  for (const length of [1, 60, 100, 154, 155, 190, 230, 231, 270, 321]) {
    const blocks = blocksOf(drawn(written(next, length)));
    assert.deepEqual(blocks.map((block) => block.length), length < 155 ? [98, 98] : length < 231 ? [146, 146] : [101, 101, 101, 101]);
    // As a polynomial, a block with its guards is 0 at the first powers, one for each guard.
    for (const block of blocks) {
      const rests = powers.slice(0, block.length == 146 ? 30 : 20).map((power) => block.reduce((sum, word) => times(sum, power) ^ word, 0));
      assert.ok(rests.every((rest) => rest == 0), `${length} bytes: ${rests}`);
    }
  }
});

test("of the eight masks a QR code has one that breaks its rows up most", () => {
  const next = chance(14);
  for (const text of [...Array(12).keys()].map((at) => written(next, 30 + at * 25, "aA0-".slice(0, 1 + (at % 4))))) {
    const rows = drawn(text);
    const own = maskOf(rows);
    const runs = masks.map((turned) => {
      const other = rows.map((row, y) =>
        row.map((bit, x) => (isMark(rows.length, x, y) ? bit : bit ^ +masks[own](x, y) ^ +turned(x, y))).join(""),
      );
      return other.join(" ").match(/1+/g)?.length ?? 0;
    });
    // How long its path is, by which one is taken, also hangs a little on where the runs are.
    assert.ok(runs[own] > Math.max(...runs) * 0.98, `mask ${own} of ${runs}`);
  }
});

test("a QR code with a blot on it is read all the same", () => {
  const next = chance(12);
  for (const length of [150, 220, 320]) {
    const text = written(next, length);
    for (const [x, y] of [[12, 12], [30, 25], [25, 34], [36, 13]]) {
      const rows = drawn(text);
      for (let at = 0; at < 49; at++) rows[y + Math.floor(at / 7)][x + (at % 7)] ^= 1;
      assert.equal(read(rows)?.data, text, `${length} bytes, blot at ${x} ${y}`);
    }
  }
});
