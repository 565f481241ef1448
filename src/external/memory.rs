//! What is known of addresses from earlier days: `.afterword/links.json` in the site folder.
//!
//! The file may be thrown away; then three days have to pass again before anything counts as dead.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Outcome;
use crate::error::Error;

/// Where it is kept, in the site folder.
pub const FILE: &str = ".afterword/links.json";

/// So many days an address that answered is left in peace.
const DAYS_OF_PEACE: i32 = 7;

/// What is known of one address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// When it was there last.
    pub there: Option<Date>,
    /// Where it has moved for good.
    pub moved: Option<String>,
    /// The days on which it failed since then, with the reason of each.
    pub failures: Vec<(Date, String)>,
}

/// What is known of all addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory(BTreeMap<String, Known>);

impl Memory {
    /// Reads what earlier runs have kept; nothing, when there is none or nobody can read it.
    pub fn read(root: &Path) -> Self {
        let text = fs::read_to_string(file(root)).unwrap_or_default();
        Self::parse(&text).unwrap_or_default()
    }

    /// Keeps it for later runs.
    pub fn write(&self, root: &Path) -> Result<(), Error> {
        let path = file(root);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(|error| Error::io("make", folder, &error))?;
        // Beside it first, so that whoever stops the program leaves one or the other whole.
        let new = path.with_extension("new");
        fs::write(&new, self.print()).map_err(|error| Error::io("write", &new, &error))?;
        fs::rename(&new, &path).map_err(|error| Error::io("write", &path, &error))
    }

    /// What is known of an address.
    pub fn get(&self, address: &str) -> Option<&Known> {
        self.0.get(address)
    }

    /// Whether an address is to be asked on a day: not after it answered in the week before, and not
    /// twice a day.
    pub fn is_due(&self, address: &str, today: Date) -> bool {
        let Some(known) = self.0.get(address) else {
            return true;
        };
        match (known.failures.last(), known.there) {
            (Some((day, _)), _) => *day != today,
            (None, Some(day)) => {
                let passed = today.since(day).map_or(i32::MAX, |span| span.get_days());
                !(0..DAYS_OF_PEACE).contains(&passed)
            }
            (None, None) => true,
        }
    }

    /// Writes down what became of an address.
    pub fn learn(&mut self, address: &str, outcome: Outcome, today: Date) {
        let known = self.0.entry(address.to_owned()).or_default();
        match outcome {
            Outcome::There { moved } => {
                *known = Known {
                    there: Some(today),
                    moved,
                    failures: Vec::new(),
                };
            }
            // A host that lets no program in may have said so for years; it is asked again in a week.
            Outcome::Closed => {
                known.there = Some(today);
                known.failures.clear();
            }
            Outcome::Failed(why) => {
                known.failures.retain(|(day, _)| *day != today);
                known.failures.push((today, why));
            }
        }
    }

    /// Forgets all but these addresses.
    pub fn keep(&mut self, addresses: &BTreeSet<String>) {
        self.0.retain(|address, _| addresses.contains(address));
    }

    fn parse(text: &str) -> Option<Self> {
        let whole: Value = serde_json::from_str(text).ok()?;
        let day = |value: &Value| value.as_str()?.parse::<Date>().ok();
        let mut memory = BTreeMap::new();
        for (address, known) in whole.get("addresses")?.as_object()? {
            let failures = known.get("failures").and_then(Value::as_array);
            let failures = failures.into_iter().flatten().filter_map(|failure| {
                let why = failure.get("why")?.as_str()?;
                Some((day(failure.get("on")?)?, why.to_owned()))
            });
            let known = Known {
                there: known.get("there").and_then(day),
                moved: known
                    .get("moved")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
                failures: failures.collect(),
            };
            memory.insert(address.clone(), known);
        }
        Some(Self(memory))
    }

    fn print(&self) -> String {
        let addresses: serde_json::Map<_, _> = self
            .0
            .iter()
            .map(|(address, known)| {
                let failures: Vec<_> = known
                    .failures
                    .iter()
                    .map(|(day, why)| json!({"on": day.to_string(), "why": why}))
                    .collect();
                let mut fields = serde_json::Map::new();
                if let Some(day) = known.there {
                    fields.insert("there".to_owned(), json!(day.to_string()));
                }
                if let Some(moved) = &known.moved {
                    fields.insert("moved".to_owned(), json!(moved));
                }
                if !failures.is_empty() {
                    fields.insert("failures".to_owned(), json!(failures));
                }
                (address.clone(), Value::Object(fields))
            })
            .collect();
        format!("{:#}\n", json!({ "addresses": addresses }))
    }
}

fn file(root: &Path) -> PathBuf {
    FILE.split('/')
        .fold(root.to_owned(), |path, part| path.join(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn what_answered_is_left_in_peace_for_a_week_and_what_failed_for_a_day() {
        let mut memory = Memory::default();
        assert!(memory.is_due("a", day("2026-11-01")));
        memory.learn("a", Outcome::There { moved: None }, day("2026-11-01"));
        assert!(!memory.is_due("a", day("2026-11-01")));
        assert!(!memory.is_due("a", day("2026-11-07")));
        assert!(memory.is_due("a", day("2026-11-08")));
        // A clock that was wrong for a day does not silence it for long.
        assert!(memory.is_due("a", day("2026-10-31")));
        memory.learn("a", Outcome::Failed("404".to_owned()), day("2026-11-08"));
        assert!(!memory.is_due("a", day("2026-11-08")));
        assert!(memory.is_due("a", day("2026-11-09")));
    }

    #[test]
    fn failures_of_one_day_count_once_and_an_answer_forgives_them() {
        let mut memory = Memory::default();
        for on in ["2026-11-01", "2026-11-01", "2026-11-02"] {
            memory.learn("a", Outcome::Failed("404".to_owned()), day(on));
        }
        assert_eq!(memory.get("a").map(|known| known.failures.len()), Some(2));
        memory.learn("a", Outcome::There { moved: None }, day("2026-11-03"));
        assert_eq!(memory.get("a").map(|known| known.failures.len()), Some(0));
    }

    #[test]
    fn what_is_kept_is_read_again_and_nonsense_is_nothing() {
        let mut memory = Memory::default();
        memory.learn(
            "a",
            Outcome::There {
                moved: Some("b".to_owned()),
            },
            day("2026-11-01"),
        );
        memory.learn(
            "a",
            Outcome::Failed("no answer".to_owned()),
            day("2026-11-09"),
        );
        memory.learn("c", Outcome::Closed, day("2026-11-09"));
        let folder = tempfile::tempdir().expect("a folder");
        memory.write(folder.path()).expect("written");
        assert_eq!(Memory::read(folder.path()), memory);
        for text in ["", "[", "[]", "{\"addresses\": 3}"] {
            assert_eq!(Memory::parse(text), None, "{text}");
        }
        memory.keep(&BTreeSet::from(["c".to_owned()]));
        assert_eq!(
            (memory.get("a").is_some(), memory.get("c").is_some()),
            (false, true)
        );
    }
}
