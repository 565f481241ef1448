//! `content/evidence.yaml`: what is known of a work beside its bibliographic data.
//!
//! A table from keys of works to what a reader wants to know before trusting them:
//!
//! ```yaml
//! muise2014:
//!   kind: diary-study
//!   strength: B
//!   population: 335 people in relationships, and 101 couples
//!   finding: Longer affection after sex went with more satisfaction.
//!   limits: Couples who are happier may simply cuddle longer.
//!   open_access: https://example.org/paper.pdf
//!   archive: https://web.archive.org/web/2026/https://example.org/
//!   verified: {by: jo, on: 2026-11-22}   # or: verified: no
//!   unsure: [volume]                      # details not confirmed: never printed
//!   uncited: kept for the page on rest    # why no page cites it, when none does
//!   status: {is: retracted, checked: 2026-11-22, notice: https://doi.org/10.1000/x}
//! ```
//!
//! To add a kind of evidence: a variant of [`Kind`], its line in [`Kind::NAMES`], and its words in the
//! theme's strings.

mod reading;
mod unsure;

use jiff::civil::Date;

use crate::data::Spanned;

pub use reading::{Outcome, read};

/// The file.
pub const FILE: &str = "content/evidence.yaml";

/// What is known of a work beside its bibliographic data. Everything may be unknown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// What kind of evidence it is.
    pub kind: Option<Kind>,
    /// How strong it is.
    pub strength: Option<Strength>,
    /// In whom it was found, in plain words; may be empty.
    pub population: String,
    /// What was found, in plain words; may be empty.
    pub finding: String,
    /// What it cannot tell, in plain words; may be empty.
    pub limits: String,
    /// Where it can be read free of charge; may be empty.
    pub open_access: String,
    /// A copy in an archive; may be empty.
    pub archive: String,
    /// Who has compared the details with the work itself, and when.
    pub verified: Option<Verified>,
    /// Fields, by their CSL names, that nobody has confirmed, and that are therefore not printed.
    pub unsure: Vec<Spanned<String>>,
    /// Whether it still stands.
    pub status: Option<Status>,
    /// Why no page cites it, for a work that is kept for later, where it is written.
    pub uncited: Option<Spanned<String>>,
}

impl Evidence {
    /// True when something is said of what was found, in whom, or what it cannot tell.
    pub fn tells(&self) -> bool {
        [&self.finding, &self.population, &self.limits]
            .iter()
            .any(|text| !text.is_empty())
    }

    /// True unless its publisher has doubts about it or has withdrawn it.
    pub fn stands(&self) -> bool {
        self.status.as_ref().is_none_or(|status| match status.is {
            Standing::Current | Standing::Corrected => true,
            Standing::Concern | Standing::Retracted => false,
        })
    }
}

/// That a person has compared the details of a work with the work itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// The key of the person in `content/people.yaml`, where it is written.
    pub by: Spanned<String>,
    /// When.
    pub on: Date,
}

/// Whether a work still stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// What has become of it.
    pub is: Standing,
    /// The day on which somebody looked.
    pub checked: Date,
    /// Where the notice of it is; may be empty.
    pub notice: String,
}

/// What has become of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It stands as it was published.
    Current,
    /// A correction was published.
    Corrected,
    /// Its publisher has doubts about it.
    Concern,
    /// It was withdrawn.
    Retracted,
}

impl Standing {
    /// Each with its name in the file.
    pub const NAMES: [(&'static str, Standing); 4] = [
        ("current", Standing::Current),
        ("corrected", Standing::Corrected),
        ("concern", Standing::Concern),
        ("retracted", Standing::Retracted),
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Standing::Current => "current",
            Standing::Corrected => "corrected",
            Standing::Concern => "concern",
            Standing::Retracted => "retracted",
        }
    }
}

/// How strong evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// A systematic review or a meta-analysis, or consistent controlled evidence.
    A,
    /// One randomised trial, or several consistent observational studies.
    B,
    /// Small or single observational studies, convenience samples.
    C,
    /// Theory, mechanism, expert opinion, community knowledge; not tested.
    D,
}

impl Strength {
    /// Each with its name in the file.
    pub const NAMES: [(&'static str, Strength); 4] = [
        ("A", Strength::A),
        ("B", Strength::B),
        ("C", Strength::C),
        ("D", Strength::D),
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Strength::A => "A",
            Strength::B => "B",
            Strength::C => "C",
            Strength::D => "D",
        }
    }
}

/// A kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// All studies on a question, found and weighed together.
    SystematicReview,
    /// People were put into groups by chance.
    Trial,
    /// People were followed over time.
    Cohort,
    /// People kept a diary for days or weeks.
    DiaryStudy,
    /// People were asked once.
    Survey,
    /// Something was measured in a laboratory.
    Laboratory,
    /// People were interviewed, or their words were studied.
    Interviews,
    /// What a professional body advises.
    Guideline,
    /// A summary of a field that does not weigh all of it.
    Overview,
    /// An idea of how something may work.
    Theory,
    /// What people with experience say.
    Experience,
    /// A book for everybody.
    Book,
    /// A page of an organisation.
    Website,
}

impl Kind {
    /// Each with its name in the file and in the theme's strings.
    pub const NAMES: [(&'static str, Kind); 13] = [
        ("systematic-review", Kind::SystematicReview),
        ("trial", Kind::Trial),
        ("cohort", Kind::Cohort),
        ("diary-study", Kind::DiaryStudy),
        ("survey", Kind::Survey),
        ("laboratory", Kind::Laboratory),
        ("interviews", Kind::Interviews),
        ("guideline", Kind::Guideline),
        ("overview", Kind::Overview),
        ("theory", Kind::Theory),
        ("experience", Kind::Experience),
        ("book", Kind::Book),
        ("website", Kind::Website),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        let mut names = Self::NAMES.iter();
        names
            .find(|(_, kind)| *kind == self)
            .map_or("", |(name, _)| *name)
    }
}
