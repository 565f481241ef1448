#!/usr/bin/env python3
"""Measure what citations cost: the same articles built with five citations each, and without.

    python3 tests/bench/citations.py                      10,000 articles, 500 works, APA, five runs
    python3 tests/bench/citations.py --style vancouver --repeat 3 --afterword BINARY

Both sites are built in turns from nothing, so that a slow minute of the machine falls on both. With
citations each article carries its marks, its reference list and its two files for other programs, and
the site has a library and a page for each work; that is all counted. The goal in APA: at most 1.5
seconds more. The exit code is 0 whatever the figures are.
"""

import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import run as bench

FAMILIES = [a + b for a in "Al Ber Cas Dor El Fen Gar Hol Is Jor Kel Lan Mor Nor Os Per Quin Ras Sel Tor".split()
            for b in "an beck dahl ford grove holm ley mann quist son stad well wick wood worth".split()]
JOURNALS = ["Journal of Invented Studies", "Annals of Examples", "Made-up Medicine", "Imaginary Letters"]
WORDS = "rest warmth tea quiet talk walks blankets letters evenings sleep music gardens".split()


def main():
    wanted = arguments()
    work = Path(tempfile.mkdtemp(prefix="bench-", dir=wanted.work))
    try:
        binary = wanted.afterword.resolve() if wanted.afterword else bench.build_afterword()
        plain, cited = work / "plain", work / "cited"
        bench.say(f"writing {wanted.pages} articles")
        corpus = [sys.executable, bench.HERE / "corpus.py", "--for", "afterword", "--pages", wanted.pages, plain]
        bench.run_quietly(corpus)
        shutil.copytree(plain, cited)
        add_citations(cited, wanted)
        runs = {"plain": [], "cited": []}
        for turn in range(wanted.repeat):
            for name in runs:
                bench.say(f"run {turn + 1}: {name}")
                output = work / f"{name}-{turn + 1}"
                (work / "afterword").unlink(missing_ok=True)
                (work / "afterword").symlink_to(work / name)
                runs[name].append(bench.measure_tool("afterword", binary, work, output))
        print(f"{wanted.pages:,} articles, {wanted.works} works, {wanted.style}, {wanted.repeat} cold runs, medians")
        for name, of_name in runs.items():
            seconds = statistics.median(run["seconds"] for run in of_name)
            print(f"{name:8}{seconds:8.3f} s {bench.processor_seconds(of_name):8.2f} cpu s "
                  f"{bench.median(of_name, 'megabytes'):8.0f} MB")
        more = bench.median(runs["cited"], "seconds") - bench.median(runs["plain"], "seconds")
        print(f"citations take {more:.2f} s more (goal in APA: at most 1.5)")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--works", type=int, default=500)
    parser.add_argument("--style", default="apa")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--afterword", type=Path, metavar="BINARY")
    parser.add_argument("--work", type=Path, metavar="DIR")
    return parser.parse_args()


def add_citations(site, wanted):
    """Five citations into each article, the works they name, and a list in the template."""
    chance = random.Random(7)
    works = [work(number, chance) for number in range(wanted.works)]
    (site / "content/references.json").write_text(json.dumps(works, indent=1))
    settings = site / "site.toml"
    settings.write_text(settings.read_text() + f'\n[citations]\nstyle = "{wanted.style}"\n')
    template = site / "themes/bench/templates/article.html"
    text = template.read_text()
    listed = """{%- if page.references %}
<section><h2>Sources</h2>
<ul>
{%- for reference in page.references %}
<li id="{{ reference.id }}">{{ reference.label }} {{ reference.entry }}
{%- for use in reference.uses %} <a href="#{{ use.id }}" aria-label="Back to place {{ use.number }}">^</a>{% endfor %}</li>
{%- endfor %}
</ul></section>
{%- endif %}
"""
    template.write_text(text.replace("{%- if page.tags %}", listed + "{%- if page.tags %}", 1))
    source = '{% extends "base.html" %}{% block main -%}<h1>{{ page.title }}</h1>\n'
    one = source + "{% if page.source %}<p>{{ page.source.entry }}</p>{% endif %}\n<ul>{% for cited in page.cited_in %}<li><a href=\"{{ root }}{{ cited.card.url }}\">{{ cited.card.title }}</a></li>{% endfor %}</ul>{%- endblock main %}"
    all_of_them = source + "<ul>{% for source in page.sources %}<li><a href=\"{{ root }}{{ source.url }}\">{{ source.short }}</a></li>{% endfor %}</ul>{%- endblock main %}"
    (site / "themes/bench/templates/source.html").write_text(one)
    (site / "themes/bench/templates/sources.html").write_text(all_of_them)
    strings = site / "themes/bench/strings/en.toml"
    strings.write_text('title_of_sources = "Sources"\ncite_label = "Source {mark}: {source}"\n' + strings.read_text())
    for article in (site / "content").rglob("*.md"):
        if not article.name.startswith("_"):
            cite(article, works, chance)


def work(number, chance):
    authors = [{"family": chance.choice(FAMILIES), "given": chance.choice("ABCDEFGH") + "."}
               for _ in range(chance.randint(1, 5))]
    volume, first = chance.randint(1, 90), chance.randint(1, 900)
    return {
        "id": f"work{number}", "type": "article-journal", "author": authors,
        "title": f"On {chance.choice(WORDS)} and {chance.choice(WORDS)}: example {number}",
        "container-title": chance.choice(JOURNALS), "volume": str(volume), "issue": str(chance.randint(1, 12)),
        "page": f"{first}-{first + chance.randint(3, 20)}", "DOI": f"10.1000/example.{number}",
        "issued": {"date-parts": [[chance.randint(1980, 2025)]]},
    }


def cite(article, works, chance):
    lines = article.read_text().split("\n")
    body = lines.index("---", 1) + 1
    ends = [at for at in range(body, len(lines)) if re.match(r"[A-Z].*\.$", lines[at])]
    for at, cited in zip(chance.sample(ends, min(5, len(ends))), chance.sample(works, 5)):
        lines[at] = f"{lines[at][:-1]} [@{cited['id']}]."
    article.write_text("\n".join(lines))


if __name__ == "__main__":
    sys.exit(main())
