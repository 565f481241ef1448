//! Whether a text is the one that was reviewed, and when it is due again.
//!
//! The last record of a page counts, by its day. A page is *current* while its [`Fingerprint`] is
//! that of the record and the day of the next review has not passed, *changed* when the text is
//! another one, *overdue* when only time has passed, and it *awaits* review when nobody has ever
//! looked. Articles, pages of questions, of ideas and of help need review, and pages that say so; others
//! do once somebody has reviewed them.

mod fingerprint;

use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{PageId, PageKind, Site};
use crate::document::{Document, FrontMatter};
use crate::path::SourcePath;
use crate::records::Review;

pub use fingerprint::{Fingerprint, Part};

/// How a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has reviewed it.
    Awaiting,
    /// It is the text that was reviewed.
    Current,
    /// It is another text.
    Changed,
    /// It is the text that was reviewed, too long ago.
    Overdue,
}

impl State {
    /// Its name for templates and other programs.
    pub const fn name(self) -> &'static str {
        match self {
            State::Awaiting => "awaiting",
            State::Current => "current",
            State::Changed => "changed",
            State::Overdue => "overdue",
        }
    }
}

/// What has become of a part of a reviewed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It reads otherwise, or was not there.
    Changed(Part),
    /// It is gone: its name in the record.
    Removed(String),
}

/// How a page stands, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'a> {
    /// How it stands.
    pub state: State,
    /// The record that counts; none when nobody has reviewed it.
    pub record: Option<&'a Review>,
    /// When the next review is due.
    pub due: Option<Date>,
    /// What differs from the text that was reviewed. Empty when it was not changed, when only the
    /// order of its parts was, and when the record does not tell the parts.
    pub differences: Vec<Difference>,
}

/// Whether a page says that it awaits review until somebody has reviewed it.
pub fn needs_review(kind: PageKind, keys: &FrontMatter) -> bool {
    keys.needs_review.unwrap_or(matches!(
        kind,
        PageKind::Article | PageKind::Faq | PageKind::Picker | PageKind::Help
    ))
}

/// The last review of each page, by its place.
pub(super) fn last_of_each(reviews: &[Review]) -> FxHashMap<SourcePath, usize> {
    let mut last: FxHashMap<SourcePath, usize> = FxHashMap::default();
    for (index, review) in reviews.iter().enumerate() {
        last.entry(review.page.value.clone())
            .and_modify(|known| {
                if reviews[*known].on.value <= review.on.value {
                    *known = index;
                }
            })
            .or_insert(index);
    }
    last
}

impl Site {
    /// How a page stands; `None` when it needs no review. A page that repeats another language stands
    /// as the text that it shows.
    pub fn standing(&self, id: PageId) -> Option<Standing<'_>> {
        let page = self.page(id);
        if page.kind == PageKind::PickerList {
            // It shows some of what stands on the page of its picker.
            return self.standing(page.parent?);
        }
        let document = page.document.as_ref()?;
        let needs_review = needs_review(page.kind, &page.keys);
        let reviewed = self.standing_of_text(document, &page.keys);
        reviewed.or_else(|| {
            needs_review.then(|| Standing {
                state: State::Awaiting,
                record: None,
                due: None,
                differences: Vec::new(),
            })
        })
    }

    /// How a text stands that somebody has reviewed; `None` when nobody has.
    pub fn standing_of_text(
        &self,
        document: &Document,
        keys: &FrontMatter,
    ) -> Option<Standing<'_>> {
        let record = &self.reviews[*self.last_review.get(&document.path)?];
        let now = self.fingerprint(document, keys);
        let due = self.due(record);
        let state = if now.text != record.text {
            State::Changed
        } else if due < self.today {
            State::Overdue
        } else {
            State::Current
        };
        let differences = match state {
            State::Changed => differences(record, &now),
            State::Awaiting | State::Current | State::Overdue => Vec::new(),
        };
        Some(Standing {
            state,
            record: Some(record),
            due: Some(due),
            differences,
        })
    }

    /// What a reviewer of a document vouches for.
    pub fn fingerprint(&self, document: &Document, keys: &FrontMatter) -> Fingerprint {
        let picker = document.picker_file().and_then(|file| {
            let picker = &self.pickers[self.picker_in(&file)?];
            Some((picker, &**self.inputs.text_of(&file)?))
        });
        Fingerprint::new(document, keys, &self.works, picker)
    }

    /// The keys of a document as they count, with those of its folder's `_defaults.yaml`.
    pub fn keys_of<'a>(&'a self, document: &'a Document) -> &'a FrontMatter {
        let mut written = self
            .topics
            .iter()
            .flat_map(|topic| topic.documents.iter().flatten());
        written
            .find(|written| written.document.path == document.path)
            .map_or(&document.front_matter, |written| &written.keys)
    }

    /// When the review after this one is due.
    pub fn due(&self, review: &Review) -> Date {
        let written = review.due.as_ref().map(|due| due.value);
        written.unwrap_or_else(|| self.usual_due(review.on.value))
    }

    /// When a review after one on a day is due, when its record does not say.
    pub fn usual_due(&self, on: Date) -> Date {
        on.saturating_add(i64::from(self.config.editorial.review_months).months())
    }
}

fn differences(record: &Review, now: &Fingerprint) -> Vec<Difference> {
    if record.parts.is_empty() {
        return Vec::new();
    }
    let is_same = |part: &Part, digits: &String| {
        let name = part.name();
        let mut parts = record.parts.iter();
        parts.any(|(known, reviewed)| *known == name && reviewed == digits)
    };
    let changed = now
        .parts
        .iter()
        .filter(|(part, digits)| !is_same(part, digits));
    let removed = record.parts.iter().filter(|(name, _)| {
        let mut parts = now.parts.iter();
        !parts.any(|(part, _)| part.name() == *name)
    });
    changed
        .map(|(part, _)| Difference::Changed(part.clone()))
        .chain(removed.map(|(name, _)| Difference::Removed(name.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Spanned;

    fn review(page: &str, on: &str, parts: &[(&str, &str)]) -> Review {
        let part = |(name, digits): &(&str, &str)| ((*name).to_owned(), (*digits).to_owned());
        Review {
            page: Spanned::new(SourcePath::new(page).expect("sound"), 0..0),
            by: Spanned::new("jo".to_owned(), 0..0),
            on: Spanned::new(on.parse().expect("a day"), 0..0),
            checked: String::new(),
            due: None,
            text: String::new(),
            parts: parts.iter().map(part).collect(),
        }
    }

    #[test]
    fn the_newest_record_counts_and_of_one_day_the_last() {
        let reviews = [
            review("content/a.md", "2026-03-01", &[]),
            review("content/a.md", "2026-05-01", &[]),
            review("content/b.md", "2026-07-01", &[]),
            review("content/a.md", "2026-05-01", &[]),
            review("content/a.md", "2026-04-01", &[]),
        ];
        let last = last_of_each(&reviews);
        let of = |page: &str| last.get(&SourcePath::new(page).expect("sound")).copied();
        assert_eq!((of("content/a.md"), of("content/b.md")), (Some(3), Some(2)));
        assert_eq!(of("content/c.md"), None);
    }

    #[test]
    fn parts_are_changed_added_or_gone() {
        let reviewed = [
            ("title", "1"),
            ("#rest", "2"),
            ("#tea", "3"),
            ("sources", "4"),
        ];
        let now = Fingerprint {
            text: String::new(),
            parts: vec![
                (Part::Title, "1".to_owned()),
                (Part::Section("rest".to_owned()), "5".to_owned()),
                (Part::Section("walk".to_owned()), "6".to_owned()),
                (Part::Sources, "4".to_owned()),
            ],
        };
        assert_eq!(
            differences(&review("content/a.md", "2026-03-01", &reviewed), &now),
            [
                Difference::Changed(Part::Section("rest".to_owned())),
                Difference::Changed(Part::Section("walk".to_owned())),
                Difference::Removed("#tea".to_owned()),
            ]
        );
        assert_eq!(
            differences(&review("content/a.md", "2026-03-01", &[]), &now),
            []
        );
    }
}
