// Choosing together: what two or more people hand to each other, and its QR code. It keeps, asks for
// and shows nothing; picker.js does. tests/browser/globals.d.ts tells what its functions take and give.
//
// Comments and types are not published, so they are free; all else has to stay as small as it is.
{
  const utf8 = (/** @type {string} */ text) => new TextEncoder().encode(text);
  const base64 = (/** @type {string} */ bytes) =>
    btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  /**
   * Seals bytes or opens them. What stands at the head of a text is part of its key, and guarded with it.
   *
   * @param {"encrypt" | "decrypt"} way @param {string} head @param {string} words
   * @param {Uint8Array<ArrayBuffer>} salt @param {Uint8Array<ArrayBuffer>} bytes
   */
  const turn = async (way, head, words, salt, bytes) => {
    // Without a passphrase there is nothing to guess, so it need not be slow: the text is then only not
    // readable at a glance, and whoever has this script can open it.
    const slow = { name: "PBKDF2", hash: "SHA-256", salt, iterations: words.trim() ? 600000 : 1 };
    // A salt is never used twice, and so neither is its key. That is all that the second may ask for.
    const aes = { name: "AES-GCM", length: 256, iv: salt, additionalData: utf8(head) };
    const base = await crypto.subtle.importKey("raw", utf8(head + words.normalize("NFKC").trim()), slow, false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey(slow, base, aes, false, [way]);
    return new Uint8Array(await crypto.subtle[way](aes, key, bytes));
  };

  /**
   * Multiplies in the field of 256 numbers in which QR codes reckon. What is missing counts as 0.
   *
   * @type {(one: number, other: number) => number}
   */
  const times = (one, other) => other && (other & 1) * one ^ times(one << 1 ^ (one >> 7) * 285, other >> 1);

  /**
   * The words of a QR code with what guards them, in the order in which they are drawn: the first of each
   * block, the second of each block, and so on.
   *
   * @param {number[]} words @param {number} long @param {number} guards @param {number} blocks
   */
  const guarded = (words, long, guards, blocks) => {
    const all = [0];
    // Reed and Solomon: a block is divided by the product of all (x - root). What is left over guards it.
    let by = [1];
    for (let at = guards, root = 1; at--; root = times(root, 2)) by = [...by, 0].map((it, at) => it ^ times(root, by[at - 1]));
    for (let block = blocks; block--; ) {
      // The first of the rest is the word itself. It is put where it stands already, which does no harm.
      let rest = [0];
      words.splice(long * block, long).forEach((it, at) => {
        const lead = it ^ rest[1];
        rest = by.map((it, at) => rest[at + 1] ^ times(it, lead));
        all[at * blocks + block] = it;
      });
      rest.forEach((it, at) => all[(at + long - 1) * blocks + block] = it);
    }
    return all;
  };

  globalThis.afterwordPair = {
    // Only what somebody would like leaves this function. "Not today", "not sure" and no answer become
    // the same, so that nothing that comes after could tell them apart.
    open(answers) {
      const bits = new Uint8Array(answers.length + 7 >> 3);
      answers.forEach((it, at) => bits[at >> 3] |= +/^(yes|maybe)$/.test(it) << at % 8);
      return bits;
    },

    shared: (sets) => sets.reduce((one, other) => one.map((it, at) => it & other[at])),

    peek: (text, list) => !/^[0-3][\w-]{43,}$/.test(text) ? null : !text.startsWith(list, 1) ? "other" :
      { kind: /** @type {0 | 1} */ (+text[0] >> 1), locked: +text[0] % 2 > 0 },

    async seal(bits, kind, list, words) {
      const head = kind * 2 + +!!words.trim() + list;
      const salt = crypto.getRandomValues(new Uint8Array(16));
      return head + base64(String.fromCharCode(...salt, ...await turn("encrypt", head, words, salt, bits)));
    },

    async unseal(text, list, words) {
      const head = text[0] + list;
      const raw = atob(text.slice(head.length).replaceAll("-", "+").replaceAll("_", "/"));
      // Another head, or other letters for the same bytes: atob() lets the last one differ.
      if (head + base64(raw) != text) throw Error();
      const bytes = Uint8Array.from(raw, (it) => it.charCodeAt(0));
      const bits = await turn("decrypt", head, words, bytes.slice(0, 16), bytes.slice(16));
      return { bits, kind: /** @type {0 | 1} */ (+text[0] >> 1) };
    },

    // Its numbers are those of ISO/IEC 18004. Level L: nothing soils a screen, and large modules are read best.
    qr(text) {
      const bytes = utf8(text), count = bytes.length;
      // Versions 7, 9 and 11, whose blocks are all of one length: how many bytes there may be, words of a
      // block, words that guard it, blocks, modules on a side, and the version as it is drawn.
      const [, long, guards, blocks, size, sign] = /** @type {number[]} */ (
        [[154, 78, 20, 2, 45, 31892], [230, 116, 30, 2, 53, 39577], [321, 81, 20, 4, 61, 48118]].find(([most]) => count <= most)
      );

      // Mode and count take four bits more than whole bytes, and the end takes four: all is moved by them.
      const list = [4, ...blocks > 2 ? [count >> 8] : [], count, ...bytes];
      const words = list.map((it, at) => (it << 4 | list[at + 1] >> 4) & 255);
      while (words.length < long * blocks) words.push(236, 17);
      const all = guarded(words, long, guards, blocks);
      let path = "";
      [30660, 29427, 32170, 30877, 26159, 25368, 27713, 26998].forEach((format, mask) => {
        // 0 is light, 1 is dark, 2 is free. Rows are 64 apart.
        const grid = Array(4096).fill(2);
        /** Most marks are the same on both sides of the diagonal. @type {(at: number, dark: number) => unknown} */
        const put = (at, dark) => grid[at] = grid[(at & 63) * 64 + (at >> 6)] = dark;
        /** From the inside: dark, dark, light, dark, light; the small ones begin one later and end one earlier. */
        const rings = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ small) => grid.forEach((_, at) => {
          const right = (at & 63) - x, down = (at >> 6) - y, ring = Math.max(right, -right, down, -down) + small;
          if (ring < 5 - small) put(at, 11 >> ring & 1);
        });
        for (let at = size; at--; ) put(at + 64 * 6, ~at & 1);
        rings(3, 3, 0);
        rings(3, size - 4, 0);
        rings(size - 7, size - 7, 1);
        for (const at of [6, size >> 1, size - 7]) rings(at, size >> 1, 1);
        for (let at = 18; at--; ) put(at % 3 + size - 11 + 64 * (at / 3 | 0), sign >> at & 1);
        for (let at = 15; at--; ) {
          grid[8 + 64 * (at < 6 ? at : at < 8 ? at + 1 : size - 15 + at)] =
            grid[(at < 8 ? size - 1 - at : at < 9 ? 7 : 14 - at) + 64 * 8] = format >> at & 1;
        }
        grid[8 + 64 * (size - 8)] = 1;

        // Up and down in columns of two from the right, past the one column that is all marks.
        let next = 0;
        for (let right = size - 1; right > 0; right -= right == 8 ? 3 : 2) {
          for (let at = 0; at < size * 2; at++) {
            const x = right - at % 2, y = right + 1 & 2 ? at >> 1 : size - 1 - (at >> 1), both = x * y % 2 + x * y % 3;
            const kept = [(x + y) % 2, y % 2, x % 3, (x + y) % 3, ((x / 3 | 0) + (y >> 1)) % 2, both, both % 2, (x + y + x * y % 3) % 2][mask];
            if (grid[x + 64 * y] > 1) grid[x + 64 * y] = all[next >> 3] >> 7 - next++ % 8 & 1 ^ +!kept;
          }
        }
        const runs = grid.join("").replace(/(1+)|./g, (_, run, at) => run ? `M${at & 63} ${at >> 6}h${run.length}v1h-${run.length}` : "");
        // The mask that leaves most runs in the rows hides best what the text would draw.
        if (runs.length > path.length) path = runs;
      });
      return { size, path };
    },
  };
}
