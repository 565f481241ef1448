// The picker with a script: one question at a time, a count, a surprise, a plan, and choosing together.
// What fits is decided by the page's own stylesheet (filter.css), here it is only counted; all words
// stand in templates/picker.html. Answers live in the page and nowhere else: nothing is sent, and the
// plan is stored only while "keep" is ticked. pair.js seals what two devices exchange.
{
  const root = /** @type {any} */ (document.querySelector(".picker"));
  const one = (/** @type {string} */ what) => /** @type {any} */ (root.querySelector(what));
  const all = (/** @type {string} */ what, of = root) => /** @type {any[]} */ ([...of.querySelectorAll(what)]);
  const form = one("form"), count = one(".count"), said = one(".said"), plan = one(".plan"), together = one(".together");
  const ideas = all(".idea"), groups = all(".group"), questions = all("fieldset");
  const nameOf = (/** @type {any} */ idea) => idea.querySelector("h3, h4").textContent;
  const mould = (/** @type {string} */ name) => one(`template.${name}`).content.firstElementChild.cloneNode(true);
  /** Ideas take their size only when they come near: so it looks once more when they have. */
  const sight = (/** @type {any} */ it, block = "start") => {
    it.focus();
    it.scrollIntoView({ block });
    requestAnimationFrame(() => setTimeout(() => it.scrollIntoView({ block })));
  };
  const head = (/** @type {string} */ what) => one(what) && sight(one(what));
  let timer = 0;
  const say = (/** @type {string} */ words, stays = false) => {
    said.textContent = words;
    clearTimeout(timer);
    if (!stays) timer = setTimeout(() => said.textContent = "", 8000);
  };
  /** Changes the text and not its place: that would cost a look at every idea, as answers do. */
  const put = (/** @type {any} */ it, /** @type {string} */ words) => it.firstChild ? it.firstChild.data = words : it.append(words);
  /** Calls `does[name]` for a press on `data-do="name"`, with the button. */
  const does = /** @type {Record<string, (button: any) => unknown>} */ ({});
  root.addEventListener("click", (/** @type {any} */ event) => {
    const button = event.target.closest("[data-do]");
    if (button?.checkVisibility()) does[button.dataset.do](button);
  });

  // ------------------------------------------------------------ questions

  let step = 0, single = true;
  const chosen = (/** @type {any} */ question) => all(":checked", question).filter((it) => it.value);
  const fitting = () => ideas.filter((idea) => !idea.hidden);
  // For each class that the stylesheet hides there is an empty element, made below. Asking it about these
  // and not about every idea is what makes an answer quick.
  function show() {
    all("i").forEach((mark) => mark.gone = getComputedStyle(mark).display == "none");
    ideas.forEach((idea) => idea.hidden = idea.marks.some((/** @type {any} */ mark) => mark.gone));
    groups.forEach((group) => group.hidden = !group.querySelector(".idea:not([hidden])"));
    put(count, count.dataset.words.replace("{}", fitting().length));
    const last = step == questions.length - 1;
    questions.forEach((question, at) => question.hidden = single && at != step);
    one(".steps").hidden = one(".step").hidden = !single;
    put(one(".step"), one(".step").dataset.words.replace("{}", step + 1).replace("{}", questions.length));
    one("[data-do=back]").disabled = !step;
    const next = one("[data-do=next]").dataset;
    put(one("[data-do=next]"), last ? next.last : chosen(questions[step]).length ? next.next : next.skip);
    put(one("[data-do=way]"), one("[data-do=way]").dataset[single ? "all" : "one"]);
  }
  function go(/** @type {number} */ by) {
    step += by;
    if (step == questions.length) return step--, show(), head(".found h2");
    show();
    (chosen(questions[step])[0] ?? one("fieldset:not([hidden]) input")).focus();
  }
  does.next = () => go(1);
  does.back = () => go(-1);
  does.unsure = () => {
    all("input", questions[step]).forEach((input) => input.checked = !input.value);
    go(1);
  };
  does.way = () => (single = !single, show());
  const unpick = () => all(".picked").forEach((it) => it.classList.remove("picked"));
  does.surprise = () => {
    const left = fitting(), others = left.filter((idea) => !idea.matches(".always, .picked"));
    const idea = others[Math.floor(Math.random() * others.length)] ?? left.at(-1);
    if (!idea) return;
    unpick();
    idea.classList.add("picked");
    sight(idea, "center");
  };
  form.onchange = show;
  form.onreset = () => (step = 0, setTimeout(show));

  // ------------------------------------------------------------ a plan

  const moments = all(".plan [data-moment]");
  /** For each part of the plan the ideas in it. @type {any[][]} */
  let parts = moments.map(() => []);
  const key = "plan:" + location.pathname;
  const keep = one(".keep") ?? {};
  const store = (/** @type {(store: Storage) => unknown} */ ask) => {
    try {
      return ask(localStorage);
    // Kept from us: then nothing is in it.
    } catch {}
  };

  function draw() {
    if (!plan) return;
    moments.forEach((moment, at) => moment.querySelector("ol").replaceChildren(...parts[at].map((idea, place) => {
      const entry = mould("entry");
      entry.querySelector("b").textContent = nameOf(idea) + ".";
      entry.querySelector("span").textContent = idea.querySelector("p").textContent;
      all("button", entry).forEach((button) => {
        button.setAttribute("aria-label", button.textContent + ": " + nameOf(idea));
        Object.assign(button, { at, place });
      });
      return entry;
    })));
    const planned = parts.flat();
    plan.classList.toggle("empty", !planned.length);
    ideas.forEach((idea) => idea.querySelector("[data-do=add]").hidden = planned.includes(idea));
    if (keep.checked) store((to) => to.setItem(key, JSON.stringify(parts.map((part) => part.map((idea) => idea.id)))));
  }
  const forget = () => store((from) => from.removeItem(key));
  function add(/** @type {any} */ idea) {
    const may = idea.dataset.when.split(" ");
    const asked = all(":checked").find((input) => may.includes(input.value))?.value ?? may[0];
    const at = moments.findIndex((moment) => moment.dataset.moment == asked);
    if (!parts.flat().includes(idea)) parts[Math.max(at, 0)].push(idea);
  }
  /** Moves an entry one place, over the edge of a part into the next. */
  function move(/** @type {any} */ { at, place }, /** @type {number} */ by) {
    const [idea] = parts[at].splice(place, 1);
    const to = place + by;
    if (to >= 0 && to <= parts[at].length) parts[at].splice(to, 0, idea);
    else if (!parts[at + by]) parts[at].splice(place, 0, idea);
    else if (by < 0) parts[at + by].push(idea);
    else parts[at + by].unshift(idea);
    draw();
    const now = parts.findIndex((part) => part.includes(idea));
    all("li", moments[now])[parts[now].indexOf(idea)].querySelector(`[data-do=${by < 0 ? "earlier" : "later"}]`).focus();
    say(nameOf(idea) + ": " + moments[now].querySelector("h3").textContent);
  }
  const written = () => moments.map((moment, at) => parts[at].length
    ? moment.querySelector("h3").textContent + ": " + parts[at].map((idea) => nameOf(idea) + ". ").join("") + "\n" : "").join("");
  function save(/** @type {string} */ name, /** @type {string} */ type, /** @type {string} */ text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(URL.revokeObjectURL, 9999, link.href);
  }
  async function copy(/** @type {string} */ text, /** @type {any} */ button) {
    try {
      await navigator.clipboard.writeText(text);
      say(button.dataset.done);
    } catch {
      say(text, true);
    }
  }
  does.add = (button) => {
    const idea = button.closest(".idea");
    add(idea);
    draw();
    say(button.dataset.done + " " + nameOf(idea));
    idea.focus();
  };
  does.earlier = (button) => move(button, -1);
  does.later = (button) => move(button, 1);
  does.remove = ({ at, place }) => {
    parts[at].splice(place, 1);
    draw();
    head(".plan h2");
  };
  does.print = () => {
    root.classList.add("printing");
    print();
    root.classList.remove("printing");
  };
  does.copy = (button) => copy(written(), button);
  does.save = () => save("plan.txt", "text/plain", written());
  does.remind = (button) => {
    const now = new Date();
    const digits = (/** @type {number | Date} */ of) => new Date(of).toISOString().replace(/[-:]|\..*/g, "");
    const tomorrow = digits(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + 1)).slice(0, 8);
    const { title } = button.dataset;
    // Only that there is something to do: calendars are shared.
    save("reminder.ics", "text/calendar", `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Afterword//EN
BEGIN:VEVENT
UID:${digits(now)}-${Math.random()}
DTSTAMP:${digits(now)}Z
DTSTART:${tomorrow}T180000
DURATION:PT15M
SUMMARY:${title}
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:${title}
TRIGGER:PT0S
END:VALARM
END:VEVENT
END:VCALENDAR
`.replace(/\n/g, "\r\n"));
  };
  keep.onchange = () => keep.checked ? draw() : forget();
  /** Forgets everything, here and on the device. */
  does.erase = (button) => {
    forget();
    keep.checked = false;
    parts = moments.map(() => []);
    draw();
    stage("");
    say(button.dataset.done);
    if (!button.checkVisibility()) one("[data-do=together]").focus();
  };

  // ------------------------------------------------------------ choosing together

  /** What each has said yes or maybe to. Nothing else that anybody says is kept. @type {AfterwordBits[]} */
  let sets = [];
  /** The way of the link that was opened, while it waits for its words. */
  let sealed = "";
  const list = root.dataset.list;
  const pair = globalThis.afterwordPair;

  /** Whoever comes next finds nothing of what the one before did. */
  function stage(/** @type {string} */ name) {
    root.dataset.stage = name;
    if (!name) sets = [], sealed = "";
    form.reset();
    single = true;
    unpick();
    say("");
    all("details").forEach((part) => part.open = false);
    if (together) {
      together.hidden = !name;
      all("[data-stage]", together).forEach((part) => part.hidden = part.dataset.stage != name);
      one("[data-do=reveal]").hidden = sets.length < 2;
      all("[type=text]").forEach((input) => input.value = "");
      all("fieldset.say").forEach((part) => part.remove());
      all(".link, div.qr, .both").forEach((part) => part.replaceChildren());
    }
    show();
    head(`.together [data-stage="${name}"] h3`);
  }
  does.together = () => stage("start");
  does.answer = async () => {
    const text = sealed;
    if (sealed) try {
      const { bits, kind } = await pair.unseal(sealed, list, one(".opens").value);
      // Erased meanwhile, or opened by a second press.
      if (text != sealed) return;
      sealed = "";
      sets = [bits];
      if (kind) return reveal();
    } catch {
      return say(one(".opens").dataset.wrong, true);
    }
    stage("answer");
    ideas.forEach((idea, at) => {
      const ask = mould("say");
      ask.querySelector("legend").textContent = nameOf(idea);
      all("input", ask).forEach((input) => input.name = "say" + at);
      idea.append(ask);
    });
  };
  does.done = () => {
    sets.push(pair.open(ideas.map((idea) => idea.querySelector(".say :checked")?.value ?? "")));
    stage("hand");
    // A plan tells what somebody would like. One that is kept comes again when the page is opened anew.
    keep.checked = false;
    parts = moments.map(() => []);
    draw();
  };
  function reveal() {
    const shared = pair.shared(sets);
    sets = [shared];
    stage("shared");
    // What always fits is in it too, so that it is never empty.
    const both = ideas.filter((idea, at) => idea.matches(".always") || shared[at >> 3] >> (at & 7) & 1);
    one(".both").replaceChildren(...both.map((idea) => {
      const entry = document.createElement("li");
      entry.textContent = nameOf(idea);
      return entry;
    }));
    does.plan = () => {
      both.forEach(add);
      stage("");
      draw();
      head(".plan h2");
    };
  }
  does.reveal = reveal;
  does.link = async (button) => {
    const part = button.closest("[data-stage]");
    const text = await pair.seal(pair.shared(sets), /** @type {AfterwordKind} */ (+button.dataset.kind), list, part.querySelector("input").value);
    // It takes a while: somebody else may look at this by now.
    if (part.hidden) return;
    const link = location.href.split("#")[0] + "#s=" + text;
    part.querySelector(".link").textContent = link;
    copy(link, button);
    // Of a very long address there is none.
    const { size, path } = pair.qr(link);
    const drawn = mould("qr");
    drawn.setAttribute("viewBox", `-4 -4 ${size + 8} ${size + 8}`);
    drawn.lastElementChild.setAttribute("d", path);
    part.querySelector("div.qr").replaceChildren(drawn);
  };
  /** A link that was sent: out of the address and the history at once, then asked about. */
  function receive() {
    const text = location.hash.match(/^#s=(.+)/)?.[1];
    if (!text || !pair) return;
    history.replaceState(null, "", location.href.split("#")[0]);
    const found = pair.peek(text, list);
    if (!found || found == "other") return say(together.dataset.other, true);
    sealed = text;
    stage("sent");
    one(".locked").hidden = !found.locked;
    one(".first").hidden = !!found.kind;
  }
  addEventListener("hashchange", receive);
  addEventListener("afterword:leave", () => sets = []);

  // ------------------------------------------------------------ begin

  all("[data-script]").forEach((part) => part.hidden = false);
  ideas.forEach((idea) => {
    idea.marks = [...idea.classList].filter((name) => /\d/.test(name)).map((name) => {
      idea.classList.remove(name);
      return one("i." + name) ?? one(".found h2").appendChild(Object.assign(document.createElement("i"), { className: name }));
    });
    // All alike, so that nobody sees which ones were shown or added.
    idea.tabIndex = -1;
    if (!plan) return;
    const button = mould("add");
    button.setAttribute("aria-label", button.textContent + ": " + nameOf(idea));
    idea.append(button);
  });
  const kept = /** @type {any} */ (store((from) => JSON.parse(from.getItem(key) ?? "0")));
  keep.checked = !!kept;
  if (kept) parts = moments.map((_, at) => [kept[at]].flat().flatMap((id) => ideas.filter((idea) => idea.id == id)));
  draw();
  show();
  receive();
}
