// Keeps over a reload of the preview what would be lost by it: where the reader is, what is open, chosen
// and written, and what was about to be marked. The preview serves this script; it is in no published page.
//
// Elements are named by their place in the page as it comes from the server, which no script has changed
// yet: `[1, 0, 2]` is the third child of the first child of the second child of the root.

const KEY = "afterword:kept";

/** @typedef {import("./morph.js").Pairs} Pairs */
/** @typedef {number[]} Place */

/** @param {Node | undefined} node @returns {Place | null} */
function placeOf(node) {
  if (!(node instanceof Element)) return null;
  const place = [];
  for (let at = node; at.parentElement; at = at.parentElement) place.unshift([...at.parentElement.children].indexOf(at));
  return place;
}

/** @param {Element} root @param {Place} place @returns {Element | undefined} */
const at = (root, place) => place.reduce((/** @type {Element | undefined} */ here, index) => here?.children[index], root);

/**
 * @param {Pairs} live From the page as it was fetched to what is in sight. @param {Pairs} pairs From the
 *   page as it was to the page as it is. @param {Node[]} changed Of the page as it is.
 */
export function keep(live, pairs, changed) {
  const fields = [], open = [];
  let focus = null;
  for (const [old, now] of pairs) {
    const it = live.get(old);
    if (it == document.activeElement && it != document.body) focus = placeOf(now);
    if (it instanceof HTMLDetailsElement) open.push([placeOf(now), it.open]);
    if (it instanceof HTMLInputElement && it.type == "file") continue;
    if (it instanceof HTMLInputElement || it instanceof HTMLTextAreaElement || it instanceof HTMLSelectElement) {
      fields.push([placeOf(now), it.value, it instanceof HTMLInputElement && it.checked]);
    }
  }
  const marks = changed.map((node) => placeOf(node instanceof Element ? node : node.parentElement ?? undefined));
  const kept = { path: location.pathname, scroll: [scrollX, scrollY], fields, open, focus, marks };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {} // kept from us: then the page begins at its top
}

/**
 * Gives back what was kept, and the elements to mark.
 * @param {Element} root The page as it was fetched. @param {Pairs} live From it to what is in sight.
 * @returns {Element[]}
 */
export function giveBack(root, live) {
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    sessionStorage.removeItem(KEY);
  } catch {}
  if (kept?.path != location.pathname) return [];
  const find = (/** @type {Place | null} */ place) => /** @type {any} */ (live.get(/** @type {Node} */ (place && at(root, place))));
  for (const [place, value, checked] of kept.fields) {
    const it = find(place);
    if (!("value" in (it ?? {})) || it.value === value && Boolean(it.checked) === checked) continue;
    if (it.value !== value) it.value = value;
    if ("checked" in it) it.checked = checked;
    // Scripts of the page learn of it as they learn of a reader's hand.
    for (const name of ["input", "change"]) it.dispatchEvent(new Event(name, { bubbles: true }));
  }
  for (const [place, open] of kept.open) {
    const it = find(place);
    if (it instanceof HTMLDetailsElement) it.open = open;
  }
  find(kept.focus)?.focus({ preventScroll: true });
  scrollTo({ left: kept.scroll[0], top: kept.scroll[1], behavior: "instant" });
  return kept.marks.map(find).filter(Boolean);
}
