//! Every kind of diagnostic: its name, how much it weighs, and what it is about.
//!
//! To add one: a line in the table, in its group. The name is what authors see and write in
//! settings; once published it never changes.

use std::fmt;

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $about:literal])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// The kind of a diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $about])+ $variant,)+
        }

        impl Code {
            /// All of them, in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The name, such as `broken-link`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// What it is about, in a sentence.
            pub const fn about(self) -> &'static str {
                match self { $(Code::$variant => concat!($($about),+).trim_ascii(),)+ }
            }

            /// True for a warning of what is still to come, which `check --strict` lets pass.
            pub const fn is_reminder(self) -> bool {
                matches!(self, Code::ReviewDue)
            }

            /// How much it weighs.
            pub const fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    // Files.
    /// A file cannot be read.
    UnreadableFile = "unreadable-file", Error;
    /// A file that holds text is not UTF-8.
    NotUtf8 = "not-utf-8", Error;
    /// A symbolic link leads out of the site folder, or in a circle.
    SymlinkOutside = "symlink-outside", Error;
    /// A file name has a character that no address can carry.
    FileName = "file-name", Error;

    // Data: site.toml, front matter, data files.
    /// YAML or TOML that cannot be parsed.
    Syntax = "syntax", Error;
    /// A key that nothing reads.
    UnknownKey = "unknown-key", Error;
    /// A key that is needed is not there.
    MissingKey = "missing-key", Error;
    /// A value of the wrong type, such as `flase` where yes or no is asked.
    WrongType = "wrong-type", Error;
    /// A word that is not one of those allowed.
    UnknownValue = "unknown-value", Error;
    /// A date that is not a day of the calendar, written year-month-day, or a day that cannot be meant.
    WrongDate = "wrong-date", Error;
    /// The same key, id or name twice.
    Duplicate = "duplicate", Error;
    /// A file of the site that has to be there is not.
    MissingFile = "missing-file", Error;

    // Articles.
    /// A link to a page that does not exist.
    BrokenLink = "broken-link", Error;
    /// A link to a heading that does not exist.
    BrokenAnchor = "broken-anchor", Error;
    /// A link to a page that is not published: a draft, a future or an expired one.
    HiddenTarget = "hidden-target", Error;
    /// A link that names the page by its address and not by its file.
    LinkToAddress = "link-to-address", Warning;
    /// A picture that does not exist.
    MissingImage = "missing-image", Error;
    /// A picture from another site, which would tell that site who reads the page.
    ForeignImage = "foreign-image", Error;
    /// A picture without a description.
    MissingAlt = "missing-alt", Error;
    /// A footnote that is used but not written.
    UndefinedFootnote = "undefined-footnote", Error;
    /// A footnote that is written but not used.
    UnusedFootnote = "unused-footnote", Warning;
    /// A reference link whose address is not given anywhere.
    UndefinedReference = "undefined-reference", Error;
    /// A heading that skips a level, or a level-one heading in the text.
    HeadingLevel = "heading-level", Error;
    /// A heading without words.
    EmptyHeading = "empty-heading", Error;
    /// Two headings with one id.
    DuplicateHeading = "duplicate-heading-id", Error;
    /// HTML in an article.
    RawHtml = "raw-html", Error;
    /// A link with a scheme that runs code or is not known.
    LinkScheme = "link-scheme", Error;
    /// A link that carries a mark by which other sites follow readers, such as `utm_source`.
    TrackingParameter = "tracking-parameter", Warning;
    /// A directive that the theme does not have.
    UnknownDirective = "unknown-directive", Error;
    /// An argument of a directive that is unknown, missing or wrong.
    DirectiveArgument = "directive-argument", Error;
    /// A `:::` that opens nothing, closes nothing, or stands where it cannot.
    DirectiveFence = "directive-fence", Error;

    // Sources.
    /// A citation of a work that the bibliography does not have.
    UnknownCitation = "unknown-citation", Error;
    /// A work that was withdrawn by its publisher is cited.
    RetractedSource = "retracted-source", Error;
    /// A work is cited that its publisher has doubts about.
    DoubtedSource = "doubted-source", Warning;
    /// A citation where none is read: in a title, or in an argument of a directive.
    MisplacedCitation = "misplaced-citation", Error;
    /// Something that looks like a citation and is not one, such as `[@one;]`.
    UnclearCitation = "unclear-citation", Warning;
    /// A work is cited whose details nobody has compared with the work itself.
    UnverifiedSource = "unverified-source", Warning;
    /// A work that no page cites.
    UnusedWork = "unused-work", Warning;
    /// A number or a finding in a paragraph that cites nothing, or in a chart without `source`.
    UncitedClaim = "uncited-claim", Warning;
    /// A percentage where "20 in 100" is understood by more people.
    Percentage = "percentage", Warning;

    // Voice.
    /// A page that is harder to read than the `reading_age` of `[voice]`.
    HardToRead = "hard-to-read", Warning;
    /// A sentence of too many words, or too many long ones on a page.
    LongSentence = "long-sentence", Warning;
    /// A paragraph of too many sentences.
    LongParagraph = "long-paragraph", Warning;
    /// A key message of too many words.
    LongKeyMessage = "long-key-message", Warning;
    /// An answer of too many words on a page of questions.
    LongAnswer = "long-answer", Warning;
    /// Words that `content/words.yaml` says to avoid.
    WordToAvoid = "word-to-avoid", Warning;
    /// A line such as "tell your partner" in a section that does not link to the page for those who are not safe.
    UnsafeLine = "unsafe-line", Warning;
    /// A comment `<!-- voice: -->` that does not say why.
    UnexplainedException = "unexplained-exception", Error;
    /// A comment `<!-- voice: reason -->` that excuses nothing.
    UnneededException = "unneeded-exception", Warning;

    // Services to call.
    /// Services whose numbers nobody has checked on the service's own page.
    UncheckedService = "unchecked-service", Warning;
    /// A service whose numbers were checked too long ago.
    StaleService = "stale-service", Warning;

    // Pickers.
    /// Answers to the questions of a picker that leave fewer than six ideas.
    FewChoices = "few-choices", Warning;
    /// Answers to the questions of a picker after which nothing is left.
    DeadEnd = "dead-end", Error;
    /// An idea that is gone whatever a reader answers to some question.
    UnreachableIdea = "unreachable-idea", Error;

    // What the guide is made from.
    /// A point that the site has to cover, as `content/coverage.yaml` counts them, and that nobody has settled.
    UnsettledPoint = "unsettled-point", Warning;
    /// Eight words in a row or more that are those of a text that `check --against` was given.
    BorrowedWords = "borrowed-words", Warning;

    // The site as a whole.
    /// Two pages, or a page and a file, that would be written to one place.
    DuplicateUrl = "duplicate-url", Error;
    /// A word of `[discretion]` where others than the reader see it: in a tab's title, an address or
    /// the name of a file.
    RevealingWord = "revealing-word", Error;
    /// An author who is not in `content/people.yaml`.
    UnknownPerson = "unknown-person", Error;
    /// A language that `site.toml` does not name.
    UnknownLanguage = "unknown-language", Error;
    /// A folder of pages without an `_index.md`.
    MissingIndex = "missing-index", Warning;
    /// A file beside the articles that no published page uses, and that is therefore not published.
    UnusedFile = "unused-file", Warning;

    // Sources.
    /// A bibliography file, or an entry of one, that cannot be parsed.
    MalformedBibliography = "malformed-bibliography", Error;
    /// A kind of work that a bibliography names and that does not exist.
    UnknownEntryType = "unknown-entry-type", Warning;
    /// The key of a work that no bibliography has.
    UnknownWork = "unknown-work", Error;
    /// Two entries that look like one work.
    DuplicateWork = "duplicate-work", Warning;
    /// A DOI that cannot be one.
    MalformedDoi = "malformed-doi", Error;
    /// An address of a work that no browser can open.
    MalformedAddress = "malformed-address", Warning;
    /// The number of a book that cannot be one.
    MalformedIsbn = "malformed-isbn", Warning;
    /// A work without a title, an author, a year or what it appeared in.
    IncompleteWork = "incomplete-work", Warning;
    /// A name of which no family name and given name can be made.
    UnclearName = "unclear-name", Warning;
    /// Details of a work that cannot all be true.
    ContradictoryWork = "contradictory-work", Warning;
    /// A review that is due within 60 days; `check --strict` fails only once it is overdue.
    ReviewDue = "review-due", Warning;
    /// A review whose day is past.
    ReviewOverdue = "review-overdue", Warning;
    /// A text that is not the one that was reviewed.
    ChangedSinceReview = "changed-since-review", Warning;
    /// A page that was reviewed by one of its own authors.
    SelfReview = "self-review", Warning;

    // Translations.
    /// A translation of which nobody has written down what it was made of.
    UnrecordedTranslation = "unrecorded-translation", Warning;
    /// A paragraph that was translated and reads otherwise now, is new or is gone.
    StaleTranslation = "stale-translation", Warning;
    /// A translation that is not built like its source, paragraph by paragraph.
    UnevenTranslation = "uneven-translation", Warning;
    /// Words of a data file that are not there in a language of the page which shows them.
    UntranslatedWords = "untranslated-words", Warning;

    /// A page that weighs more than its budget.
    OverBudget = "over-budget", Warning;

    // Themes.
    /// A theme that is not there.
    MissingTheme = "missing-theme", Error;
    /// Themes that extend each other in a circle.
    ThemeCycle = "theme-cycle", Error;
    /// A template that a page asks for is not there.
    MissingTemplate = "missing-template", Error;
    /// A template that cannot be parsed, or that fails while it is rendered.
    TemplateError = "template-error", Error;
    /// A template that names a value the contract does not offer.
    UnknownVariable = "unknown-variable", Error;
    /// A word of the interface that a template asks for and no strings file has.
    MissingString = "missing-string", Error;
    /// A language that lacks words of the interface.
    UntranslatedString = "untranslated-string", Warning;
    /// A stylesheet that cannot be parsed or bundled.
    Stylesheet = "stylesheet", Error;
    /// An asset that a template or a stylesheet asks for is not there.
    MissingAsset = "missing-asset", Error;
    /// A design token that the theme does not have, or of the wrong kind.
    Token = "design-token", Error;
    /// Two colours that are too close to be read.
    Contrast = "contrast", Error;

    // Finished pages.
    /// A script, a style or a handler that stands in a page, whose policy keeps it out.
    InlineCode = "inline-code", Error;
    /// Something that a page would load from another site, which would tell that site who reads it.
    ForeignResource = "foreign-resource", Error;

    // Sources.
    /// A citation style that is neither bundled nor a file of the site.
    UnknownStyle = "unknown-style", Error;
    /// A `.csl` file that is not a citation style, calls a macro that is not there, or only names
    /// another style.
    UnreadableStyle = "unreadable-style", Error;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_differ() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(names.iter().all(|name| {
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c == '-' || c == '8')
        }));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
