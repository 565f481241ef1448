//! Every kind of diagnostic: its name, how much it weighs, and what it is about.
//!
//! To add one: a line in the table, in its group, and its page `manual/NAME.md` (see [`manual`](super::manual)). The
//! name is what authors see and write in settings; once published it never changes.

use std::fmt;

use super::Severity;
use super::manual::Page;

macro_rules! codes {
    ($($group:literal: $($(#[doc = $about:literal])+ $variant:ident = $name:literal, $severity:ident;)+)+) => {
        /// The kind of a diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($($(#[doc = $about])+ $variant,)+)+
        }

        impl Code {
            /// All of them, in the order of the table.
            pub const ALL: &[Code] = &[$($(Code::$variant,)+)+];

            /// The name, such as `broken-link`.
            pub const fn as_str(self) -> &'static str {
                match self { $($(Code::$variant => $name,)+)+ }
            }

            /// The group of the table that it belongs to.
            pub const fn group(self) -> &'static str {
                match self { $($(Code::$variant => $group,)+)+ }
            }

            /// Its page of the manual, as Markdown. A code without one does not compile.
            pub(super) const fn page(self) -> &'static str {
                match self {
                    $($(Code::$variant => include_str!(concat!("manual/", $name, ".md")),)+)+
                }
            }

            /// The one that is called so.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == name)
            }

            /// How much it weighs by itself.
            pub const fn severity(self) -> Severity {
                match self { $($(Code::$variant => Severity::$severity,)+)+ }
            }
        }
    };
}

codes! {
    "Files":
    /// A file cannot be read.
    UnreadableFile = "unreadable-file", Error;
    /// A file that holds text is not UTF-8.
    NotUtf8 = "not-utf-8", Error;
    /// A symbolic link leads out of the site folder, or in a circle.
    SymlinkOutside = "symlink-outside", Error;
    /// A file name has a character that no address can carry.
    FileName = "file-name", Error;

    "Data":
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

    "Articles":
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

    /// A link without words.
    EmptyLink = "empty-link", Error;
    /// A link whose words do not say where it leads, such as "click here", or are its address.
    LinkText = "link-text", Warning;
    /// Two links of a page with the same words that lead to different places.
    SameLinkText = "same-link-text", Warning;
    /// A table without words at the top of a column.
    TableHeader = "table-header", Warning;
    /// A table of one column, which is a list.
    OneColumn = "one-column", Warning;
    /// Bold words in place of a heading.
    FakeHeading = "fake-heading", Warning;
    /// A heading of too many words.
    LongHeading = "long-heading", Warning;
    /// A heading that ends with a full stop.
    HeadingFullStop = "heading-full-stop", Warning;
    /// Two headings in a row with the same words.
    RepeatedHeading = "repeated-heading", Warning;
    /// A picture whose description is the name of a file.
    AltFileName = "alt-file-name", Warning;
    /// A description of a picture that begins with "image of" or the like.
    AltPrefix = "alt-prefix", Warning;
    /// A description of a picture that is too long to be listened to.
    LongAlt = "long-alt", Warning;
    /// A description of a picture that says what stands beside it.
    RepeatedAlt = "repeated-alt", Warning;
    /// An address that is given by name and that no link uses.
    UnusedReference = "unused-reference", Warning;
    /// Two pages of one language with one title.
    DuplicateTitle = "duplicate-title", Warning;
    /// Two pages of one language with one description.
    DuplicateDescription = "duplicate-description", Warning;
    /// A title that is cut off where it is listed.
    LongTitle = "long-title", Warning;
    /// A page without a description.
    MissingDescription = "missing-description", Warning;
    /// A description that says too little, or is cut off where it is listed.
    DescriptionLength = "description-length", Warning;

    "Sources":
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

    "Voice":
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

    /// Words that promise more than anybody knows, as `content/words.yaml` lists them.
    Overclaim = "overclaim", Warning;
    /// Words that are more explicit than the site means to be, as `content/words.yaml` lists them.
    ExplicitWord = "explicit-word", Warning;
    /// A page that speaks of something hard, as `content/words.yaml` lists it, without a `content_note`.
    MissingContentNote = "missing-content-note", Warning;
    /// An abbreviation that the page does not write out where it first stands.
    UndefinedAbbreviation = "undefined-abbreviation", Warning;
    /// A share of people that does not say of whom.
    NumberWithoutPopulation = "number-without-population", Warning;
    /// A word for a time that moves on while the page stays, such as "recently".
    RelativeDate = "relative-date", Warning;
    /// A year or a day that has not come yet, where it is told as if it had.
    FutureDate = "future-date", Warning;
    /// A page that was changed before it was published.
    UpdatedBeforePublished = "updated-before-published", Warning;
    /// A word that is written twice.
    DoubledWord = "doubled-word", Warning;
    /// More sentences of a page are passive than `[voice]` allows.
    PassiveVoice = "passive-voice", Note;
    /// More sentences of a page say "should" or "have to" than `[voice]` allows.
    Obligation = "obligation", Note;

    /// A word that no dictionary has.
    Misspelling = "misspelling", Warning;
    /// Spelling is to be checked, and there is no dictionary of a language.
    MissingDictionary = "missing-dictionary", Warning;

    "Exceptions":
    /// An exception that does not say why.
    UnexplainedException = "unexplained-exception", Error;
    /// An exception that excepts nothing.
    UnusedException = "unused-exception", Warning;

    "Services to call":
    /// Services whose numbers nobody has checked on the service's own page.
    UncheckedService = "unchecked-service", Warning;
    /// A service whose numbers were checked too long ago.
    StaleService = "stale-service", Warning;

    "Pickers":
    /// Answers to the questions of a picker that leave fewer than six ideas.
    FewChoices = "few-choices", Warning;
    /// Answers to the questions of a picker after which nothing is left.
    DeadEnd = "dead-end", Error;
    /// An idea that is gone whatever a reader answers to some question.
    UnreachableIdea = "unreachable-idea", Error;

    "What the guide is made from":
    /// A point that the site has to cover, as `content/coverage.yaml` counts them, and that nobody has settled.
    UnsettledPoint = "unsettled-point", Warning;
    /// Eight words in a row or more that are those of a text that `check --against` was given.
    BorrowedWords = "borrowed-words", Warning;

    "The site as a whole":
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
    /// A template or an asset of the site's own theme that nothing asks for.
    UnusedThemeFile = "unused-theme-file", Warning;
    /// A page that no other page, menu or list links to.
    OrphanPage = "orphan-page", Warning;
    /// Pages from which the page of kind `help` is not one link away.
    UnreachableHelp = "unreachable-help", Warning;

    "Sources":
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

    "Reviews":
    /// A review that is due within 60 days.
    ReviewDue = "review-due", Note;
    /// A review whose day is past.
    ReviewOverdue = "review-overdue", Warning;
    /// A text that is not the one that was reviewed.
    ChangedSinceReview = "changed-since-review", Warning;
    /// A page that was reviewed by one of its own authors.
    SelfReview = "self-review", Warning;

    "Translations":
    /// A translation of which nobody has written down what it was made of.
    UnrecordedTranslation = "unrecorded-translation", Warning;
    /// A paragraph that was translated and reads otherwise now, is new or is gone.
    StaleTranslation = "stale-translation", Warning;
    /// A translation that is not built like its source, paragraph by paragraph.
    UnevenTranslation = "uneven-translation", Warning;
    /// Words of a data file that are not there in a language of the page which shows them.
    UntranslatedWords = "untranslated-words", Warning;

    "Budgets":
    /// A page that weighs more than its budget.
    OverBudget = "over-budget", Warning;
    /// A picture that weighs more than a page should make anybody load.
    HeavyPicture = "heavy-picture", Warning;

    "Themes":
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
    /// A rule of a stylesheet whose words are too close to their ground to be read.
    LowContrast = "low-contrast", Warning;

    "Finished pages":
    /// A script, a style or a handler that stands in a page, whose policy keeps it out.
    InlineCode = "inline-code", Error;
    /// Something that a page would load from another site, which would tell that site who reads it.
    ForeignResource = "foreign-resource", Error;
    /// An address in a finished page or file that leads to nothing which is published.
    DeadLinkInOutput = "dead-link-in-output", Error;
    /// A link in a finished page to an id that its target does not have.
    DeadAnchorInOutput = "dead-anchor-in-output", Error;
    /// Words of a draft, a scheduled or an expired page in something that is published.
    DraftInOutput = "draft-in-output", Error;
    /// A drawing (SVG) that runs a script.
    ActiveDrawing = "active-drawing", Error;
    /// HTML that browsers have to repair: elements that do not end or stand where they may not.
    BrokenHtml = "broken-html", Warning;
    /// Two elements of a page with one id.
    DuplicateId = "duplicate-id", Warning;
    /// A label or another attribute that names an id which the page does not have.
    MissingId = "missing-id", Warning;
    /// A page without its language, title, character set or viewport.
    PageHead = "page-head", Warning;
    /// A page without one `main`, one `h1`, headings in order, labelled menus or a way past them.
    Landmark = "landmark", Warning;
    /// A link, button, control, picture or frame without words for those who do not see it.
    NamelessElement = "nameless-element", Warning;
    /// A link to another site that has failed on three days.
    DeadExternalLink = "dead-external-link", Warning;
    /// A link to another site that did not answer today.
    UnansweredExternalLink = "unanswered-external-link", Note;
    /// A link to another site that has moved for good.
    MovedExternalLink = "moved-external-link", Note;
    /// Data for search engines that are no JSON, lack something, or contradict their page.
    StructuredData = "structured-data", Warning;

    "Sources":
    /// A citation style that is neither bundled nor a file of the site.
    UnknownStyle = "unknown-style", Error;
    /// A `.csl` file that is not a citation style, calls a macro that is not there, or only names
    /// another style.
    UnreadableStyle = "unreadable-style", Error;
}

impl Code {
    /// What it is about, in a sentence.
    pub fn about(self) -> &'static str {
        Page::of(self).sentence
    }

    /// The groups of the table, each once.
    pub fn groups() -> Vec<&'static str> {
        let mut groups = Vec::new();
        for code in Self::ALL {
            if !groups.contains(&code.group()) {
                groups.push(code.group());
            }
        }
        groups
    }

    /// The codes of a group.
    pub fn of_group(group: &str) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |code| code.group() == group)
    }

    /// True for what only finished pages show, which are not all looked at while a site has errors.
    pub const fn is_of_finished_pages(self) -> bool {
        use Code as C;
        matches!(
            self,
            C::OverBudget
                | C::OrphanPage
                | C::UnreachableHelp
                | C::DeadLinkInOutput
                | C::DeadAnchorInOutput
                | C::DraftInOutput
                | C::ActiveDrawing
                | C::BrokenHtml
                | C::DuplicateId
                | C::MissingId
                | C::PageHead
                | C::Landmark
                | C::NamelessElement
                | C::StructuredData
                | C::ForeignResource
                | C::InlineCode
                | C::RevealingWord
        )
    }

    /// True for what cannot be published as it is, whatever a site says: it cannot be read, has no
    /// place, or browsers would refuse it. Neither its weight can be set nor can it be excepted.
    pub const fn is_fixed(self) -> bool {
        use Code as C;
        matches!(
            self,
            C::UnreadableFile
                | C::DraftInOutput
                | C::ActiveDrawing
                | C::NotUtf8
                | C::SymlinkOutside
                | C::FileName
                | C::Syntax
                | C::UnknownKey
                | C::MissingKey
                | C::WrongType
                | C::UnknownValue
                | C::WrongDate
                | C::Duplicate
                | C::MissingFile
                | C::MissingImage
                | C::ForeignImage
                | C::DuplicateHeading
                | C::RawHtml
                | C::LinkScheme
                | C::UnknownDirective
                | C::DirectiveArgument
                | C::DirectiveFence
                | C::UnknownCitation
                | C::MisplacedCitation
                | C::UnexplainedException
                | C::DuplicateUrl
                | C::UnknownPerson
                | C::UnknownLanguage
                | C::MalformedBibliography
                | C::UnknownWork
                | C::MissingTheme
                | C::ThemeCycle
                | C::MissingTemplate
                | C::TemplateError
                | C::UnknownVariable
                | C::MissingString
                | C::Stylesheet
                | C::MissingAsset
                | C::Token
                | C::InlineCode
                | C::ForeignResource
                | C::UnknownStyle
                | C::UnreadableStyle
        )
    }
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
