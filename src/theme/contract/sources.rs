//! Sources: in reference lists, in the library, on their own pages.

use super::{Card, Date};
use crate::theme::shape::{Html, Shared, view};

view! {
    /// A work that the site cites, from the bibliography and `content/evidence.yaml`.
    pub struct Source {
        /// The key that authors cite it by.
        key: String,
        /// Its part of ids and addresses.
        id: String,
        /// Its page.
        url: String,
        /// Its name in running text, such as `Muise et al., 2014`.
        short: String,
        /// Its title as plain text.
        title: String,
        /// The whole entry as the citation style prints it, with a link to its DOI or address.
        entry: Html,
        /// The whole address of the work itself: its DOI, or where it is on the web. May be empty.
        link: String,
        /// Its DOI without `https://doi.org/`; may be empty.
        doi: String,
        /// Kind of evidence: `systematic-review`, `trial`, `cohort`, `diary-study`, `survey`,
        /// `laboratory`, `interviews`, `guideline`, `overview`, `theory`, `experience`, `book`,
        /// `website`; empty when it is not known.
        kind: String,
        /// How strong it is: `A`, `B`, `C` or `D`; empty when it is not known.
        strength: String,
        /// In whom it was found; may be empty.
        population: String,
        /// What was found; may be empty.
        finding: String,
        /// What it cannot tell; may be empty.
        limits: String,
        /// The language of those three, such as `en`, when it is not that of the page; else empty.
        told_language: String,
        /// Where it can be read free of charge; may be empty.
        open_access_url: String,
        /// A copy in an archive; may be empty.
        archive_url: String,
        /// True when a person has compared these details with the work itself.
        is_verified: bool,
        /// Who has; empty when nobody has.
        verified_by: String,
        /// When.
        verified_on: Option<Date>,
        /// Details that nobody has confirmed, and that are therefore left out of `entry`: their CSL
        /// names, such as `volume`.
        unsure: Vec<String>,
        /// Whether it still stands: `current`, `corrected`, `concern` or `retracted`; empty when
        /// nobody has looked.
        standing: String,
        /// When somebody looked.
        standing_checked: Option<Date>,
        /// Where the notice of a correction or a retraction is; may be empty.
        notice_url: String,
        /// How many pages of this language cite it.
        cited: usize,
    }
}

view! {
    /// An entry of a page's reference list.
    pub struct Reference {
        /// The `id` its element must have, which the marks in the text link to.
        id: String,
        /// What the style prints before it, such as `1.`; empty when it prints nothing.
        label: String,
        /// The entry as the citation style prints it on this page, where works of one author and
        /// year carry letters.
        entry: Html,
        /// Where the text cites it, in order.
        uses: Vec<Use>,
        /// The source.
        source: Shared<Source>,
    }
}

view! {
    /// A place in the text where a source is cited.
    pub struct Use {
        /// The `id` of the mark, for a way back.
        id: String,
        /// How manieth it is, from 1.
        number: usize,
    }
}

view! {
    /// How much the sources of an article carry, counted from their strengths.
    pub struct Certainty {
        /// `strong` when at least half of its sources are A, `fair` when at least half are A or B,
        /// `limited` when at least half are A, B or C, `untested` when at least half have a grade, and
        /// otherwise `ungraded`: say no more than that.
        level: String,
        /// How many sources the article cites.
        sources: usize,
        /// How many of them are A.
        a: usize,
        /// How many are B.
        b: usize,
        /// How many are C.
        c: usize,
        /// How many are D.
        d: usize,
        /// How many have no grade, or are doubted or withdrawn.
        ungraded: usize,
        /// How many nobody has compared with the work itself yet.
        unverified: usize,
    }
}

view! {
    /// A page that cites a source.
    pub struct CitedIn {
        /// The page.
        card: Shared<Card>,
        /// The sentences that cite it, in order.
        sentences: Vec<Sentence>,
    }
}

view! {
    /// A sentence that cites a source.
    pub struct Sentence {
        /// Its words, without the marks of citations.
        text: String,
        /// Where it is: the page's address with the mark's id.
        url: String,
    }
}
