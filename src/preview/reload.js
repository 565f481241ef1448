// Shows the newest version of the page, in place. The preview adds this script to its answers; it is in
// no published page.
//
// It stands at the end of the page and runs before the page's own scripts do: so it has seen the page as
// it came. The server tells when there is a newer version; then the page is fetched once more, and what
// differs between the two is changed. `morph.js` compares and changes, `keep.js` keeps what a reload
// would lose, `notes.js` shows what is beside the page: its problems, and news of other pages.
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  let told = script.dataset;
  script.remove();

  const tools = Promise.all([import("./morph.js"), import("./keep.js"), import("./notes.js")]);
  const isOurs = (/** @type {Node} */ node) => node.nodeName.startsWith("AFTERWORD-");

  /** The page as it was fetched last, and where each of its nodes is in sight. */
  let live = /** @type {Map<Node, Node>} */ (new Map());
  let fetched = /** @type {Element} */ (copy(document.documentElement));

  /** @param {Node} node @returns {Node} */
  function copy(node) {
    const twin = node.cloneNode(node.nodeName == "TEMPLATE");
    live.set(twin, node);
    if (node.nodeName != "TEMPLATE") {
      for (const child of node.childNodes) if (!isOurs(child)) twin.appendChild(copy(child));
    }
    return twin;
  }

  /** The texts of the page's own scripts, to know what they look for. */
  const scripts = Promise.all([...document.querySelectorAll("script")].map((it) =>
    it.src ? fetch(it.src).then((answer) => answer.text(), () => "") : it.type == "application/ld+json" ? "" : it.text,
  )).then((texts) => texts.join("\n"));

  // ---------------------------------------------------------- a newer version

  let isBusy = false, isBehind = false;
  async function update() {
    isBehind = true;
    if (isBusy) return;
    isBusy = true;
    try {
      while (isBehind) {
        isBehind = false;
        await once();
      }
    } finally {
      isBusy = false;
    }
  }

  async function once() {
    const [{ plan }, , notes] = await tools;
    const answer = await fetch(location.href.split("#")[0], { cache: "no-store" }).catch(() => null);
    if (!answer) return; // the server is gone; when it is back, it says so
    const text = await answer.text();
    const isPage = answer.headers.get("content-type")?.startsWith("text/html");
    if (answer.redirected || !isPage) return location.reload();
    const page = new DOMParser().parseFromString(text, "text/html");
    const ours = /** @type {HTMLScriptElement | null} */ (page.querySelector("script[data-version]"));
    const problems = page.querySelector("afterword-problems");
    const before = told;
    told = { ...ours?.dataset };
    ours?.remove();
    problems?.remove();
    const all = plan(fetched, page.documentElement, live, await scripts);
    if (all.reason) console.info(`Loaded again: ${all.reason}.`);
    const isMissing = told.status != "200" && told.version != before.version;
    const isOther = told.status != before.status || told.page != before.page || isMissing || !ours;
    if (isOther || all.reason || await hasOtherFiles(before)) return again(all, isOther);
    await all.ready();
    const held = hold();
    const touched = all.apply();
    held();
    [fetched, live] = [page.documentElement, all.live];
    mark(touched);
    performance.mark("afterword:shown", { detail: told.version });
    // While the checks are not done, what they found last stays: most of it is still so.
    if (told.checked != "no" || problems?.querySelector("template")?.content.querySelector(".sheet")) notes.problems(problems);
    if (told.version != before.version) notes.edited(JSON.parse(told.edited ?? "[]"));
  }

  /** Loads the page again. @param {import("./morph.js").Plan} all @param {boolean} isOther */
  async function again(all, isOther) {
    const [, { keep }] = await tools;
    if (!isOther) keep(live, all.pairs, all.changed);
    rest();
    location.reload();
  }

  /** Elements that show another file. */
  const SUBJECT = "img,source,svg image,svg use,object,video,audio";
  const PICTURE = /\.(png|jpe?g|gif|webp|avif|svg|mp4|webm|mp3|ogg|pdf)$/i;
  const DATA = /\.(ya?ml|json|bib)$/;
  /** The stylesheets that are made of data; like pictures they keep their address. */
  const filters = () => Promise.all([...document.querySelectorAll("link[rel~=stylesheet][href$='filter.css']")].map((it) =>
    fetch(/** @type {HTMLLinkElement} */ (it).href).then((answer) => answer.text(), () => "")));
  const firstFilters = filters();

  /** Whether something has changed that keeps its address. @param {DOMStringMap} before */
  async function hasOtherFiles(before) {
    if (told.version == before.version) return false;
    const number = (/** @type {DOMStringMap} */ of) => Number(of.version?.split("-")[1]);
    const known = new Set(live.values());
    const those = [...document.querySelectorAll(SUBJECT)].filter((it) => known.has(it)).map((it) => it.outerHTML);
    const bringsData = [...document.scripts].some((it) => !known.has(it));
    const [old, now] = await Promise.all([firstFilters, filters()]);
    if (old.join() != now.join()) return true;
    // What changed in between is not known: then anything may have.
    if (number(told) != number(before) + 1) return bringsData || those.length > 0;
    const names = /** @type {string[]} */ (JSON.parse(told.changed ?? "[]"));
    const isShown = (/** @type {string} */ name) => those.some((html) => html.includes(name.slice(name.lastIndexOf("/") + 1)));
    return names.some((name) => DATA.test(name) && bringsData || PICTURE.test(name) && isShown(name));
  }

  /** Remembers what stands before the reader, and gives what puts it there again. */
  function hold() {
    const it = [0.35, 0.4, 0.45, 0.5, 0.3, 0.2, 0.6, 0.7]
      .map((part) => document.elementFromPoint(innerWidth / 2, innerHeight * part))
      // What is higher than the window begins far above what is read.
      .find((it) => it && !isOurs(it) && it.getBoundingClientRect().height < innerHeight * 0.7);
    const top = it?.getBoundingClientRect().top ?? 0;
    return () => {
      if (!it?.isConnected || !scrollY) return;
      scrollBy({ top: it.getBoundingClientRect().top - top, behavior: "instant" });
    };
  }

  // ---------------------------------------------------------- what has changed

  const BLOCKS = "p,li,h1,h2,h3,h4,h5,h6,dt,dd,tr,pre,blockquote,figure,details,aside,section,div,article,main,nav,header,footer";

  /** Marks for a moment what has changed, and brings it into view. @param {Element[]} touched */
  function mark(touched) {
    const seen = touched.map((it) => {
      let block = it.closest(BLOCKS);
      // What lies in something closed is marked where it would open.
      while (block && !block.checkVisibility()) block = block.parentElement;
      return block;
    });
    const blocks = [...new Set(seen)].filter((it) => it && it != document.body && it != document.documentElement);
    const own = blocks.filter((it) => it?.closest("main"));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const isInView = (/** @type {Element | null} */ it) => {
      const { top, bottom } = /** @type {Element} */ (it).getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    if (own.length && !own.some(isInView)) own[0]?.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
    for (const block of (own.length ? own : blocks).slice(0, 20)) {
      const light = { backgroundColor: "rgb(233 183 120 / .35)", boxShadow: "0 0 0 .35rem rgb(233 183 120 / .35)" };
      const none = { backgroundColor: "rgb(233 183 120 / 0)", boxShadow: "0 0 0 .35rem rgb(233 183 120 / 0)" };
      // Without motion it is there, and then it is not.
      block?.animate(calm ? [light, light] : [light, light, none], { duration: 1600, id: "afterword-changed" });
    }
  }

  // ---------------------------------------------------------- news from the server

  let events = /** @type {EventSource | undefined} */ (undefined);
  let timer = 0;
  const listen = () => {
    // A browser keeps few connections to one place: pages that nobody looks at let theirs go.
    if (events || document.hidden) return;
    events = new EventSource("/_afterword/events");
    events.onopen = () => {
      clearTimeout(timer);
      timer = 0;
      tools.then(([, , notes]) => notes.away(false));
    };
    events.onerror = () => {
      if (!timer) timer = setTimeout(() => tools.then(([, , notes]) => notes.away(true)), 2000);
      if (events?.readyState != EventSource.CLOSED) return;
      rest();
      setTimeout(listen, 1000);
    };
    events.addEventListener("version", ({ data, lastEventId }) => {
      const { version, checked } = told;
      // The same version comes once more when its checks are done.
      if (data != version || lastEventId == "checked" && checked == "no") update();
    });
  };
  const rest = () => {
    events?.close();
    events = undefined;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  // The reader leaves quickly: nothing may come between.
  addEventListener("afterword:leave", rest);
  addEventListener("pageshow", listen);
  listen();

  // After the page's own scripts, so that they learn of what is given back.
  addEventListener("load", async () => {
    const [, { giveBack }] = await tools;
    mark(giveBack(fetched, live));
  });
  tools.then(([, , notes]) => notes.begin()).then(() => performance.mark("afterword:ready"));
})();
