// The card beside the mark of a source or a word of the glossary; its words are in parts/card.html.
// Without it a mark is a link. What a source tells comes with the first card.
{
  const mould = /** @type {HTMLTemplateElement | null} */ (document.querySelector("#cite-card"));
  if (mould && "popover" in mould) {
    const make = (/** @type {string} */ tag, /** @type {string} */ kind, /** @type {(Node | string)[]} */ ...inside) => {
      const made = document.createElement(tag);
      made.className = kind;
      made.append(...inside);
      return made;
    };
    const [finding, population, limits, whole, close] = [...mould.content.children].map((word) => word.textContent);
    const name = make("p", "label"), title = make("p", "of"), facts = make("div", "");
    const onward = /** @type {HTMLAnchorElement} */ (make("a", "press", whole)), button = make("button", "", close);
    const ways = make("p", "ways", button);
    const card = make("div", "cite-card", name, title, facts, ways, /** @type {Node} */ (mould.content.lastChild));
    card.popover = "auto";
    card.role = "dialog";
    card.tabIndex = -1;
    card.setAttribute("aria-labelledby", name.id = "cite-name");
    for (const way of ["lang", "dir"]) if (mould.hasAttribute(way)) card.setAttribute(way, mould.getAttribute(way) ?? "");
    let /** @type {HTMLAnchorElement} */ mark, timer = 0;
    let pinned = false; // opened by a press, not by a mouse that rests
    let aside = false; // in the margin, where it covers nothing
    let again = false; // the press under way is the second
    const { cards } = mould.dataset;
    let /** @type {HTMLScriptElement} */ script;
    mould.after(card);

    const on = document.addEventListener.bind(document);
    const isOpen = () => card.matches(":popover-open");
    const hide = () => card.hidePopover();
    const wait = (/** @type {Function} */ what, /** @type {any[]} */ ...of) => {
      clearTimeout(timer);
      timer = setTimeout(what, 300, ...of);
    };
    const markOf = (/** @type {any} */ event) => event.target.closest?.("a.cite, a.term");
    /** The lower edge of the way out at the top, which nothing may cover. */
    const top = () => document.querySelector(".strip")?.getBoundingClientRect().bottom ?? 0;

    /** Asks once for what the sources of this page tell. When nothing answers, the card goes without. */
    function ask() {
      if (script || !cards) return;
      script = document.createElement("script");
      script.src = cards;
      script.onload = () => isOpen() && (fill(), place());
      document.head.append(script);
    }

    function fill() {
      const entry = /** @type {any} */ (document.getElementById(decodeURIComponent(mark.hash.slice(1))));
      const told = globalThis.afterwordCards?.[entry.id];
      const parts = [...entry.cloneNode(true).querySelectorAll(".notice, .grade")];
      const meaning = entry.querySelector("dd");
      name.textContent = entry.dataset.name ?? entry.querySelector("dt").textContent;
      title.textContent = entry.dataset.title ?? "";
      if (told) {
        const list = make("dl", "told");
        for (const [key, word] of Object.entries({ finding, population, limits })) {
          if (!told[key]) continue;
          const said = make("dd", "", told[key]);
          if (told.lang) said.lang = told.lang;
          list.append(make("dt", "", word), said);
        }
        parts.push(list);
      }
      if (meaning) {
        const copy = document.createElement("div");
        copy.append(...meaning.cloneNode(true).childNodes);
        copy.querySelectorAll(".cites").forEach((mark) => mark.remove());
        parts.push(copy);
      }
      facts.replaceChildren(...parts);
      onward.href = mark.hash;
      if (!onward.isConnected) ways.prepend(onward, " ");
    }

    /** @param {HTMLAnchorElement} next */
    function show(next, pressed = false) {
      // Closed first: the browser gives the focus back to what had it when the card opened.
      if (isOpen()) hide();
      mark = next;
      ask();
      fill();
      if (pressed) next.focus();
      card.showPopover();
      place();
      if (pressed) card.focus({ preventScroll: true });
      pinned = pressed;
    }

    /** Says whether something lies below the edge; the stylesheet shows it. */
    const tell = () => card.classList.toggle("more", card.scrollHeight - card.scrollTop - card.clientHeight > 8);

    /** In the margin beside the line where there is room, otherwise on the side of it with more room. */
    function place() {
      if (!isOpen()) return;
      const most = innerHeight * 0.7;
      card.style.maxHeight = most + "px";
      const lines = [...mark.getClientRects()];
      const [line] = lines;
      const text = (mark.closest(".text") ?? mark).getBoundingClientRect();
      const { width, height } = card.getBoundingClientRect();
      const free = document.documentElement.clientWidth - width - 8;
      let x = document.dir == "rtl" ? text.left - width - 24 : text.right + 24;
      let y = Math.max(top() + 8, Math.min(line.top - 12, innerHeight - height - 8));
      aside = x >= 8 && x <= free;
      if (!aside) {
        const end = lines[lines.length - 1].bottom;
        const below = innerHeight - end - 14;
        const above = line.top - top() - 14;
        const under = height <= below || below >= above;
        const room = Math.min(height, Math.max(under ? below : above, 160));
        card.style.maxHeight = room + "px";
        x = Math.max(8, Math.min(line.left, free));
        y = under ? end + 6 : line.top - room - 6;
      }
      card.style.left = x + scrollX + "px";
      card.style.top = y + scrollY + "px";
      tell();
    }

    on("pointerover", (event) => {
      const next = markOf(event);
      if (next || card.contains(/** @type {Node} */ (event.target))) clearTimeout(timer);
      if (next && event.pointerType == "mouse" && !(isOpen() && (pinned || next == mark))) wait(show, next);
    });
    on("pointerout", (event) => {
      if (markOf(event)) clearTimeout(timer);
      if (isOpen() && !pinned && !aside) wait(hide);
    });
    on("pointerdown", (event) => again = pinned && isOpen() && markOf(event) == mark, true);
    on("click", (event) => {
      const next = markOf(event);
      clearTimeout(timer);
      if (again || isOpen() && (pinned && next == mark || /** @type {Node} */ (event.target).parentNode == ways)) hide();
      else if (next && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        show(next, true);
        event.preventDefault();
      }
      again = false;
    });
    on("keydown", (event) => {
      // Past either end of the card one is back at the mark.
      if (event.key != "Tab" || event.target != (event.shiftKey ? card.querySelector("a") : button)) return;
      event.preventDefault();
      hide();
    });
    on("scroll", () => isOpen() && card.getBoundingClientRect().top < top() && hide());
    card.addEventListener("scroll", tell);
    addEventListener("resize", place);
  }
}
