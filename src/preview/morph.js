// Changes a page in place into what it is now. The preview serves this script; it is in no published page.
//
// The page as it was fetched is compared with the page as it is fetched now, and only what differs
// between these two is done to what the reader sees. So whatever a reader or a script has done since
// (answers, open disclosures, a card beside the text) stays, and what has not changed is not touched.
//
// What cannot be done soundly in place is told as a reason, and then the page is loaded again: scripts
// that are others now, a policy, and elements that a script of the page has been given and would not
// find again. To add such a reason: a line in `reason`.

/** @typedef {Map<Node, Node>} Pairs From each node of one tree its node in another. */

/**
 * What is to be done.
 * @typedef {object} Plan
 * @property {Pairs} pairs From the nodes of the page before to those of the page now.
 * @property {string} reason Why it cannot be done in place; empty when it can.
 * @property {() => Promise<void>} ready Brings the stylesheets that are new, so that nothing flashes.
 * @property {() => Element[]} apply Does it, and gives the elements that have changed.
 * @property {Node[]} changed What is new or other in the page now.
 * @property {Pairs} live From the nodes of the page now to those in sight; whole after `apply`.
 */

/** Elements that do something by themselves or in forms: scripts tend to know them. */
const ACTIVE = "button,form,input,select,textarea,fieldset,template,canvas,video,audio,dialog,object,script";
const SHEET = "link[rel~=stylesheet]";
/** What a reader or a script may have set; where they have, it stays. */
const THEIRS = /^(open|checked|selected|value|hidden|disabled|style|tabindex|role|aria-.*)$/;

/**
 * @param {Element} before The root of the page as it was fetched. @param {Element} after As it is now.
 * @param {Pairs} live From the nodes of `before` to those in sight. @param {string} scripts The texts of
 *   the page's scripts. @returns {Plan}
 */
export function plan(before, after, live, scripts) {
  const pairs = /** @type {Pairs} */ (new Map());
  pair(before, after, pairs);
  const steps = new Steps(pairs, live);
  steps.node(before, after);
  return {
    pairs,
    changed: steps.changed,
    reason: steps.reason || reason(before, after, steps, scripts),
    ready: () => steps.ready(),
    apply: () => steps.apply(before),
    live: steps.now,
  };
}

/** @param {Element} before @param {Element} after @param {Steps} steps @param {string} scripts */
function reason(before, after, steps, scripts) {
  const those = (/** @type {Element} */ root, /** @type {string} */ what) => [...root.querySelectorAll(what)].map((it) => it.outerHTML).join("\n");
  const differ = (/** @type {string} */ what) => those(before, what) != those(after, what);
  const code = "script:not([type='application/ld+json'])";
  if (differ(code)) return "the page has other scripts";
  if (differ("meta[http-equiv]")) return "the page has another policy";
  if (differ("base")) return "links start from another place";
  if (!before.querySelector(code)) return "";
  if (differ("template")) return "a script may have read what is in a template";
  const known = named(scripts);
  const isForScripts = (/** @type {string} */ name) => name.startsWith("data-");
  const knownOf = (/** @type {Element} */ it) => it.matches(ACTIVE) ? it.localName : [it.id, ...it.classList, ...it.getAttributeNames().filter(isForScripts)].find((name) => known.has(name));
  const inForm = Boolean(before.querySelector("form"));
  for (const [what, where] of steps.structure) {
    if (what instanceof Element) {
      const name = [what, ...what.querySelectorAll("*")].map(knownOf).find(Boolean);
      if (name) return `a script may know what has come or gone (${name})`;
    }
    for (let at = inForm ? where : null; at instanceof Element; at = at.parentNode) {
      const name = knownOf(at);
      if (name) return `a script may know where something has come or gone (${name})`;
    }
  }
  return "";
}

/** The names of classes, ids and attributes by which scripts look for elements. @param {string} scripts */
function named(scripts) {
  const names = new Set();
  for (const [text] of scripts.matchAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g)) {
    for (const [, name] of text.matchAll(/[.#[]([a-z_][\w-]*)/gi)) names.add(name);
  }
  for (const [, name] of scripts.matchAll(/getElements?By\w+\(\s*["'`]([\w-]+)/g)) names.add(name);
  return names;
}

// ------------------------------------------------------------ which node is which

/** `isEqualNode` does not look into templates. @param {Node} a @param {Node} b */
function same(a, b) {
  if (a.nodeType != b.nodeType || a.nodeName != b.nodeName || !a.isEqualNode(b)) return false;
  if (!(a instanceof Element) || !(b instanceof Element)) return true;
  const inside = (/** @type {Element} */ it) => [...it.querySelectorAll("template"), it].map((mould) => mould.nodeName == "TEMPLATE" ? mould.innerHTML : "").join("\n");
  return inside(a) == inside(b);
}

/** @param {Node} a @param {Node} b @param {Pairs} pairs */
function pair(a, b, pairs) {
  if (same(a, b)) return pairAll(a, b, pairs);
  pairs.set(a, b);
  // What stands in `noscript` is never seen here, and a page that runs scripts reads it as text.
  if (a.nodeName == "NOSCRIPT") return;
  const before = [...a.childNodes], after = [...b.childNodes];
  let start = 0, end = 0;
  const least = Math.min(before.length, after.length);
  const fromEnd = () => /** @type {const} */ ([before[before.length - 1 - end], after[after.length - 1 - end]]);
  while (start < least && same(before[start], after[start])) pairAll(before[start], after[start++], pairs);
  while (end < least - start && same(...fromEnd())) {
    pairAll(...fromEnd(), pairs);
    end++;
  }
  middle(before.slice(start, before.length - end), after.slice(start, after.length - end), pairs);
}

/** Equal trees. @param {Node} a @param {Node} b @param {Pairs} pairs */
function pairAll(a, b, pairs) {
  pairs.set(a, b);
  for (let x = a.firstChild, y = b.firstChild; x && y; x = x.nextSibling, y = y.nextSibling) pairAll(x, y, pairs);
}

/** What stands between equal ends: first what is equal, then, between these, what is of a kind. */
function middle(/** @type {Node[]} */ before, /** @type {Node[]} */ after, /** @type {Pairs} */ pairs) {
  let x = 0, y = 0;
  const gap = (/** @type {number} */ i, /** @type {number} */ j) => {
    const a = before.slice(x, i), b = after.slice(y, j);
    for (const [k, l] of common(a.map(kindOf), b.map(kindOf))) pair(a[k], b[l], pairs);
  };
  for (const [i, j] of common(before.map(textOf), after.map(textOf))) {
    gap(i, j);
    pairAll(before[i], after[j], pairs);
    [x, y] = [i + 1, j + 1];
  }
  gap(before.length, after.length);
}

const textOf = (/** @type {Node} */ node) => node instanceof Element ? node.outerHTML : node.nodeName + node.nodeValue;

/** Nodes with the same answer may be turned into each other. @param {Node} node */
function kindOf(node) {
  if (!(node instanceof Element)) return node.nodeName;
  // A stylesheet that has another address is another one: it comes before the old one goes.
  if (node.matches(SHEET)) return node.outerHTML;
  const own = ["rel", "hreflang", "property", "http-equiv", "type", "name", "value"].map((name) => node.matches("link,meta,script,input,select,textarea") ? node.getAttribute(name) : "");
  return [node.nodeName, node.id, ...own].join("\n");
}

/**
 * The longest run of places, in order, at which two lists say the same.
 * @param {string[]} a @param {string[]} b @returns {[number, number][]}
 */
function common(a, b) {
  if (!a.length || !b.length) return [];
  // Of very long lists: the next that is the same, which is not the longest but quick.
  if (a.length * b.length > 1e6) return next(a, b);
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j;
      longest[at] = a[i] == b[j] ? longest[at + width + 1] + 1 : Math.max(longest[at + width], longest[at + 1]);
    }
  }
  const found = /** @type {[number, number][]} */ ([]);
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] == b[j]) found.push([i++, j++]);
    else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i++;
    else j++;
  }
  return found;
}

/** @param {string[]} a @param {string[]} b @returns {[number, number][]} */
function next(a, b) {
  const places = /** @type {Map<string, number[]>} */ (new Map());
  b.forEach((text, at) => places.get(text)?.push(at) ?? places.set(text, [at]));
  let last = -1;
  return a.flatMap((text, at) => {
    const place = places.get(text)?.find((place) => place > last);
    if (place === undefined) return [];
    last = place;
    return [/** @type {[number, number]} */ ([at, place])];
  });
}

// ------------------------------------------------------------ what is to be done

class Steps {
  /** @param {Pairs} pairs @param {Pairs} live */
  constructor(pairs, live) {
    this.pairs = pairs;
    this.live = live;
    this.back = new Map([...pairs].map(([a, b]) => [b, a]));
    /** @type {Pairs} */
    this.now = new Map();
    /** What has come or gone, with the node it lies in. @type {[Node, Node][]} */
    this.structure = [];
    /** @type {(() => Element | null)[]} */
    this.does = [];
    /** @type {(() => Promise<unknown>)[]} */
    this.sheets = [];
    /** @type {Node[]} */
    this.changed = [];
    this.reason = "";
  }

  /** @param {Node} a */
  seen(a) {
    const live = this.live.get(a);
    if (!live?.isConnected) this.reason = "a script has taken away what has changed";
    return /** @type {any} */ (live);
  }

  /** @param {Node} a @param {Node} b */
  node(a, b) {
    if (same(a, b) || a.nodeName == "NOSCRIPT") return;
    if (a instanceof CharacterData) return this.text(a, /** @type {CharacterData} */ (b));
    if (a instanceof Element) this.attributes(a, /** @type {Element} */ (b));
    this.children(a, b);
  }

  /** @param {CharacterData} a @param {CharacterData} b */
  text(a, b) {
    const live = /** @type {CharacterData} */ (this.seen(a));
    const says = a.data.trim() != b.data.trim();
    if (live && live.data != a.data) {
      // Where the page ends the parser may have joined white space to a text.
      if (says) this.reason = "a script has written over what has changed";
      return;
    }
    if (says) this.changed.push(b);
    this.does.push(() => {
      // Only the letters that differ, so that a selection of others stays.
      let start = 0, end = 0;
      const [old, now] = [a.data, b.data], least = Math.min(old.length, now.length);
      while (start < least && old[start] == now[start]) start++;
      while (end < least - start && old.at(-1 - end) == now.at(-1 - end)) end++;
      live.replaceData(start, old.length - start - end, now.slice(start, now.length - end));
      return says ? live.parentElement : null;
    });
  }

  /** @param {Element} a @param {Element} b */
  attributes(a, b) {
    for (const name of new Set([...a.getAttributeNames(), ...b.getAttributeNames()])) {
      const [old, now] = [a.getAttribute(name), b.getAttribute(name)];
      if (old === now) continue;
      const live = /** @type {Element} */ (this.seen(a));
      const isSeen = /^(src|srcset|href|alt|class|d|points)$/.test(name) && Boolean(a.closest("body"));
      if (isSeen) this.changed.push(b);
      this.does.push(() => {
        if (name == "class") classes(live, old, now);
        else if (!THEIRS.test(name) || live.getAttribute(name) === old) {
          if (now === null) live.removeAttribute(name);
          else live.setAttribute(name, now);
        }
        return isSeen ? live : null;
      });
    }
  }

  /** @param {Node} a @param {Node} b */
  children(a, b) {
    const parent = this.seen(a);
    if (!parent) return;
    for (const child of a.childNodes) {
      if (this.pairs.has(child)) continue;
      const live = this.live.get(child);
      if (!says(child)) {
        this.does.push(() => (live?.parentNode?.removeChild(live), null));
        continue;
      }
      if (live?.parentNode != parent) this.reason = "a script has moved what has gone";
      if (!(child instanceof Element && child.matches(SHEET))) this.structure.push([child, a]);
      this.does.push(() => (/** @type {ChildNode} */ (live).remove(), null));
    }
    // The node in sight after which the next new one comes.
    let last = () => /** @type {Node | null} */ (null);
    for (const child of b.childNodes) {
      const old = this.back.get(child), after = last;
      if (old) {
        const live = this.live.get(old);
        if (live?.parentNode == parent) last = () => live ?? null;
        this.node(old, child);
        continue;
      }
      this.insert(parent, after, child, a);
      last = () => this.now.get(child) ?? after();
    }
  }

  /** @param {Node} parent @param {() => Node | null} after @param {Node} child @param {Node} where */
  insert(parent, after, child, where) {
    const put = () => {
      const live = document.importNode(child, true);
      pairAll(child, live, this.now);
      const before = after();
      parent.insertBefore(live, before ? before.nextSibling : parent.firstChild);
      return live;
    };
    if (child instanceof Element && child.matches(SHEET)) {
      this.sheets.push(() => new Promise((done) => {
        const sheet = /** @type {HTMLLinkElement} */ (put());
        // One that is for paper only is not waited for, and one that never comes not for long.
        if (sheet.media && !matchMedia(sheet.media).matches) done(0);
        sheet.onload = sheet.onerror = done;
        setTimeout(done, 2000);
      }));
      return;
    }
    // The parser puts the white space after the page at the end of its body, behind what is ours.
    if (!says(child) && where.nodeName == "BODY") return;
    if (says(child)) {
      this.structure.push([child, where]);
      if (where instanceof Element && where.closest("body")) this.changed.push(child);
    }
    this.does.push(() => {
      const live = put();
      return live instanceof Element ? live : says(live) ? live.parentElement : null;
    });
  }

  async ready() {
    await Promise.all(this.sheets.map((bring) => bring()));
  }

  /** @param {Node} before */
  apply(before) {
    const touched = new Set();
    for (const does of this.does) touched.add(does());
    for (const [a, b] of this.pairs) {
      const live = this.live.get(a);
      if (live) this.now.set(b, live);
    }
    this.now.set(/** @type {Node} */ (this.pairs.get(before)), document.documentElement);
    return [...touched].filter((it) => it instanceof Element && it.isConnected);
  }
}

/** Whether a node is more than white space between others. @param {Node} node */
const says = (node) => node instanceof Element || node.nodeType == Node.TEXT_NODE && Boolean(node.nodeValue?.trim());

/** Gives and takes what has come and gone, and leaves what a script has added. */
function classes(/** @type {Element} */ live, /** @type {string | null} */ old, /** @type {string | null} */ now) {
  const words = (/** @type {string | null} */ text) => text?.split(/\s+/).filter(Boolean) ?? [];
  live.classList.remove(...words(old).filter((name) => !words(now).includes(name)));
  live.classList.add(...words(now));
}
