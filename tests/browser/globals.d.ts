// What the scripts of the default theme give each other, for `types.test.mjs`. It is never published, so
// what is told here weighs nothing.
//
// To add what a new script sets on `globalThis`: a `var` below, with its types above it.

/** What `pair.js` sets, which `picker.js` loads when somebody chooses together with others. */
declare var afterwordPair: AfterwordPair;

/** What a page's script of sources sets: for each entry of the list what its card tells, by name. */
declare var afterwordCards: Record<string, Record<string, string>> | undefined;

/** One bit for each idea, the first in the lowest bit of the first byte; what is left over is 0. */
type AfterwordBits = Uint8Array<ArrayBuffer>;

/** What a sealed text is: 0 for answers so far, to which the next person adds; 1 for what is shared. */
type AfterwordKind = 0 | 1;

/**
 * Choosing together. Nothing here keeps, asks for or shows anything.
 *
 * A sealed text is one digit (kind * 2, and 1 when there is a passphrase), then the list, then 16 bytes
 * of salt and the encrypted bits in base64url. Another way of sealing begins with another letter. What
 * stands before the salt is bound into key and cipher. The salt is new each time and so, with it, is the
 * key: that is why it can be the nonce of AES-GCM as well.
 *
 * All functions that take a `list` want the same: a short fingerprint of the list of ideas, of letters,
 * digits, `-` and `_`, whose length never changes.
 */
interface AfterwordPair {
  /**
   * The answers as bits, which are set for "yes" and "maybe". All other answers are the same, so that no
   * "not today" is ever handed on. The result is as long as the list asks for, whatever was answered.
   */
  open(answers: readonly string[]): AfterwordBits;

  /** What all of them have in common: of one set or more, each of the same list. */
  shared(sets: readonly AfterwordBits[]): AfterwordBits;

  /**
   * Seals bits with a passphrase. Spaces at its ends do not count, nor how a keyboard composes a letter.
   * With none (`""` or spaces) the text is only not readable at a glance: who has this script can open it.
   * How long the text is depends on the list alone.
   */
  seal(bits: AfterwordBits, kind: AfterwordKind, list: string, words: string): Promise<string>;

  /** Opens a sealed text. Rejects when the passphrase is another, the list is another, or it was changed. */
  unseal(text: string, list: string, words: string): Promise<{ bits: AfterwordBits; kind: AfterwordKind }>;

  /**
   * What a text says of itself without a passphrase: `null` when this version cannot read it, or it is
   * cut off or damaged beyond reading; `"other"` when it was made for another list.
   */
  peek(text: string, list: string): null | "other" | { kind: AfterwordKind; locked: boolean };

  /**
   * The QR code of up to 321 bytes, as the `d` of a path on a grid of `size`, without the quiet zone: four
   * modules on every side are still to be added. Throws what is longer.
   *
   * Of ISO/IEC 18004 it knows what keeps it small: bytes, level L, and versions 7 (to 154 bytes), 9 (to
   * 230) and 11, whose blocks are of one length. It tries all eight masks. The standard weighs them by
   * four rules; this takes the one that leaves most runs in the rows, which is the longest path.
   */
  qr(text: string): { size: number; path: string };
}
