// What the preview shows beside a page: its problems, that another page was saved, that the preview has
// ended. The preview serves this script; it is in no published page.
//
// Each lies in a shadow tree of its own, so that neither the site's styles nor these reach across. The
// stylesheet is a constructed one: the page's own policy may let none be linked.

const FOLDED = "afterword:folded", FOLLOW = "afterword:follow", ARRIVED = "afterword:arrived";
/** How long a note stays while nobody points at it or is in it. */
const STAYS = 8000;

/** What is kept while the browser's tab is open. */
const session = {
  has: (/** @type {string} */ key) => {
    try {
      return sessionStorage.getItem(key) == "yes";
    } catch {
      return false;
    }
  },
  put: (/** @type {string} */ key, /** @type {boolean} */ is) => {
    try {
      if (is) sessionStorage.setItem(key, "yes");
      else sessionStorage.removeItem(key);
    } catch {} // kept from us: then it holds for this page
  },
};

/** @type {Promise<CSSStyleSheet> | undefined} */
let style;
const sheet = () => style ??= fetch("/_afterword/problems.css").then((answer) => answer.text()).then((text) => {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
});

/** Where something of ours is shown, made when it is needed. @param {string} name */
function hostOf(name) {
  const old = document.querySelector(name);
  const host = old ?? document.createElement(name);
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  host.setAttribute("lang", "en");
  host.setAttribute("dir", "ltr");
  return { host, root };
}

// ------------------------------------------------------------ problems

let shown = "";

/** Shows the problems that came with the newest page. @param {Element | null} problems */
export async function problems(problems) {
  const html = problems?.querySelector("template")?.innerHTML ?? "";
  if (html == shown) return;
  shown = html;
  if (!html) return document.querySelector("afterword-problems")?.remove();
  const made = await sheet();
  // Something newer has come meanwhile.
  if (shown != html) return;
  const { host, root } = hostOf("afterword-problems");
  const mould = /** @type {HTMLTemplateElement} */ (problems?.querySelector("template"));
  const at = root.activeElement?.getAttribute("href") ?? root.activeElement?.localName;
  const top = root.querySelector(".inside")?.scrollTop ?? 0;
  root.replaceChildren(document.importNode(mould.content, true));
  root.querySelector("link")?.remove();
  root.adoptedStyleSheets = [made];
  if (!host.isConnected) document.body.append(host);
  equip(root);
  const inside = root.querySelector(".inside");
  if (inside) inside.scrollTop = top;
  const same = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("a,summary,button")]).find((it) => at && (it.getAttribute("href") ?? it.localName) == at);
  same?.focus({ preventScroll: true });
}

/** @param {ShadowRoot} root */
function equip(root) {
  const sheet = /** @type {HTMLDetailsElement | null} */ (root.querySelector(".sheet > details"));
  if (sheet) {
    if (session.has(FOLDED)) sheet.open = false;
    sheet.addEventListener("toggle", () => session.put(FOLDED, !sheet.open));
  }
  root.addEventListener("click", press);
}

/** Opens a place in the editor of the machine where the preview runs. @param {Event} event */
async function press(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a.place"));
  if (!link) return;
  event.preventDefault();
  const answer = await fetch(link.href, { method: "POST", headers: { accept: "application/json" } }).catch(() => null);
  const { words, link: other } = answer?.status == 204 ? { words: "Opened in your editor.", link: "" }
    : await answer?.json().catch(() => null) ?? { words: "The preview does not answer.", link: "" };
  const said = link.parentElement?.querySelector(".said") ?? document.createElement("span");
  said.className = "said";
  said.setAttribute("role", "status");
  link.parentElement?.append(said);
  said.textContent = " " + words + " ";
  if (answer?.status == 204) return;
  if (other) {
    const onward = document.createElement("a");
    onward.href = other;
    onward.textContent = other;
    said.append(onward, " ");
  }
  const copy = document.createElement("button");
  copy.type = "button";
  copy.textContent = "Copy the place";
  copy.onclick = () => navigator.clipboard.writeText(link.textContent ?? "").then(() => copy.textContent = "Copied", () => copy.textContent = "It could not be copied");
  said.append(copy);
}

// ------------------------------------------------------------ notes

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {(string | Node)[]} inside @param {boolean} stays */
async function note(inside, stays) {
  const made = await sheet();
  const { host, root } = hostOf("afterword-note");
  root.adoptedStyleSheets = [made];
  let line = root.querySelector("div");
  if (!line) {
    line = document.createElement("div");
    line.className = "note";
    line.setAttribute("role", "status");
    root.append(line);
    const here = () => line?.matches(":hover, :focus-within");
    const leave = () => {
      clearTimeout(timer);
      timer = setTimeout(() => here() ? leave() : host.remove(), STAYS);
    };
    for (const event of ["leave", "pointerout", "focusout"]) line.addEventListener(event, leave);
  }
  // It stands where the Tab key comes to it soon, and takes the focus from nothing.
  document.body.append(host);
  line.replaceChildren(...inside);
  clearTimeout(timer);
  if (!stays) line.dispatchEvent(new Event("leave"));
}

function following() {
  const label = document.createElement("label"), box = document.createElement("input");
  box.type = "checkbox";
  box.checked = session.has(FOLLOW);
  box.onchange = () => session.put(FOLLOW, box.checked);
  label.append(box, " follow what I edit");
  return label;
}

/** Other pages have been saved. @param {[string, string][]} pages Their addresses and titles. */
export async function edited(pages) {
  const first = pages[0];
  if (!first || pages.some(([url]) => url == location.pathname)) return;
  const [url, title] = first;
  if (session.has(FOLLOW)) {
    session.put(ARRIVED, true);
    location.assign(url);
    return;
  }
  const link = document.createElement("a");
  link.href = url;
  link.textContent = "go there";
  const name = document.createElement("b");
  name.textContent = title;
  const more = pages.length > 1 ? ` and ${pages.length - 1} more have changed: ` : " has changed: ";
  await note([name, more, link, following()], false);
}

/** The preview does not answer, or does so again. @param {boolean} isAway */
export function away(isAway) {
  if (isAway) return note(["The preview has ended. When it runs again, this page follows by itself."], true);
  const line = document.querySelector("afterword-note")?.shadowRoot?.querySelector("div");
  if (line && !line.querySelector("a, input")) document.querySelector("afterword-note")?.remove();
}

/** Takes over what came with the page. */
export async function begin() {  const host = document.querySelector("afterword-problems");
  if (host?.shadowRoot) {
    const copy = /** @type {ShadowRoot} */ (host.shadowRoot);
    shown = copy.innerHTML;
    equip(copy);
  }
  if (session.has(ARRIVED)) {
    session.put(ARRIVED, false);
    note(["You see what was saved last.", following()], false);
  }
  // Now, while there is somebody to ask.
  await sheet();
}
