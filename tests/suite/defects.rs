//! The corpus of seeded defects: `tests/defects/`, whose README tells what a seed is.
//!
//! A clean site, and seeds that each break one thing in it. All seeds at once are found in one run at
//! their exact places, and nothing else is; each by itself is; and the clean site has no finding.
//! Lines and columns of what is expected are counted here, from marks in the seeds, and those of what
//! is found are taken from what `afterword check --format json` prints.
//!
//! `AFTERWORD_SEED=words` tries only the seeds with these words in their name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use afterword::diagnostic::{Code, json};
use rayon::prelude::*;
use toml::{Table, Value};

use crate::folder::{SiteFolder, all_findings, load, repository};

/// The marks around the words that a finding is to point at.
const MARKS: [char; 2] = ['⟦', '⟧'];

/// A defect.
#[derive(Debug, Clone)]
struct Seed {
    /// What is wrong, in a sentence.
    name: String,
    /// The code of the finding.
    code: String,
    changes: Vec<Change>,
    /// Where the finding points when no change has marks: a file, and words of it with marks; without
    /// words, nowhere in the file. `None` for a finding without a place.
    place: Option<(String, Option<String>)>,
    /// Why it cannot be there together with others, or nothing.
    alone: String,
}

/// What is done to a file.
#[derive(Debug, Clone)]
enum Change {
    /// Words are replaced by others.
    Replace {
        file: String,
        old: String,
        new: String,
    },
    /// There is a file more, or one that holds something else.
    Add {
        file: String,
        text: String,
        letters: Letters,
    },
    /// There is a file less.
    Remove { file: String },
}

/// How the letters of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    Utf8,
    Latin1,
}

/// A finding: its code, its file, and where it begins and ends, both as line and column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    code: String,
    file: Option<String>,
    place: Option<[(usize, usize); 2]>,
}

/// The seeds of a folder in the order of their files.
fn seeds() -> Vec<Seed> {
    let mut files: Vec<_> = fs::read_dir(repository().join("tests/defects/seeds"))
        .expect("the folder of seeds")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let wanted = std::env::var("AFTERWORD_SEED").unwrap_or_default();
    let mut seeds = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("text");
        let table: Table = text
            .parse()
            .unwrap_or_else(|error| panic!("{file:?}: {error}"));
        for seed in table["seed"].as_array().expect("a list of seeds") {
            seeds.push(Seed::read(seed));
        }
    }
    seeds.retain(|seed| seed.name.contains(&wanted));
    seeds
}

impl Seed {
    fn read(value: &Value) -> Self {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let name = text("name").expect("a seed has a name");
        let first = Change::read(value).into_iter();
        let more = value.get("also").and_then(Value::as_array);
        let more = more.into_iter().flatten().filter_map(Change::read);
        let place = match (text("place"), text("words")) {
            (None, None) => None,
            (Some(place), words) => Some((place, words)),
            (None, Some(words)) => Some((text("file").expect("a file"), Some(words))),
        };
        Self {
            code: text("code").unwrap_or_else(|| panic!("{name}: no code")),
            changes: first.chain(more).collect(),
            place,
            alone: text("alone").unwrap_or_default(),
            name,
        }
    }
}

impl Change {
    fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let file = text("file")?;
        Some(match (text("old"), text("new"), text("text")) {
            (Some(old), Some(new), None) => Self::Replace { file, old, new },
            (None, None, Some(text)) => {
                let is_latin = value.get("latin1").is_some();
                let letters = if is_latin {
                    Letters::Latin1
                } else {
                    Letters::Utf8
                };
                Self::Add {
                    file,
                    text,
                    letters,
                }
            }
            (None, None, None) => Self::Remove { file },
            other => panic!("{file}: {other:?} is no change"),
        })
    }
}

/// A text without marks, and where they were, in bytes.
fn unmarked(text: &str) -> (String, Option<(usize, usize)>) {
    let [open, close] = MARKS;
    let Some((before, rest)) = text.split_once(open) else {
        return (text.to_owned(), None);
    };
    let (marked, after) = rest.split_once(close).expect("a closing mark");
    let start = before.len();
    (
        format!("{before}{marked}{after}"),
        Some((start, start + marked.len())),
    )
}

/// The line and column of a place, both from 1, the column in characters.
fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
    let mark = usize::from(begin == 0 && before.starts_with('\u{feff}'));
    (line, before[begin..].chars().count() - mark + 1)
}

/// Sows seeds into a copy of the site, and tells what is to be found.
fn sow(site: &SiteFolder, seeds: &[&Seed]) -> BTreeMap<Finding, String> {
    let mut marked: Vec<Option<(String, (usize, usize))>> = vec![None; seeds.len()];
    let mut edits: BTreeMap<&str, Vec<(usize, usize, String, usize)>> = BTreeMap::new();
    for (index, seed) in seeds.iter().enumerate() {
        for change in &seed.changes {
            match change {
                Change::Replace { file, old, new } => {
                    let text = site.read(file);
                    let at: Vec<_> = text.match_indices(old.as_str()).collect();
                    assert_eq!(at.len(), 1, "{}: {old:?} stands once in {file}", seed.name);
                    let edit = (at[0].0, at[0].0 + old.len(), new.clone(), index);
                    edits.entry(file).or_default().push(edit);
                }
                Change::Add {
                    file,
                    text,
                    letters,
                } => {
                    let (text, marks) = unmarked(text);
                    let is_new = !site.root().join(file).exists();
                    assert!(
                        is_new || !seed.alone.is_empty(),
                        "{}: {file} is new",
                        seed.name
                    );
                    match letters {
                        Letters::Utf8 => site.write(file, text),
                        Letters::Latin1 => {
                            let byte = |c| u8::try_from(u32::from(c)).expect("a letter of Latin-1");
                            site.write(file, text.chars().map(byte).collect::<Vec<u8>>());
                        }
                    }
                    if let Some(marks) = marks {
                        marked[index] = Some((file.clone(), marks));
                    }
                }
                Change::Remove { file } => {
                    fs::remove_file(site.root().join(file)).expect("it was there");
                }
            }
        }
    }
    for (file, mut edits) in edits {
        edits.sort();
        let text = site.read(file);
        let (mut sown, mut end) = (String::new(), 0);
        for (from, to, new, index) in edits {
            assert!(
                from >= end,
                "{} changes what another seed does",
                seeds[index].name
            );
            sown.push_str(&text[end..from]);
            let (new, marks) = unmarked(&new);
            if let Some((start, finish)) = marks {
                marked[index] = Some((file.to_owned(), (sown.len() + start, sown.len() + finish)));
            }
            sown.push_str(&new);
            end = to;
        }
        sown.push_str(&text[end..]);
        site.write(file, sown);
    }
    let expected = seeds.iter().zip(marked);
    expected
        .map(|(seed, marks)| (expected_of(site, seed, marks), seed.name.clone()))
        .collect()
}

/// What is to be found of a seed in the site as it is now.
fn expected_of(site: &SiteFolder, seed: &Seed, marks: Option<(String, (usize, usize))>) -> Finding {
    let code = seed.code.clone();
    let found = |file: &str, (start, end): (usize, usize)| {
        let text = site.read(file);
        Finding {
            code: code.clone(),
            file: Some(file.to_owned()),
            place: Some([start, end].map(|at| line_and_column(&text, at))),
        }
    };
    match (&seed.place, marks) {
        (Some((file, Some(words))), None) => {
            let (words, marks) = unmarked(words);
            let (start, end) = marks.unwrap_or_else(|| panic!("{}: words with marks", seed.name));
            let text = site.read(file);
            let at: Vec<_> = text.match_indices(&words).collect();
            assert_eq!(
                at.len(),
                1,
                "{}: {words:?} stands once in {file}",
                seed.name
            );
            found(file, (at[0].0 + start, at[0].0 + end))
        }
        (Some((file, None)), None) => Finding {
            code,
            file: Some(file.clone()),
            place: None,
        },
        (None, Some((file, marks))) => found(&file, marks),
        (None, None) => Finding {
            code,
            file: None,
            place: None,
        },
        (Some(_), Some(_)) => panic!("{}: two places", seed.name),
    }
}

/// Everything that a check of the site finds, each finding with its message.
fn found(root: &Path) -> Vec<(Finding, String)> {
    let loaded = load(root);
    let lines = json::render(&all_findings(&loaded), &*loaded.inputs);
    let place = |value: &serde_json::Value| {
        let number = |key: &str| value[key].as_u64().and_then(|it| usize::try_from(it).ok());
        Some((number("line")?, number("column")?))
    };
    lines
        .lines()
        .map(|line| {
            let finding: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = |key: &str| finding[key].as_str().map(str::to_owned);
            let ends = place(&finding["start"]).zip(place(&finding["end"]));
            let known = Finding {
                code: text("code").expect("a code"),
                file: text("file"),
                place: ends.map(|(start, end)| [start, end]),
            };
            (known, text("message").unwrap_or_default())
        })
        .collect()
}

/// Sows seeds into a copy of their own, and says what is not found, and what is found that nobody sowed.
fn differences(seeds: &[&Seed]) -> Vec<String> {
    let site = SiteFolder::copy_of(&repository().join("tests/defects/site"));
    let mut expected = sow(&site, seeds);
    assert_eq!(expected.len(), seeds.len(), "two seeds are one finding");
    let mut wrong = Vec::new();
    for (finding, message) in found(&site.root()) {
        if expected.remove(&finding).is_none() {
            wrong.push(format!("found, and not sown: {finding:?}: {message}"));
        }
    }
    let missing = expected.into_iter();
    wrong.extend(missing.map(|(finding, name)| format!("not found: {name}: {finding:?}")));
    wrong.sort();
    wrong
}

#[track_caller]
fn expect_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_clean_site_has_no_finding() {
    expect_none(&differences(&[]));
}

#[test]
fn all_defects_at_once_are_found_in_one_run_and_nothing_else() {
    let seeds = seeds();
    let together: Vec<_> = seeds.iter().filter(|seed| seed.alone.is_empty()).collect();
    expect_none(&differences(&together));
}

#[test]
fn each_defect_by_itself_is_found_and_nothing_else() {
    let wrong: Vec<_> = seeds()
        .par_iter()
        .flat_map(|seed| {
            let wrong = differences(&[seed]).into_iter();
            wrong
                .map(|line| format!("{}: {line}", seed.name))
                .collect::<Vec<_>>()
        })
        .collect();
    expect_none(&wrong);
}

#[test]
fn seeds_are_many_and_differ() {
    let seeds = seeds();
    if std::env::var_os("AFTERWORD_SEED").is_some() {
        return;
    }
    let names: BTreeSet<_> = seeds.iter().map(|seed| seed.name.as_str()).collect();
    assert_eq!(names.len(), seeds.len(), "two seeds have one name");
    assert!(seeds.len() >= 120, "{} seeds", seeds.len());
    let known: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for seed in &seeds {
        assert!(
            known.contains(seed.code.as_str()),
            "{}: no code `{}`",
            seed.name,
            seed.code
        );
    }
}

/// The README lists every code that has no seed, with the reason.
#[test]
fn codes_without_a_seed_are_listed_with_their_reason() {
    if std::env::var_os("AFTERWORD_SEED").is_some() {
        return;
    }
    let sown: BTreeSet<_> = seeds().into_iter().map(|seed| seed.code).collect();
    let readme = fs::read_to_string(repository().join("tests/defects/README.md")).expect("text");
    let rows = readme
        .lines()
        .filter(|line| line.starts_with("| `") && line.ends_with(" |"));
    let names = rows.filter_map(|row| row.split(" | ").next());
    let listed: BTreeSet<_> = names
        .flat_map(|names| names.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect();
    for code in Code::ALL {
        let code = code.as_str().to_owned();
        assert!(
            sown.contains(&code) != listed.contains(&code),
            "`{code}` has a seed, or a line in the README that says why not; one of the two"
        );
    }
}
