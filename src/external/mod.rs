//! Links to other sites: whether what they lead to is still there.
//!
//! Only `afterword check --external` comes here, and nothing else ever asks another host for anything.
//! A host may be down for a night, so an address counts as dead only after failures on
//! [`DAYS_TO_BE_DEAD`] days; what was found is kept in [`memory`] from one day to the next, and what
//! answered is left in peace for a week.
//!
//! 1. [`addresses::of_output`] gathers what the finished pages link to.
//! 2. [`walk::ask_all`] asks each that is due, one at a time for each host and a second apart; [`http`]
//!    is the one file that speaks to the network.
//! 3. [`findings`] tells what is dead, what has moved for good and what did not answer.
//!
//! To tell another answer apart: a variant of [`Outcome`], and follow the compiler.

pub mod addresses;
pub mod http;
pub mod memory;
mod places;
pub mod walk;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic};
use crate::pipeline::Loaded;
use memory::Memory;
use places::Places;

/// On so many days an address has to fail before it counts as dead.
pub const DAYS_TO_BE_DEAD: usize = 3;

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is there; perhaps by another address from now on.
    There {
        /// Where it has moved for good.
        moved: Option<String>,
    },
    /// Its host does not let programs in, or asks for patience: nothing is known.
    Closed,
    /// It is not there, or nobody answered; with the reason in a few words.
    Failed(String),
}

/// What is wrong with links to other sites, as far as the memory knows by this day.
pub fn findings(
    loaded: &Loaded,
    addresses: &BTreeSet<String>,
    memory: &Memory,
    today: Date,
) -> Vec<Diagnostic> {
    let places = Places::new(loaded, addresses);
    let mut findings = Vec::new();
    for address in addresses {
        let Some(known) = memory.get(address) else {
            continue;
        };
        let last = known.failures.last();
        let finding = if known.failures.len() >= DAYS_TO_BE_DEAD {
            let days: Vec<_> = known
                .failures
                .iter()
                .map(|(day, _)| day.to_string())
                .collect();
            let why = last.map_or("", |(_, why)| why.as_str());
            let message = format!("`{address}` is dead: {why}, on {}", and(&days));
            Diagnostic::new(Code::DeadExternalLink, message)
                .help("link to where it is now, to a copy in an archive, or to something else that says the same")
        } else if let Some((day, why)) = last.filter(|(day, _)| *day == today) {
            let message = format!("`{address}` did not answer on {day}: {why}");
            Diagnostic::new(Code::UnansweredExternalLink, message).help(format!(
                "nothing yet: it counts as dead after failures on {DAYS_TO_BE_DEAD} days; run `afterword check --external` again another day"
            ))
        } else if let Some(moved) = &known.moved {
            let message = format!("`{address}` has moved for good");
            Diagnostic::new(Code::MovedExternalLink, message)
                .help(format!("write `{moved}`, when it is still what you mean"))
        } else {
            continue;
        };
        findings.push(places.point(address, finding));
    }
    findings
}

/// `a, b and c`.
fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
