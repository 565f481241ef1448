// Small helps beside the text: share and print, contents that follow the reader, disclosures that open
// when they are linked or printed. What the browser does by itself is left to it; none is needed to read.
{
  const all = (/** @type {string} */ what) => /** @type {any[]} */ ([...document.querySelectorAll(what)]);

  for (const tools of all(".tools")) tools.hidden = false;
  for (const button of all(".print")) button.onclick = () => print();
  for (const button of all(".share")) {
    const said = button.parentNode.querySelector("[role=status]");
    button.onclick = async () => {
      const address = document.createElement("bdi");
      address.textContent = all("link[rel=canonical]")[0]?.href ?? location.href.split("#")[0];
      said.textContent = "";
      try {
        await navigator.clipboard.writeText(address.textContent);
        said.textContent = said.dataset.copied;
      } catch {
        said.append(said.dataset.selected, " ", address);
        getSelection()?.selectAllChildren(address);
      }
    };
  }

  for (const line of all(".questions > template")) {
    for (const answer of all(".answer")) {
      answer.append(line.content.cloneNode(true));
      answer.lastChild.firstChild.href = "#" + answer.id;
    }
  }

  if (!CSS.supports("selector(:target-current)")) {
    const links = all(".toc.wide a");
    const parts = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    // All that lies above counts as in sight, so that a jump over many headings is told as well.
    const sight = new IntersectionObserver(() => {
      const now = parts.findLastIndex((part) => part && part.getBoundingClientRect().top < innerHeight * 0.3);
      links.forEach((link, at) => at == now ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
    }, { rootMargin: "999999px 0px -70%" });
    for (const part of parts) if (part) sight.observe(part);
  }

  const open = () => {
    const part = all(":target")[0];
    let closed, at = part?.closest("details");
    for (; at; at = at.parentNode.closest("details")) if (!at.open) closed = at.open = true;
    if (closed) part.scrollIntoView();
  };
  addEventListener("pageshow", open);
  addEventListener("hashchange", open);

  if (!CSS.supports("selector(::details-content)")) {
    const turn = (/** @type {any[]} */ those, /** @type {boolean} */ to) => those.forEach((it) => it.open = to);
    let /** @type {any[]} */ closed = [];
    addEventListener("beforeprint", () => turn((closed = all("main details:not([open])")), true));
    addEventListener("afterprint", () => turn(closed, false));
  }
}
