#!/usr/bin/env python3
"""Measure how soon an edit can be seen in a preview, beside `hugo server`.

    python3 tests/bench/latency.py                                  1,000 and 10,000 articles
    python3 tests/bench/latency.py --pages 100,1000,10000,100000 --rounds 20
    python3 tests/bench/latency.py --only afterword --kinds body,title

See README.md beside this file, "How soon an edit is seen". The exit code is 0 whatever the figures
are, 1 when an edit is never seen, 2 for a wrong argument.

To add a kind of edit: a function that makes it, says where it is seen and what is seen there, and
a line in KINDS.
"""

import argparse
import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import write_site

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
PATIENCE = 120


class Failed(Exception):
    """An edit was never seen, or a tool did not start."""


class Site:
    """A site of the corpus in a folder, with what the edits need to know of it."""

    def __init__(self, folder, tool):
        self.folder, self.tool = folder, tool
        articles = sorted(folder.glob("content/*/*.md"))
        articles = [path for path in articles if path.name != "_index.md"]
        self.article = articles[len(articles) // 2]
        self.section = f"/{self.article.parent.name}/"
        self.page = f"{self.section}{self.article.stem}/"
        self.new = self.article
        self.theme = folder / ("layouts" if tool == "hugo" else "themes/bench/templates")

    def path(self, theirs, ours):
        return self.folder / (theirs if self.tool == "hugo" else ours)


def save(path, text):
    """Writes as editors do: another file, renamed into place."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text)
    beside.rename(path)


def replaced(path, pattern, text):
    new, count = re.subn(pattern, lambda _: text, path.read_text(), count=1, flags=re.M)
    if count == 0:
        raise Failed(f"nothing to edit in {path}")
    return new


# Each makes an edit and gives the address to look at, words, and whether they are to be there.


def body(site, mark):
    save(site.article, replaced(site.article, r"^## .*$|^## .*", f"## Seen {mark}"))
    return site.page, f"Seen {mark}", True


def title(site, mark):
    save(site.article, replaced(site.article, r'^title: .*$', f'title: "Titled {mark}"'))
    return site.section, f"Titled {mark}", True


def tags(site, mark):
    save(site.article, replaced(site.article, r"^tags: .*$", f"tags: [orchard, t{mark}]"))
    return site.page, f"t{mark}", True


def template(site, mark):
    path = site.theme / ("baseof.html" if site.tool == "hugo" else "base.html")
    save(path, replaced(path, r'<p class="small">.*', f'<p class="small">T{mark}</p>'))
    return site.page, f"T{mark}", True


def string(site, mark):
    path = site.path("layouts/404.html", "themes/bench/strings/en.toml")
    if site.tool == "hugo":
        return None
    save(path, replaced(path, r"^title_of_not_found = .*$", f'title_of_not_found = "W{mark}"'))
    return "/404.html", f"W{mark}", True


def stylesheet(site, mark):
    path = site.path("assets/main.css", "themes/bench/assets/main.css")
    save(path, path.read_text() + f"\n.m{mark} {{ color: #{int(mark) % 900 + 100} }}\n")
    return site.page, "assets/main.|/main.", "href"


def data(site, mark):
    if site.tool == "hugo":
        return None
    path = site.folder / "content/people.yaml"
    save(path, f"- id: ada\n  name: Ada {mark}\n")
    return "/people/ada/", f"Ada {mark}", True


def settings(site, mark):
    path = site.path("hugo.toml", "site.toml")
    save(path, replaced(path, r'^tagline = .*$', f'tagline = "Line {mark}"'))
    return site.page, f"Line {mark}", True


def theme(site, mark):
    if site.tool == "hugo":
        return None
    path = site.folder / "site.toml"
    other = "other" if 'name = "bench"' in path.read_text() else "bench"
    save(path, replaced(path, r'^name = "(bench|other)"$', f'name = "{other}"'))
    return site.page, "the other theme", other == "other"


def new(site, mark):
    site.new = site.article.with_name(f"new-{mark}.md")
    save(site.new, f'---\ntitle: "New {mark}"\n---\n\nA new article.\n')
    return site.section, f"/new-{mark}/", True


def rename(site, mark):
    old, site.new = site.new, site.article.with_name(f"renamed-{mark}.md")
    old.rename(site.new)
    return site.section, f"/renamed-{mark}/", True


def delete(site, mark):
    gone = sorted(site.article.parent.glob("new-*.md")) + [site.new]
    gone[0].unlink()
    return site.section, f"/{gone[0].stem}/", False


KINDS = {
    "body": body,
    "title": title,
    "tags": tags,
    "template": template,
    "string": string,
    "stylesheet": stylesheet,
    "data file": data,
    "settings": settings,
    "theme": theme,
    "new": new,
    "rename": rename,
    "delete": delete,
}
# A deletion needs something that was new.



class Server:
    """A preview that runs."""

    def __init__(self, command, port):
        self.port = port
        self.process = subprocess.Popen(
            [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE * 5
        while True:
            try:
                if self.get("/"):
                    return
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"{command[0]} did not start")
            time.sleep(0.05)

    def ask(self, path):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(
            f"GET {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nConnection: close\r\n\r\n".encode()
        )
        return connection

    def get(self, path):
        with self.ask(path) as connection:
            pieces = []
            while piece := connection.recv(1 << 16):
                pieces.append(piece)
        return b"".join(pieces).decode(errors="replace")

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Events:
    """Waits for the preview to say that there is a new version, as a browser does."""

    def __init__(self, server):
        self.connection = server.ask("/_afterword/events")
        self.connection.settimeout(PATIENCE)

    def wait(self):
        while True:
            text = self.connection.recv(1 << 16).decode()
            if "event: version" in text or "event:version" in text:
                return


def is_seen(text, words, wanted, before):
    if wanted == "href":
        return found_href(text) != before
    return bool(re.search(words, text)) == wanted


def found_href(text):
    return re.findall(r'href="?([^" >]*main[^" >]*)', text)


def own_part(text):
    """What the program itself says that it took, in milliseconds; nothing when it does not say."""
    said = re.search(r"^server-timing: (.*?)\r?$", text, re.IGNORECASE | re.MULTILINE)
    return sum(float(part) for part in re.findall(r"dur=([0-9.]+)", said[1])) if said else None


def measure(server, site, kind, rounds, pause):
    """How long each edit took until it was seen, and how much of it the program says was its own."""
    times = []
    events = Events(server) if site.tool == "afterword" else None
    for number in range(rounds + 1):
        before = found_href(server.get(site.page))
        time.sleep(pause)
        mark = f"{int(time.time() * 1000) % 10_000_000}"
        start = time.perf_counter()
        edit = KINDS[kind](site, mark)
        if edit is None:
            return None
        path, words, wanted = edit
        deadline = start + PATIENCE
        while True:
            if events:
                events.wait()
            text = server.get(path)
            if is_seen(text, words, wanted, before):
                break
            if time.perf_counter() > deadline:
                raise Failed(f"{site.tool}: an edit of the kind `{kind}` was never seen")
            if not events:
                time.sleep(0.002)
        if number > 0:  # the first one warms up
            times.append(((time.perf_counter() - start) * 1000, own_part(text)))
    return times


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def prepare(site):
    """What the edits of the one tool need that the corpus does not have."""
    if site.tool == "hugo":
        return
    (site.folder / "content/people.yaml").write_text("- id: ada\n  name: Ada\n")
    for page in ("people", "person"):
        template = '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock main %}'
        (site.folder / f"themes/bench/templates/{page}.html").write_text(template)
    other = site.folder / "themes/other"
    (other / "templates").mkdir(parents=True)
    (other / "theme.toml").write_text('name = "other"\nextends = "bench"\n')
    base = (site.folder / "themes/bench/templates/base.html").read_text()
    (other / "templates/base.html").write_text(base.replace("<body", "<!-- the other theme --><body"))


def run(wanted):
    figures = []
    for pages in wanted.pages:
        for tool in wanted.only:
            if tool == "hugo" and pages > 20_000:
                continue  # it would need 12 GB
            work = Path(tempfile.mkdtemp(prefix="latency-", dir=wanted.work))
            try:
                site_folder = work / "site"
                write_site(site_folder, tool, pages)
                site = Site(site_folder, tool)
                prepare(site)
                port = free_port()
                server = Server(command(wanted, tool, site_folder, port), port)
                try:
                    time.sleep(2 + pages / 5000)
                    for kind in wanted.kinds:
                        times = measure(server, site, kind, wanted.rounds, wanted.pause)
                        if times:
                            figures.append(row(tool, pages, kind, times))
                            print(figures[-1]["line"], flush=True)
                finally:
                    server.stop()
            finally:
                shutil.rmtree(work, ignore_errors=True)
    return figures


def command(wanted, tool, folder, port):
    if tool == "hugo":
        return [wanted.hugo, "server", "--source", folder, "--port", port, "--bind", "127.0.0.1",
                "--disableLiveReload", "--renderToMemory", "--logLevel", "error"]
    return [wanted.afterword, "preview", "--no-open", "--site", folder, "--port", port]


def row(tool, pages, kind, times):
    seen = [seen for seen, _ in times]
    own = [own for _, own in times if own is not None]
    cells = [f"{pages:,}", kind, tool, *spread(seen), *spread(own)]
    return {"tool": tool, "pages": pages, "kind": kind, "times": seen, "own": own,
            "line": f"| {' | '.join(cells)} |"}


def spread(times):
    """Median, 95 % and the longest."""
    if not times:
        return ["–"] * 3
    times = sorted(times)
    p95 = times[min(len(times) - 1, round(len(times) * 0.95))]
    return [f"{time:,.1f}" for time in (statistics.median(times), p95, times[-1])]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    numbers = lambda text: [int(number) for number in text.split(",")]  # noqa: E731
    words = lambda text: text.split(",")  # noqa: E731
    parser.add_argument("--pages", type=numbers, default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--pause", type=float, default=0.4, help="seconds between two edits")
    parser.add_argument("--only", type=words, default=["afterword", "hugo"])
    parser.add_argument("--kinds", type=words, default=list(KINDS))
    parser.add_argument("--afterword", default=REPOSITORY / "target/release/afterword")
    parser.add_argument("--hugo", default="hugo")
    parser.add_argument("--work", type=Path)
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    print("| articles | edit | tool | median ms | 95 % | longest | own part | 95 % | longest |")
    print("| --: | --- | --- | --: | --: | --: | --: | --: | --: |")
    try:
        figures = run(wanted)
    except Failed as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
