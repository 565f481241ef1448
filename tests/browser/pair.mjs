// What the tests of choosing together share: the script, run by itself, and chance that can be repeated.

import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

export const file = readFileSync(new URL("../../themes/default/assets/pair.js", import.meta.url));

/** The letters of base64url, in their order. */
export const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * The script in a room of its own.
 *
 * @param {Partial<Crypto>} [crypto] Other ciphers or other chance.
 * @returns {AfterwordPair}
 */
export function load(crypto = webcrypto) {
  const room = createContext({ crypto, TextEncoder, atob, btoa }, { codeGeneration: { strings: false, wasm: false } });
  runInContext(file.toString(), room);
  return room.afterwordPair;
}

export const pair = load();

/** Numbers below 1 that are the same in every run: a linear congruential generator. */
export function chance(seed = 1) {
  let state = seed * 2654435769;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @template T @param {() => number} next @param {readonly T[]} of @returns {T} */
export const one = (next, of) => of[Math.floor(next() * of.length)];

/** Text of so many bytes. @param {() => number} next */
export const written = (next, length = 0, of = alphabet) => Array.from({ length }, () => one(next, [...of])).join("");
