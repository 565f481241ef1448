#!/usr/bin/env python3
"""Compares our citations with those of Pandoc's citeproc, in the same CSL styles.

    tests/citations/compare.py [STYLE ...]

For styles that cite in the text, not in notes. Prints, for each style, how many marks and entries are identical, and every difference. Needs the
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
        text = ours("--csl", ARCHIVED.get(style, style))
        # Pandoc puts the label before names whose look the style does not give: ", editorDoe J".
        text = re.sub(r"(<names [^>]*[^/]>)(<label)", r"\1<name/>\2", text)
        csl.write_text(text, encoding="utf-8")
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
    marks = re.findall(r"<p>MARK (.*?)</p>", text, re.S)
    entry = r'<div id="ref-([^"]*)" class="csl-entry"[^>]*>(.*?)</div>\n(?=<div id="ref-|</div>)'
    entries = dict(re.findall(entry, text, re.S))
    return marks, entries


def plain(text):
    """Text with the markup that readers see, and white space as one space."""
    text = re.sub(r'<div class="csl-left-margin">(.*?)</div>', r"\1 ", text, flags=re.S)
    text = re.sub(r"<(?!/?(em|strong|sup|sub)>)[^>]*>", "", text)
    text = html.unescape(text).replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", text).strip()


def without_space(text):
    return re.sub(r"\s+", "", text)


def compare(pandoc, style, forms):
    """Prints the agreement in a style, and returns it."""
    printed = json.loads(ours(style))
    marks, entries = theirs(pandoc, style, forms)
    assert len(marks) == len(forms), f"Pandoc printed {len(marks)} marks of {len(forms)}"
    pairs = []
    for form, our, their in zip(forms, printed["marks"], marks):
        # Words of the sentence after the citation are in Pandoc's paragraph too.
        said = re.search(r" says?$", form["markdown"])
        our = plain(our + (said.group(0) if said else ""))
        pairs.append(("mark", form["markdown"], our, plain(their)))
    for entry in printed["entries"]:
        our = plain(entry["label"] + " " + entry["html"])
        pairs.append(("entry", entry["work"], our, plain(entries.get(entry["work"], ""))))
    different = [pair for pair in pairs if without_space(pair[2]) != without_space(pair[3])]
    # A number in place of a name leaves a sentence without its subject. We print the name.
    named = [
        pair
        for pair in different
        if pair[0] == "mark" and without_space(pair[2]).endswith(without_space(pair[3]))
    ]
    spaced = [pair for pair in pairs if pair[2] != pair[3] and pair not in different]

    def counted(kind):
        of_kind = [pair for pair in pairs if pair[0] == kind]
        return f"{len([p for p in of_kind if p not in different])}/{len(of_kind)}"

    share = 100 * (len(pairs) - len(different)) / len(pairs)
    but_names = 100 * (len(pairs) - len(different) + len(named)) / len(pairs)
    print(f"{style}: marks {counted('mark')}, entries {counted('entry')}, together {share:.1f} %")
    if named:
        print(f"  {but_names:.1f} % apart from {len(named)} marks with a name that Pandoc leaves out")
    print(f"  {len(spaced)} differ in white space only")
    order = [entry["work"] for entry in printed["entries"]]
    for our, their in zip(order, entries):
        if our != their:
            print(f"  the entries are in another order from here: ours {our}, theirs {their}")
            break
    for _, what, our, their in different + spaced:
        print(f"  {what}\n    ours:   {our}\n    theirs: {their}")
    return but_names


def main():
    pandoc = with_pandoc()
    forms = json.loads((HERE / "forms.json").read_text(encoding="utf-8"))
    shares = [compare(pandoc, style, forms) for style in sys.argv[1:] or STYLES]
    sys.exit(0 if min(shares) >= 95 else 1)


if __name__ == "__main__":
    main()
