// Shows the newest version of the page. The preview adds this script to its answers; it is in no
// published page.
(() => {
  let shown = new URL(document.currentScript.src).searchParams.get("v");
  let events;
  const listen = () => {
    // A browser keeps few connections to one place: pages that nobody looks at let theirs go.
    if (events || document.hidden) return;
    events = new EventSource("/_afterword/events");
    events.addEventListener("version", (event) => {
      if (event.data === shown) return;
      shown = event.data;
      rest();
      location.reload();
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
})();
