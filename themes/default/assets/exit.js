// Leaving quickly. Without this script the way out is a link; its words stand on that link.
{
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.leave"));
  const words = link?.dataset ?? {};
  const said = document.createElement("p");
  const key = "shift"; // kept only when the reader switches Shift off, and only for the tab
  let count = 0, alone = false, left = false, timer = 0;

  const leave = () => {
    // What is gone from the page cannot be seen, read out, printed or found; what follows may be slow.
    document.title = said.textContent = words.left ?? "";
    document.body.replaceChildren(said);
    document.querySelectorAll("link[rel~=icon]").forEach((icon) => icon.remove());
    if (!left) dispatchEvent(new Event("afterword:leave")); // what another script keeps goes too
    left = true;
    try {
      sessionStorage.clear();
      localStorage.clear();
    } catch {} // kept from us: then nothing is in it
    location.replace(/** @type {HTMLAnchorElement} */ (link).href);
  };

  const show = (text = "") => {
    clearTimeout(timer);
    said.textContent = text;
    if (count) /** @type {any} */ (words).pressed = "\u25cf".repeat(count).padEnd(3, "\u25cb");
    else delete words.pressed;
  };
  const reset = () => {
    alone = false;
    if (count && !left) show(((count = 0), ""));
  };
  const kept = (/** @type {(store: Storage) => unknown} */ ask) => {
    try {
      return ask(sessionStorage);
    } catch {}
  };

  if (link) {
    said.className = "unseen";
    said.role = "status";
    link.after(said);

    // Also with Ctrl, Cmd or the middle button: another tab would leave this one in sight.
    for (const press of ["click", "auxclick"]) {
      addEventListener(press, (event) => {
        if (/** @type {MouseEvent} */ (event).button > 1 || !link.contains(/** @type {Node} */ (event.target))) return;
        event.preventDefault();
        if (!left) leave();
      });
    }

    addEventListener("keydown", (event) => {
      if (event.key != "Shift" || event.ctrlKey || event.altKey || event.metaKey) reset();
      else if (!event.repeat) alone = true;
    });
    addEventListener("keyup", (event) => {
      if (event.key != "Shift" || !alone || left || kept((store) => store.getItem(key))) return;
      alone = false;
      if (++count > 2) return leave();
      show(count > 1 ? words.once : words.twice);
      timer = setTimeout(() => show(((count = 0), words.expired)), 5000);
    });
    for (const other of ["pointerdown", "blur"]) addEventListener(other, reset);
    addEventListener("wheel", () => alone = false, { passive: true });

    // A page that was left stays left: who brings it back may be the one it was hidden from.
    addEventListener("pageshow", () => left ? leave() : reset());
  }

  // The switch for Shift, on the page about using the site safely.
  const about = /** @type {HTMLElement | null} */ (document.querySelector(".leave-keys"));
  const button = about?.querySelector("button");
  if (link && about && button && kept((store) => store)) {
    const off = button.textContent;
    const tell = () => button.textContent = kept((store) => store.getItem(key)) ? button.dataset.on ?? "" : off;
    button.onclick = () => {
      kept((store) => store.getItem(key) ? store.removeItem(key) : store.setItem(key, "off"));
      tell();
    };
    tell();
    about.hidden = false;
  }
}
