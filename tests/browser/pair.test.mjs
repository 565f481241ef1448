// Choosing together, without a browser: that a "not today" never leaves the person who said it, and that
// sealed texts open for whom they are meant and for nobody else.
//
// The script runs alone, with nothing in reach but ciphers and text, so it could keep or ask for nothing.

import assert from "node:assert/strict";
import { createDecipheriv, pbkdf2Sync, webcrypto } from "node:crypto";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { alphabet, chance, file, load, one, pair } from "./pair.mjs";

/** What the script may weigh. All scripts of a picker together stay below 6000. */
const most = 2100;

const wished = ["yes", "maybe"];
/** What must never be told apart; `""` is no answer. */
const unwished = ["no", "unsure", ""];
/** A fingerprint of a list of ideas, as a page gives it. */
const list = "k3v9x0q2";

/** The same chance each time, so that sealed texts can be compared. */
const fixed = load({ subtle: webcrypto.subtle, getRandomValues: (bytes) => /** @type {any} */ (bytes)?.fill(7) });

/** @param {() => number} next @param {number} count */
const answers = (next, count) => Array.from({ length: count }, () => one(next, [...wished, ...unwished]));

/** Other answers with the same wishes. @param {() => number} next @param {string[]} given */
const hidden = (next, given) => given.map((answer) => (wished.includes(answer) ? one(next, wished) : one(next, unwished)));

/** The ideas whose bit is set. @param {Iterable<number>} bits */
const ideas = (bits) => [...bits].flatMap((byte, at) => [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => at * 8 + bit));

/** The ideas somebody would like, told naively. @param {string[]} given */
const liked = (given) => given.flatMap((answer, at) => (wished.includes(answer) ? [at] : []));

test("of somebody's answers nothing is told but what they would like", () => {
  const next = chance(1);
  for (let round = 0; round < 4000; round++) {
    const given = answers(next, Math.floor(next() * 130));
    const bits = pair.open(given);
    assert.deepEqual(ideas(bits), liked(given));
    assert.equal(bits.length, Math.ceil(given.length / 8));
    assert.deepEqual([...pair.open(hidden(next, given))], [...bits]);
  }
});

test("two who differ only in what they do not wish find the same overlap, and seal the same text", async () => {
  const next = chance(2);
  for (let round = 0; round < 2000; round++) {
    const count = Math.floor(next() * 100);
    const given = answers(next, count);
    const other = pair.open(answers(next, count));
    const [mine, again] = [pair.open(given), pair.open(hidden(next, given))];
    assert.deepEqual([...pair.shared([mine, other])], [...pair.shared([again, other])]);
    assert.deepEqual([...pair.shared([other, mine])], [...pair.shared([other, again])]);
    if (round % 4) continue;
    const kind = round % 8 ? 1 : 0;
    assert.equal(await fixed.seal(mine, kind, list, ""), await fixed.seal(again, kind, list, ""));
  }
  const given = answers(next, 60);
  const texts = [given, hidden(next, given)].map((it) => fixed.seal(pair.open(it), 0, list, "lamp and shore"));
  assert.equal(await texts[0], await texts[1]);
});

test("what is shared is what everybody would like, for two to five people", () => {
  const next = chance(3);
  for (let round = 0; round < 2000; round++) {
    const count = Math.floor(next() * 130);
    const all = Array.from({ length: 2 + Math.floor(next() * 4) }, () => answers(next, count));
    const sets = all.map((given) => pair.open(given));
    const before = sets.map((set) => [...set]);
    const shared = pair.shared(sets);
    assert.deepEqual(ideas(shared), all.map(liked).reduce((these, those) => these.filter((idea) => those.includes(idea))));
    assert.equal(shared.length, Math.ceil(count / 8));
    assert.deepEqual(sets.map((set) => [...set]), before, "the answers themselves stay as they are");
  }
});

test("a sealed text opens again, with a passphrase and without", async () => {
  const next = chance(4);
  for (let count = 0; count < 130; count++) {
    const bits = pair.open(answers(next, count));
    const kind = count % 2 ? 1 : 0;
    const words = count % 50 == 40 ? "lamp and shore" : "";
    const text = await pair.seal(bits, kind, list, words);
    assert.match(text, /^[\w-]+$/);
    assert.deepEqual({ ...pair.peek(text, list) }, { kind, locked: words != "" });
    const opened = await pair.unseal(text, list, words);
    assert.deepEqual([...opened.bits], [...bits]);
    assert.equal(opened.kind, kind);
  }
});

test("a sealed text is what is described, so that one sealed today opens in every later version", async () => {
  const bits = pair.open(answers(chance(5), 43));
  for (const [words, rounds] of /** @type {const} */ ([["", 1], ["  Lämp ﬁre ", 600_000]])) {
    const text = await pair.seal(bits, 1, list, words);
    const head = (words ? "3" : "2") + list;
    assert.equal(text.slice(0, head.length), head);
    const bytes = Buffer.from(text.slice(head.length), "base64url");
    const [salt, secret, tag] = [bytes.subarray(0, 16), bytes.subarray(16, -16), bytes.subarray(-16)];
    const key = pbkdf2Sync(head + (words ? "Lämp fire" : ""), salt, rounds, 32, "sha256");
    const cipher = createDecipheriv("aes-256-gcm", key, salt).setAAD(Buffer.from(head)).setAuthTag(tag);
    assert.deepEqual([...cipher.update(secret), ...cipher.final()], [...bits]);
  }
});

test("another passphrase does not open it, and the same one written otherwise does", async () => {
  const bits = pair.open(["yes", "no", "maybe"]);
  const text = await pair.seal(bits, 0, list, "Caf\u00e9 am Meer");
  for (const words of ["", " ", "cafe am Meer", "Caf\u00e9 am  Meer"]) await assert.rejects(pair.unseal(text, list, words));
  const opened = await pair.unseal(text, list, "\u00a0Cafe\u0301 am Meer \n");
  assert.deepEqual([...opened.bits], [...bits]);
  const open = await pair.seal(bits, 0, list, "  \n");
  assert.deepEqual({ ...pair.peek(open, list) }, { kind: 0, locked: false });
  await assert.rejects(pair.unseal(open, list, "Caf\u00e9 am Meer"));
});

test("a text for another list is told apart without its passphrase, and does not open", async () => {
  const next = chance(6);
  for (let round = 0; round < 100; round++) {
    const [here, there] = [0, 0].map(() => Array.from({ length: 8 }, () => one(next, [...alphabet])).join(""));
    const text = await pair.seal(pair.open(answers(next, 50)), 0, here, "");
    assert.equal(pair.peek(text, there), "other");
    await assert.rejects(pair.unseal(text, there, ""));
    await assert.rejects(pair.unseal(text[0] + there + text.slice(9), there, ""), "also not when it claims to be for this one");
  }
  for (const text of ["", "2", list, "hello", "4" + list + "A".repeat(60), `2${list}${"A".repeat(60)}=`, "é".repeat(80)]) {
    assert.equal(pair.peek(text, list), null, text);
    await assert.rejects(pair.unseal(text, list, ""));
  }
});

test("a text with any one character changed, left out or added is refused", async () => {
  const next = chance(7);
  for (const count of [41, 50]) {
    const text = await pair.seal(pair.open(answers(next, count)), 1, list, "");
    for (let at = 0; at < text.length; at++) {
      for (const letter of [...alphabet, "", "=", "+", "/", " ", "ä", text[at] + "A"]) {
        if (letter == text[at]) continue;
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        pair.peek(changed, list);
        await assert.rejects(pair.unseal(changed, list, ""), `${JSON.stringify(letter)} at ${at} of ${text}`);
      }
    }
    for (const more of ["A", "=", "==", "\n"]) await assert.rejects(pair.unseal(text + more, list, ""));
  }
  const locked = await pair.seal(pair.open(answers(next, 50)), 1, list, "lamp and shore");
  for (const at of [0, 9, 40, locked.length - 1]) {
    const letter = at ? alphabet[(alphabet.indexOf(locked[at]) + 1) % 64] : "1";
    await assert.rejects(pair.unseal(locked.slice(0, at) + letter + locked.slice(at + 1), list, "lamp and shore"));
  }
});

test("how long a text is depends on how many ideas there are, and on nothing else", async () => {
  const next = chance(8);
  for (let count = 0; count < 100; count++) {
    const lengths = new Set();
    for (const given of [Array(count).fill("yes"), Array(count).fill("no"), Array(count).fill(""), answers(next, count)]) {
      for (const kind of /** @type {const} */ ([0, 1])) lengths.add((await pair.seal(pair.open(given), kind, list, "")).length);
    }
    if (count == 50) lengths.add((await pair.seal(pair.open(answers(next, count)), 0, list, "a".repeat(200))).length);
    assert.deepEqual([...lengths], [1 + list.length + Math.ceil(((32 + Math.ceil(count / 8)) * 4) / 3)]);
  }
});

test("the same answers never make the same text twice, and a passphrase is slow to guess", async () => {
  const bits = pair.open(["yes", "no"]);
  const texts = await Promise.all(Array.from({ length: 200 }, () => pair.seal(bits, 0, list, "")));
  assert.equal(new Set(texts.map((text) => text.slice(9, 30))).size, 200);

  const asked = /** @type {any[]} */ ([]);
  const { subtle } = webcrypto;
  const watched = load({
    getRandomValues: (bytes) => webcrypto.getRandomValues(/** @type {any} */ (bytes)),
    subtle: /** @type {any} */ ({
      importKey: subtle.importKey.bind(subtle),
      deriveKey: (/** @type {any[]} */ ...of) => (asked.push(of[0]), /** @type {any} */ (subtle.deriveKey)(...of)),
      encrypt: subtle.encrypt.bind(subtle),
    }),
  });
  await watched.seal(bits, 0, list, "lamp");
  assert.deepEqual(asked.map(({ name, hash, iterations, salt }) => [name, hash, iterations, salt.length]), [["PBKDF2", "SHA-256", 600_000, 16]]);
});

test("the script stays small", () => {
  // As it is published: without comments and types, and without indentation.
  const lines = file.toString().replace(/^ *\/\*\*[^]*?\*\/\n/gm, "").replace(/\/\*\* @.*?\*\/ /g, "").split("\n");
  const published = lines.map((line) => line.trim()).filter((line) => line && !line.startsWith("//")).join("\n");
  const weight = gzipSync(published, { level: 9 }).length;
  assert.ok(weight <= most, `it weighs ${weight} bytes compressed, where ${most} are planned`);
});
