// The card beside a mark; parts/references.html tells what it is made of. Without it a mark is a link.
{
  const mould = document.querySelector("#cite-card");
  const card = /** @type {HTMLElement} */ (mould?.content.firstElementChild);
  if (card && "popover" in card) {
    let /** @type {HTMLAnchorElement} */ mark, timer = 0;
    let pinned = false; // opened by a press, not by a mouse that rests
    let aside = false; // in the margin, where it covers nothing
    let again = false; // the press under way is the second
    const [name, title, facts, ways] = card.children;
    mould.after(card);

    const on = document.addEventListener.bind(document);
    const isOpen = () => card.matches(":popover-open");
    const hide = () => card.hidePopover();
    const wait = (what, ...of) => {
      clearTimeout(timer);
      timer = setTimeout(what, 300, ...of);
    };
    const markOf = (/** @type {Event} */ event) => event.target.closest?.("a.cite");
    /** The lower edge of the way out at the top, which nothing may cover. */
    const top = () => document.querySelector(".strip")?.getBoundingClientRect().bottom ?? 0;

    /** @param {HTMLAnchorElement} next @param {boolean} [pressed] */
    function show(next, pressed) {
      const entry = document.getElementById(next.hash.slice(1));
      // Closed first: the browser gives the focus back to what had it when the card opened.
      if (isOpen()) hide();
      mark = next;
      name.textContent = entry.dataset.name;
      title.textContent = entry.dataset.title ?? "";
      facts.replaceChildren(...entry.cloneNode(true).querySelectorAll(".notice, .grade, .told"));
      ways.firstChild.href = next.hash;
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
      const line = mark.getClientRects()[0];
      const text = (mark.closest(".text") ?? mark).getBoundingClientRect();
      const { width, height } = card.getBoundingClientRect();
      const free = document.documentElement.clientWidth - width - 8;
      let x = document.dir == "rtl" ? text.left - width - 24 : text.right + 24;
      let y = Math.max(top() + 8, Math.min(line.top - 12, innerHeight - height - 8));
      aside = x >= 8 && x <= free;
      if (!aside) {
        const end = [...mark.getClientRects()].at(-1).bottom;
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
      if (next || card.contains(event.target)) clearTimeout(timer);
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
      if (again || isOpen() && (pinned && next == mark || event.target.parentNode == ways)) hide();
      else if (next && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        show(next, true);
        event.preventDefault();
      }
      again = false;
    });
    on("keydown", (event) => {
      // Past either end of the card one is back at the mark.
      if (event.key != "Tab" || event.target != (event.shiftKey ? card.querySelector("a") : ways.lastChild)) return;
      event.preventDefault();
      hide();
    });
    on("scroll", () => isOpen() && card.getBoundingClientRect().top < top() && hide());
    card.addEventListener("scroll", tell);
    addEventListener("resize", place);
  }
}
