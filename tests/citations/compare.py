#!/usr/bin/env python3
"""Compares our citations with those of Pandoc's citeproc, in the same CSL styles.

    tests/citations/compare.py [STYLE ...]

For styles that cite in the text, not in notes. Both programs are given `forms.md` and `works.json`
as they are. Prints, for each style, how many paragraphs and entries are identical apart from white
space, by the sections of `forms.md`, and every difference; exits with 1 when in any style it is less than 95 of 100. Every
difference counts, also those that are meant.

Needs the package `pypandoc-binary`; when it is not there, the script makes a virtual environment for
it in `target/citations-venv` and runs itself there.
"""

import html
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENV = ROOT / "target" / "citations-venv"
FORMS = HERE / "forms.md"
STYLES = ["apa", "vancouver"]
WANTED = 95

# How the names of the two programs for the same bundled style differ.
ARCHIVED = {"harvard": "harvard-cite-them-right", "chicago": "chicago-author-date"}


def with_pandoc():
    """The path of Pandoc; starts over in a virtual environment when there is none."""
    try:
        import pypandoc
    except ImportError:
        python = VENV / "bin" / "python"
        if Path(sys.prefix) == VENV:
            sys.exit("pypandoc-binary cannot be imported though it is installed")
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "pypandoc-binary"]
        subprocess.run(install, check=True)
        sys.exit(subprocess.run([str(python), __file__, *sys.argv[1:]]).returncode)
    return pypandoc.get_pandoc_path()


def ours(*arguments):
    """What our program prints."""
    command = ["cargo", "run", "--release", "--quiet", "--example", "citations", "--", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def theirs(pandoc, style):
    """Paragraphs and entries by Pandoc."""
    with tempfile.TemporaryDirectory() as folder:
        csl = Path(folder) / "style.csl"
        text = ours("--csl", ARCHIVED.get(style, style))
        # Pandoc puts the label before names whose look the style does not give: ", editorDoe J".
        text = re.sub(r"(<names [^>]*[^/]>)(<label)", r"\1<name/>\2", text)
        csl.write_text(text, encoding="utf-8")
        command = [pandoc, "-f", "markdown", "-t", "html", "--wrap=none", "--citeproc"]
        command += ["--csl", str(csl), "--bibliography", str(HERE / "works.json")]
        command += ["--metadata", "link-citations=false", "--metadata", "lang=en-US", str(FORMS)]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    text = re.sub(r'<a [^>]*class="footnote-back".*?</a>', "", text, flags=re.S)
    paragraphs = re.findall(r"<p>(.*?)</p>", text, re.S)
    entry = r'<div id="ref-([^"]*)" class="csl-entry"[^>]*>(.*?)</div>\n(?=<div id="ref-|</div>)'
    entries = re.findall(entry, text, re.S)
    return paragraphs, {html.unescape(key): entry for key, entry in entries}


def forms():
    """The section of each paragraph, and what is written for it."""
    section = ""
    written = []
    for block in FORMS.read_text(encoding="utf-8").strip().split("\n\n"):
        if block.startswith("#"):
            section = block.strip("# ")
        else:
            written.append((section, " ".join(block.split("\n"))))
    return written


def plain(text):
    """Text with the markup that readers see, and white space as one space."""
    text = re.sub(r'<div class="csl-left-margin">(.*?)</div>', r"\1 ", text, flags=re.S)
    text = re.sub(r"<(?!/?(em|strong|sup|sub|code)>)[^>]*>", "", text)
    text = html.unescape(text).replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", text).strip()


def without_space(text):
    return re.sub(r"\s+", "", text)


def compare(pandoc, style):
    """Prints the agreement in a style, and returns it."""
    printed = json.loads(ours(style))
    paragraphs, entries = theirs(pandoc, style)
    written = forms()
    counts = len(written), len(printed["paragraphs"]), len(paragraphs)
    assert len(set(counts)) == 1, f"forms, our paragraphs, theirs: {counts}"
    pairs = []
    for (section, form), our, their in zip(written, printed["paragraphs"], paragraphs):
        pairs.append((section, form, plain(our), plain(their)))
    for entry in printed["entries"]:
        our = plain(entry["label"] + " " + entry["html"])
        pairs.append(("Entries", entry["work"], our, plain(entries.get(entry["work"], ""))))
    missing = set(entries) - {entry["work"] for entry in printed["entries"]}
    pairs.extend(("Entries", key, "", plain(entries[key])) for key in sorted(missing))
    different = [pair for pair in pairs if without_space(pair[2]) != without_space(pair[3])]
    spaced = [pair for pair in pairs if pair[2] != pair[3] and pair not in different]

    share = 100 * (len(pairs) - len(different)) / len(pairs)
    print(f"{style}: {len(pairs) - len(different)} of {len(pairs)} are identical, {share:.1f} %")
    for part in dict.fromkeys(pair[0] for pair in pairs):
        of_part = [pair for pair in pairs if pair[0] == part]
        same = len([pair for pair in of_part if pair not in different])
        print(f"  {same} of {len(of_part)}  {part}")
    order = [entry["work"] for entry in printed["entries"]]
    for our, their in zip(order, entries):
        if our != their:
            print(f"  the entries are in another order from here: ours {our}, theirs {their}")
            break
    print(f"  {len(different)} differ:")
    show(different)
    print(f"  {len(spaced)} more differ in white space only:")
    show(spaced)
    return share


def show(pairs):
    for _, what, our, their in pairs:
        print(f"    {what}\n      ours:   {our}\n      theirs: {their}")


def main():
    pandoc = with_pandoc()
    shares = [compare(pandoc, style) for style in sys.argv[1:] or STYLES]
    sys.exit(0 if min(shares) >= WANTED else 1)


if __name__ == "__main__":
    main()
