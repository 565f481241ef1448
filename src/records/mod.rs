//! The typed data files beside the articles.
//!
//! Each file of this room reads one data file into plain values and reports what is wrong with it at
//! its place. It knows no page. To add a data file: copy [`people`], and load it in `pipeline`.

pub mod coverage;
pub mod dictionary;
mod in_languages;
mod list_file;
pub mod people;
pub mod pickers;
pub mod reviews;
pub mod services;
pub mod translations;
pub mod wording;
pub mod works;

use std::sync::Arc;

use crate::citations::Citer;
use crate::spelling::Spelling;

pub use coverage::Coverage;
pub use in_languages::InLanguages;
pub use people::Person;
pub use pickers::Picker;
pub use reviews::Review;
pub use services::{Region, Service};
pub use translations::Translation;
pub use wording::Wording;
pub use works::{Bibliography, Work, WorkId};

/// What the data files beside the articles hold.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Authors and reviewers.
    pub people: Arc<Vec<Person>>,
    /// Who has reviewed which text, in the order in which it is written.
    pub reviews: Arc<Vec<Review>>,
    /// Which text each translation was made of.
    pub translations: Arc<Vec<Translation>>,
    /// Whom readers can call, place by place.
    pub regions: Arc<Vec<Region>>,
    /// What pages of kind `picker` let readers choose from.
    pub pickers: Arc<Vec<Picker>>,
    /// What the guide has to cover, and where it does; `None` when nobody wrote it down.
    pub coverage: Option<Arc<Coverage>>,
    /// Words that texts avoid, and lines that need a link beside them.
    pub wording: Arc<Wording>,
    /// Words that are right on this site and in no dictionary.
    pub own_words: Arc<dictionary::OwnWords>,
    /// The dictionaries of the languages.
    pub spelling: Spelling,
    /// The works that articles cite.
    pub works: Arc<Bibliography>,
    /// What prints them, for each language.
    pub citers: Vec<Arc<Citer>>,
}
