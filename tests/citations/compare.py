#!/usr/bin/env python3
"""Compares our citations with those of Pandoc's citeproc, in the same CSL styles.

    tests/citations/compare.py [STYLE ...]

Prints, for each style, how many marks and entries are identical, and every difference. Needs the
package `pypandoc-binary`; when it is not there, the script makes a virtual environment for it in
`target/citations-venv` and runs itself there.
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
STYLES = ["apa", "vancouver"]

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


def theirs(pandoc, style, forms):
    """Marks and entries by Pandoc: every form is a paragraph of its own, so that it is found again."""
    with tempfile.TemporaryDirectory() as folder:
        csl = Path(folder) / "style.csl"
        csl.write_text(ours("--csl", ARCHIVED.get(style, style)), encoding="utf-8")
        words = "\n\n".join("MARK " + form["markdown"] for form in forms)
        text = subprocess.run(
            [pandoc, "-f", "markdown", "-t", "html", "--wrap=none", "--citeproc"]
            + ["--csl", str(csl), "--bibliography", str(HERE / "works.json")]
            + ["--metadata", "link-citations=false", "--metadata", "lang=en-US"],
            input=words,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    notes = {
        number: note
        for number, note in re.findall(r'<li id="fn(\d+)">(.*?)</li>', text, re.S)
    }

    def with_note(mark):
        number = re.search(r'id="fnref(\d+)"', mark)
        if not number:
            return mark
        note = re.sub(r'<a href="#fnref.*?</a>', "", notes[number.group(1)])
        return re.sub(r'<a href="#fn\d+".*?</a>', "[[" + note + "]]", mark)

    marks = [with_note(mark) for mark in re.findall(r"<p>MARK (.*?)</p>", text, re.S)]
    entry = r'<div id="ref-([^"]*)" class="csl-entry"[^>]*>(.*?)</div>\n(?=<div id="ref-|</div>)'
    entries = dict(re.findall(entry, text, re.S))
    return marks, entries


def plain(text):
    """Text with the markup that readers see, and white space as one space."""
    text = re.sub(r'<div class="csl-left-margin">(.*?)</div>', r"\1 ", text, flags=re.S)
    text = re.sub(r"<(?!/?(em|strong|sup|sub)>)[^>]*>", "", text)
    text = html.unescape(text).replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", text).strip()


def compare(pandoc, style, forms):
    """Prints the agreement in a style, and returns it."""
    printed = json.loads(ours(style))
    marks, entries = theirs(pandoc, style, forms)
    assert len(marks) == len(forms), f"Pandoc printed {len(marks)} marks of {len(forms)}"
    differences = []
    for form, our, their in zip(forms, printed["marks"], marks):
        # Words of the sentence after the citation are in Pandoc's paragraph too.
        said = re.sub(r"^.*?[\]\w](?=( says?$|$))", "", form["markdown"])
        if plain(our + said) != plain(their):
            differences.append((form["markdown"], plain(our + said), plain(their)))
    same_marks = len(forms) - len(differences)
    for entry in printed["entries"]:
        our = plain(entry["label"] + " " + entry["html"])
        their = plain(entries.get(entry["work"], ""))
        if our != their:
            differences.append((entry["work"], our, their))
    all_entries = len(printed["entries"])
    same = len(forms) + all_entries - len(differences)
    same_entries = same - same_marks
    share = 100 * same / (len(forms) + all_entries)
    print(
        f"{style}: marks {same_marks}/{len(forms)}, entries {same_entries}/{all_entries}, "
        f"together {share:.1f} %"
    )
    order = [entry["work"] for entry in printed["entries"]]
    if order != list(entries):
        print("  the entries are in another order")
        for our, their in zip(order, entries):
            if our != their:
                print(f"    from here: ours {our}, theirs {their}")
                break
    for what, our, their in differences:
        print(f"  {what}\n    ours:   {our}\n    theirs: {their}")
    return share


def main():
    pandoc = with_pandoc()
    forms = json.loads((HERE / "forms.json").read_text(encoding="utf-8"))
    shares = [compare(pandoc, style, forms) for style in sys.argv[1:] or STYLES]
    sys.exit(0 if min(shares) >= 95 else 1)


if __name__ == "__main__":
    main()
