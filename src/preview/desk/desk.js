// What the desk does besides standing there: it filters while one types, and brings in what has changed.
// Whatever it does, a link or a form does too.
(() => {
  const root = document.documentElement;
  let asked = 0;

  /** Where the focus is, in words that find it again when its part of the page is another one. */
  const focused = (part) => {
    const element = document.activeElement;
    if (!element || !part.contains(element)) return undefined;
    if (element.id) return () => document.getElementById(element.id);
    const like = (other) =>
      other.localName == element.localName && other.textContent == element.textContent && other.getAttribute("href") == element.getAttribute("href");
    const same = [...part.querySelectorAll(element.localName)].filter(like).indexOf(element);
    const { id } = part;
    return () => [...(document.getElementById(id)?.querySelectorAll(element.localName) ?? [])].filter(like)[same];
  };

  /** What was open and what was not: a group of problems is away for a moment while checks run. */
  const opened = new Map();

  /** Puts one part in the place of another: what is open stays open, and what has the focus keeps it. */
  const replace = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    for (const details of old.querySelectorAll("details[id]")) opened.set(details.id, details.open);
    for (const details of fresh.querySelectorAll("details[id]")) {
      if (opened.has(details.id)) details.open = opened.get(details.id);
    }
    const again = focused(old);
    // Somebody is at the switches: what they have chosen is not taken from them.
    if (again && old.id == "looking") return;
    old.replaceWith(fresh);
    again?.()?.focus({ preventScroll: true });
  };

  /** Fetches an address of the desk, and takes over the parts that have changed. */
  const bring = async (address) => {
    const mine = ++asked;
    const answer = await fetch(address, { headers: { accept: "text/html" } }).catch(() => undefined);
    if (!answer?.headers.get("content-type")?.startsWith("text/html") || mine != asked) return;
    const text = await answer.text();
    if (mine != asked) return;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const parts = [...document.querySelectorAll("[data-live]")];
    const others = fresh.querySelectorAll("[data-live]");
    // Another set of parts is another page, such as when the site could not be read and now can.
    if (parts.map((part) => part.id).join() != [...others].map((part) => part.id).join()) {
      location.reload();
      return;
    }
    for (const [at, part] of parts.entries()) replace(part, others[at]);
    root.dataset.version = fresh.documentElement.dataset.version;
    root.dataset.checks = fresh.documentElement.dataset.checks;
    wait();
  };

  let timer;
  const soon = (what, milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(what, milliseconds);
  };

  /** While something is being worked out, the page asks again. */
  const wait = () => {
    if (document.querySelector("[data-wait]")) soon(() => bring(location.href), 700);
  };

  const filter = document.getElementById("filter");
  const address = () => {
    const fields = [...new FormData(filter)].filter(([name, value]) => value && !(name == "sort" && value == "page"));
    const query = new URLSearchParams(fields).toString();
    return filter.getAttribute("action") + (query && "?" + query);
  };
  const narrow = () => {
    history.replaceState(null, "", address());
    bring(location.href);
  };
  filter?.addEventListener("input", (event) => soon(narrow, event.target.type == "search" ? 150 : 0));
  filter?.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    narrow();
  });

  // The place to open the switches from a page of the site.
  if (location.hash == "#looking") document.getElementById("switches").open = true;

  let events;
  const listen = () => {
    // A browser keeps few connections to one place: pages that nobody looks at let theirs go.
    if (events || document.hidden) return;
    events = new EventSource("/_afterword/events");
    events.addEventListener("version", (event) => {
      // What is shown may be the newest, and yet lack what its checks have found.
      const isShown = event.data == root.dataset.version && root.dataset.checks == "checked";
      if (isShown) return;
      // The checks are mostly done at once: then what they had found before need not go and come back.
      soon(() => bring(location.href), event.lastEventId == "loaded" ? 500 : 0);
    });
  };
  const rest = () => {
    events?.close();
    events = undefined;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
  wait();
})();
