#!/usr/bin/env python3
"""Write the benchmark's articles, the same for every tool.

    python3 tests/bench/corpus.py --for afterword --pages 10000 FOLDER
    python3 tests/bench/corpus.py --for hugo --pages 10000 FOLDER

FOLDER becomes a complete site of that tool: articles of about 700 words in sections of 50, each
with five headings, two lists, a quotation, a table, four links to other articles, emphasis and
three tags of 40. The text is the same byte for byte; only the names of a few front-matter keys
differ (`KEYS`). The same number of pages always gives the same files: nothing here asks the clock,
the system or the order of a dictionary for anything, and the random numbers are our own, so another
version of Python changes nothing.

The words mean nothing. They stand in sentences of ordinary shape so that parsing, escaping and
smart punctuation have ordinary work to do.
"""

import argparse
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGES_IN_A_SECTION = 50

# What one idea is called in each tool's front matter.
KEYS = {
    "afterword": {"date": "published", "order": "order"},
    "hugo": {"date": "date", "order": "weight"},
}

ARTICLES = ["the", "the", "the", "a", "every", "each", "this", "that", "one", "another"]
ADJECTIVES = (
    "quiet narrow early patient wooden shallow distant plain broad steady gentle northern weathered "
    "hollow careful silver sudden ordinary crooked careless heavy pale familiar level stubborn"
).split()
NOUNS = (
    "harbour lantern orchard ferry kettle ladder meadow anchor ribbon chimney bridge garden ledger "
    "window sparrow quarry barrel compass shelter market pebble ditch hedge thimble lighthouse basket "
    "notebook gate cellar paddle furrow beacon saddle mill tide pocket valley workshop whistle rope"
).split()
VERBS = (
    "carries follows gathers mends crosses borrows measures answers keeps covers returns lifts turns "
    "holds marks leaves counts lowers opens remembers shelters sorts waters steadies trims weighs"
).split()
ADVERBS = "slowly often rarely gladly nearly always later twice seldom quietly early together".split()
PLACES = (
    "under the bridge|beside the mill|at the edge of the meadow|before the rain|after the harvest|"
    "along the northern path|behind the workshop|in the middle of the week|across the valley|"
    "near the old quarry|by lantern light|between two tides|on the far side of the hill"
).split("|")
JOINTS = [", and", ", but", "; still,", " because", " although", " while", " so that", ", as if"]
TAGS = (
    "harbour orchard weather tools paths winter repair storage baking rope glass mending timber "
    "clay gardens rivers maps lamps birds salt wool bread paper stone copper hedges tides cellars "
    "kettles ladders bridges markets ferries meadows fences wells clocks ovens baskets sails"
).split()
TOPICS = (
    "What to notice first|Where the work begins|Tools that are needed|A slower way|Before the weather "
    "turns|Common mistakes|How long it lasts|What it costs|Keeping a record|When to stop|Who to ask|"
    "Small repairs|Storing it well|Choosing a place|The second attempt|Signs of wear|Working with "
    "others|A short history|Measuring twice|What remains"
).split("|")


class Dice:
    """A SplitMix64 generator: few lines, the same numbers everywhere."""

    MASK = (1 << 64) - 1

    def __init__(self, seed):
        self.state = seed & self.MASK

    def below(self, limit):
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & self.MASK
        return (z ^ (z >> 31)) % limit

    def one_of(self, choices):
        return choices[self.below(len(choices))]

    def few_of(self, choices, count):
        left = list(choices)
        return [left.pop(self.below(len(left))) for _ in range(count)]


def clause(dice):
    words = [dice.one_of(ARTICLES), dice.one_of(ADJECTIVES), dice.one_of(NOUNS)]
    if dice.below(3) == 0:
        words.append(dice.one_of(ADVERBS))
    words += [dice.one_of(VERBS), dice.one_of(ARTICLES), dice.one_of(NOUNS)]
    if dice.below(2) == 0:
        words.append(dice.one_of(PLACES))
    return words


def sentence(dice):
    """One sentence; some carry strong words, emphasis, code, quotation marks or a dash."""
    words = clause(dice)
    decoration = dice.below(14)
    place = 1 + dice.below(len(words) - 1)
    if decoration == 0:
        words[place] = f"**{words[place]}**"
    elif decoration == 1:
        words[place] = f"*{words[place]}*"
    elif decoration == 2:
        words[place] = f'"{words[place]}"'
    elif decoration == 3:
        words[place] = f"`{words[place]}`"
    elif decoration == 4:
        words.append("-- and it's no trouble")
    text = " ".join(words)
    if dice.below(3):
        text += dice.one_of(JOINTS) + " " + " ".join(clause(dice))
    return text[0].upper() + text[1:] + "."


class Corpus:
    """Every article of a corpus of `pages`, made on demand."""

    def __init__(self, pages):
        self.pages = pages
        self.sections = (pages + PAGES_IN_A_SECTION - 1) // PAGES_IN_A_SECTION
        dice = Dice(2026)
        # Articles are put together from a stock of sentences: a hundred thousand of them are then
        # written in a minute, and each is different.
        self.sentences = [sentence(dice) for _ in range(6000)]
        self.phrases = [" ".join(clause(dice)) for _ in range(3000)]

    def section_slug(self, section):
        return f"{NOUNS[section % len(NOUNS)]}-{section + 1:04}"

    def section_title(self, section):
        return f"{NOUNS[section % len(NOUNS)].capitalize()} notes {section + 1}"

    def words_of(self, page):
        dice = Dice(page * 2 + 1)
        return dice.one_of(ADJECTIVES), dice.one_of(NOUNS), dice.one_of(NOUNS)

    def slug(self, page):
        adjective, first, second = self.words_of(page)
        return f"{adjective}-{first}-and-{second}-{page + 1:06}"

    def title(self, page):
        adjective, first, second = self.words_of(page)
        return f"The {adjective} {first} & the {second}, part {page + 1}"

    def link(self, origin, target, words):
        """A link as an author writes it: the path of the other file, from this one."""
        if origin // PAGES_IN_A_SECTION == target // PAGES_IN_A_SECTION:
            return f"[{words}]({self.slug(target)}.md)"
        section = self.section_slug(target // PAGES_IN_A_SECTION)
        return f"[{words}](../{section}/{self.slug(target)}.md)"

    def linked(self, page, dice):
        """Four other articles: two of the same section, two anywhere."""
        first = page - page % PAGES_IN_A_SECTION
        near = min(PAGES_IN_A_SECTION, self.pages - first)
        targets = [first + dice.below(near), first + dice.below(near)]
        targets += [dice.below(self.pages), dice.below(self.pages)]
        after = first + (page + 1 - first) % near
        return [after if target == page else target for target in targets]

    def front_matter(self, page, tool):
        dice = Dice(page * 2 + 2)
        keys = KEYS[tool]
        month, day = 1 + dice.below(10), 1 + dice.below(28)
        tags = ", ".join(sorted(dice.few_of(TAGS, 3)))
        return (
            "---\n"
            f'title: "{self.title(page)}"\n'
            f'description: "About how {dice.one_of(self.phrases)}."\n'
            f"{keys['date']}: 2025-{month:02}-{day:02}\n"
            f"{keys['order']}: {page % PAGES_IN_A_SECTION + 1}\n"
            f"tags: [{tags}]\n"
            "---\n"
        )

    def body(self, page):
        dice = Dice(page * 2 + 3)
        stock = self.sentences

        def paragraph(count):
            return " ".join(dice.one_of(stock) for _ in range(count))

        def bullets(marker, count):
            return "\n".join(f"{marker} {dice.one_of(self.phrases)}" for _ in range(count))

        links = [self.link(page, to, dice.one_of(self.phrases)) for to in self.linked(page, dice)]
        headings = dice.few_of(TOPICS, 5)
        rows = "\n".join(
            f"| {dice.one_of(NOUNS)} | {dice.one_of(ADJECTIVES)} {dice.one_of(NOUNS)} | {dice.below(900)} |"
            for _ in range(5)
        )
        blocks = [
            paragraph(4),
            f"{paragraph(2)} Read about {links[0]} as well.",
            f"## {headings[0]}",
            paragraph(3),
            bullets("-", 5),
            f"{paragraph(2)} Some of it is told in {links[1]}.",
            f"## {headings[1]}",
            paragraph(3),
            f"> {paragraph(2)}",
            f"## {headings[2]}",
            f"{paragraph(4)} Compare {links[2]}.",
            f"| Thing | Kind | Number |\n| --- | :-- | --: |\n{rows}",
            paragraph(3),
            f"## {headings[3]}",
            paragraph(3),
            bullets("1.", 4),
            f"## {headings[4]}",
            f"{paragraph(4)} More in {links[3]}.",
            paragraph(3),
        ]
        return "\n" + "\n\n".join(blocks) + "\n"

    def section_page(self, section, tool):
        dice = Dice(section * 7 + 5)
        return (
            "---\n"
            f'title: "{self.section_title(section)}"\n'
            f'description: "About how {dice.one_of(self.phrases)}."\n'
            f"{KEYS[tool]['order']}: {section + 1}\n"
            "---\n\n"
            f"{dice.one_of(self.sentences)} {dice.one_of(self.sentences)}\n"
        )

    def home_page(self):
        return (
            '---\ntitle: "Notes from the harbour"\ndescription: "A corpus for measuring."\n---\n\n'
            f"{self.sentences[0]} {self.sentences[1]}\n"
        )

    def write_content(self, folder, tool):
        folder.mkdir(parents=True)
        (folder / "_index.md").write_text(self.home_page())
        for section in range(self.sections):
            home = folder / self.section_slug(section)
            home.mkdir()
            (home / "_index.md").write_text(self.section_page(section, tool))
            first = section * PAGES_IN_A_SECTION
            for page in range(first, min(first + PAGES_IN_A_SECTION, self.pages)):
                text = self.front_matter(page, tool) + self.body(page)
                (home / f"{self.slug(page)}.md").write_text(text)


def write_site(folder, tool, pages):
    """Write a whole site for `tool` into the new folder `folder`."""
    Corpus(pages).write_content(folder / "content", tool)
    if tool == "hugo":
        shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
        shutil.copytree(HERE / "themes/bench/assets", folder / "assets")
    else:
        shutil.copy(HERE / "site.toml", folder / "site.toml")
        shutil.copytree(HERE / "themes", folder / "themes")


def main():
    parser = argparse.ArgumentParser(description="Write the benchmark's site for one tool.")
    parser.add_argument("--for", dest="tool", choices=sorted(KEYS), required=True)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    wanted = parser.parse_args()
    if wanted.folder.exists():
        parser.error(f"{wanted.folder} exists already")
    write_site(wanted.folder, wanted.tool, wanted.pages)


if __name__ == "__main__":
    main()
