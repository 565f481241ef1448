//! `content/services.yaml`: whom a reader can call, place by place.
//!
//! A list of regions, each with its emergency number and its services. What can be wrong with an entry
//! by itself is found here; whether the people and languages that it names are there, and whether
//! somebody has looked lately, is found in `checks::services`. Nothing is ever checked over the
//! network: a number counts as checked when a person has written down that they did.
//!
//! To add a need: a variant of [`Need`], a line in [`Need::NAMES`], its words in the theme's strings
//! (`need_...`), and a line in the README. To add a detail of a service: a documented field, a line in
//! `reading::service`, a field in `theme::contract::Service`.

mod reading;

use std::ops::Range;

use jiff::civil::Date;

use super::InLanguages;
use crate::data::Spanned;

pub use reading::read;

/// The file.
pub const FILE: &str = "content/services.yaml";

/// A place with its services.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// For links: `help-now.md#england-and-wales`.
    pub id: Spanned<String>,
    /// What readers call it.
    pub name: InLanguages,
    /// A sentence about the place as a whole; may be empty.
    pub note: InLanguages,
    /// The emergency number.
    pub emergency: Option<Service>,
    /// The others, in the order in which they are written.
    pub services: Vec<Service>,
}

/// Somebody to call, to write to or to visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Where its entry begins.
    pub span: Range<usize>,
    /// What it is for.
    pub needs: Vec<Need>,
    /// Its name; may be empty.
    pub name: String,
    /// Telephone numbers as people write them.
    pub phones: Vec<String>,
    /// Where to send a text message.
    pub text: Option<TextLine>,
    /// The address of a chat; may be empty.
    pub chat: String,
    /// The address of its website; may be empty.
    pub web: String,
    /// When it answers; may be empty.
    pub hours: InLanguages,
    /// The languages in which it answers; may be empty.
    pub languages: InLanguages,
    /// What it costs; may be empty.
    pub cost: InLanguages,
    /// Whether a call may be seen on a bill.
    pub on_bill: OnBill,
    /// Anything else a caller may want to know; may be empty.
    pub note: InLanguages,
    /// Who has compared the entry with the service's own page.
    pub checked: Option<Checked>,
}

/// A line for text messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// The number.
    pub to: String,
    /// The word to send; may be empty.
    pub word: String,
}

/// Who has compared an entry with the service's own page, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The day.
    pub on: Spanned<Date>,
    /// The id of a person.
    pub by: Spanned<String>,
}

/// Whether a call may be seen on a bill.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnBill {
    /// It may.
    Yes,
    /// It is left out of bills.
    No,
    /// Somebody has looked, and the service does not say.
    Unknown,
    /// The entry does not say.
    #[default]
    Unsaid,
}

/// What a service is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Danger to life.
    Emergency,
    /// Sexual violence.
    SexualViolence,
    /// Abuse at home.
    Abuse,
    /// Thoughts of suicide, or not coping.
    Crisis,
    /// Sexual health.
    SexualHealth,
    /// For lesbian, gay, bi, trans and more.
    Lgbt,
    /// For men.
    Men,
    /// For young people.
    YoungPeople,
    /// For people who are deaf or cannot speak.
    DeafRelay,
    /// Something else, which its note tells.
    Other,
}

impl Need {
    /// Every need with its name in the file and for templates.
    pub const NAMES: [(&'static str, Need); 10] = [
        ("emergency", Need::Emergency),
        ("sexual-violence", Need::SexualViolence),
        ("abuse", Need::Abuse),
        ("crisis", Need::Crisis),
        ("sexual-health", Need::SexualHealth),
        ("lgbt", Need::Lgbt),
        ("men", Need::Men),
        ("young-people", Need::YoungPeople),
        ("deaf-relay", Need::DeafRelay),
        ("other", Need::Other),
    ];

    /// What a reader of any place may need at once. A region that has nobody for one of them says so.
    pub const URGENT: [Need; 3] = [Need::SexualViolence, Need::Abuse, Need::Crisis];

    /// Its name in the file and for templates.
    pub fn name(self) -> &'static str {
        let mut names = Self::NAMES.iter();
        names
            .find(|(_, need)| *need == self)
            .map_or("other", |(name, _)| name)
    }
}

/// Whether the entry of a service can be leant on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has checked it.
    Unchecked,
    /// Somebody has, not long ago.
    Current,
    /// Somebody has, too long ago.
    Stale,
}

impl Standing {
    /// Its name for templates.
    pub const fn name(self) -> &'static str {
        match self {
            Standing::Unchecked => "unchecked",
            Standing::Current => "current",
            Standing::Stale => "stale",
        }
    }
}

impl Service {
    /// Whether it can be leant on today, when a check holds for so many days.
    pub fn standing(&self, today: Date, days: u32) -> Standing {
        match &self.checked {
            None => Standing::Unchecked,
            Some(checked) => {
                let age = (today - checked.on.value).get_days();
                if i64::from(age) > i64::from(days) {
                    Standing::Stale
                } else {
                    Standing::Current
                }
            }
        }
    }
}

impl Region {
    /// The emergency number and the services.
    pub fn all(&self) -> impl Iterator<Item = &Service> {
        self.emergency.iter().chain(&self.services)
    }

    /// The urgent needs for which it names nobody.
    pub fn missing(&self) -> impl Iterator<Item = Need> + '_ {
        Need::URGENT.into_iter().filter(|need| {
            let mut services = self.services.iter();
            !services.any(|service| service.needs.contains(need))
        })
    }
}

/// The number as a link writes it: its digits, and a plus sign at the beginning.
pub fn dialled(number: &str) -> String {
    let number = number.trim();
    let plus = if number.starts_with('+') { "+" } else { "" };
    let digits = number.chars().filter(char::is_ascii_digit);
    plus.chars().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_by_its_digits() {
        for (number, dialled_as) in [
            ("0808 2000 247", "08082000247"),
            ("+356 (179)", "+356179"),
            ("13 11 14", "131114"),
        ] {
            assert_eq!(dialled(number), dialled_as);
        }
    }
}
