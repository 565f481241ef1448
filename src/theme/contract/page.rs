//! The page being rendered.

use super::{
    Address, Card, Certainty, CitedIn, Date, Link, Person, Picker, Reference, Region, Source, Tag,
};
use crate::theme::shape::{Any, Html, Shared, view};

view! {
    /// The page being rendered.
    pub struct Page {
        /// The page's title, its only level-one heading.
        title: String,
        /// The discreet title for the tab and for history; the title when there is none. On the page
        /// of a source: its authors and year, or the library's where nobody is named.
        short_title: String,
        /// One or two sentences about the page; may be empty.
        description: String,
        /// `home`, `section`, `article`, `page`, `faq`, `picker`, `picker-list`, `glossary`, `help`,
        /// `promises`, `people`, `person`, `sources`, `source`, `tags`, `tag`, `not-found` or `redirect`.
        kind: String,
        /// Where the page is.
        url: String,
        /// The whole address, for `canonical`; of the original page when this is a fallback.
        absolute_url: String,
        /// The language of the words on the page around the text, such as `en`.
        language: String,
        /// `ltr` or `rtl`.
        direction: String,
        /// The language of the text itself: another one than `language` on a fallback page.
        text_language: String,
        /// Direction of the text itself.
        text_direction: String,
        /// True when the text is not translated yet and shown in the site's first language.
        is_fallback: bool,
        /// True when search engines may list the page.
        is_listed: bool,
        /// The text, rendered. On a page of kind `faq` or `help`: what stands before the first
        /// level-two heading.
        body: Html,
        /// The footnotes of the text, rendered as a section of their own; empty when there are none.
        /// Write it after the text, or after the questions.
        footnotes: Html,
        /// The description with its citations as links, rendered inline; empty when there is none.
        lead: Html,
        /// What the text cites, in the order of the citation style. Each mark in the text is a link
        /// `<a class="cite" href="#ref-...">` to an entry, whose `id` has to be on the page.
        references: Vec<Reference>,
        /// How much the sources of the text carry; absent when it cites none whose strength is known.
        certainty: Option<Certainty>,
        /// The sources of this page for other programs, as BibTeX; on the source library, all of
        /// them. Empty when there are none.
        bibtex_url: String,
        /// The same as CSL-JSON.
        csl_json_url: String,
        /// A script of this page alone, which sets `globalThis.afterwordCards` to an object that holds,
        /// by the `id` of an entry of `references`, what the card of that source tells: `finding`,
        /// `population` and `limits` as plain text, and `lang` where they are in another language
        /// than the page. What is not known is left out. Empty when no source tells anything.
        cards_url: String,
        /// Where a reader says whether the page helped, from `[feedback]`: a `mailto:` address with a
        /// subject, or a form. A whole address: write it without `root`. Empty when there is none.
        helpful_url: String,
        /// The same for a mistake on the page.
        report_url: String,
        /// On the page of kind `sources`: every source that the site cites, in the order of the
        /// citation style.
        sources: Vec<Shared<Source>>,
        /// On a page of kind `source`: what it is about.
        source: Option<Shared<Source>>,
        /// On a page of kind `source`: the pages that cite it.
        cited_in: Vec<CitedIn>,
        /// Whether somebody has reviewed the text. Absent on pages that need no review.
        review: Option<Review>,
        /// What has changed since the page was published, newest first, from `changes`.
        changes: Vec<Change>,
        /// What search engines are told about the page, as JSON-LD, ready to stand inside
        /// `<script type="application/ld+json">`; empty when there is nothing to tell.
        structured_data: Html,
        /// The content security policy of this page: closed, but for what the finished page loads.
        /// Write it as it is, into `<meta http-equiv="Content-Security-Policy" content="...">` and
        /// nowhere else: it is put in when the page is finished.
        policy: String,
        /// The headings of the text, nested.
        toc: Vec<Heading>,
        /// On a page of kind `faq`: its questions, each with its answer. On one of kind `help`: its parts,
        /// of which the first is about the places below. Empty on others.
        questions: Vec<Question>,
        /// On a page of kind `help`: the places of `content/services.yaml`, in their order.
        regions: Vec<Region>,
        /// On a page of kind `picker` or `picker-list`: what readers can choose from. The words of `t` that
        /// begin with `picker_` are then those of the picker's file, where it has its own.
        picker: Option<Picker>,
        /// On a page of kind `promises`: every other host that the site's pages name in links and forms,
        /// in the order of the alphabet.
        addresses: Vec<Address>,
        /// The words of the glossary that the text uses, in the order of their first use, where the text
        /// has a mark `<a class="term" href="#term-...">`: print each with its `id`. Nothing is marked
        /// inside an element that carries the attribute `data-unmarked`.
        terms: Vec<Term>,
        /// What a reader takes away, from front matter, rendered inline.
        key_messages: Vec<Html>,
        /// What the page mentions that a reader may want to know first, rendered inline; may be empty.
        content_note: Html,
        /// Who wrote it.
        authors: Vec<Shared<Person>>,
        /// First publication.
        published: Option<Date>,
        /// Last change.
        updated: Option<Date>,
        /// Number of words in the text.
        words: usize,
        /// Minutes that reading takes.
        minutes: usize,
        /// The page's tags.
        tags: Vec<Shared<Link>>,
        /// The way here from the home page, outermost first, without this page.
        breadcrumbs: Vec<Shared<Link>>,
        /// The page before this one in its section.
        previous: Option<Shared<Card>>,
        /// The page after this one in its section.
        next: Option<Shared<Card>>,
        /// Pages that go well with this one: those named in `related`, then those with shared tags.
        related: Vec<Shared<Card>>,
        /// This page in each language of the site, itself included. Empty on a one-language site.
        translations: Vec<Translation>,
        /// On a page that somebody translated: what it was translated from, and whether that has moved on.
        translation: Option<Translated>,
        /// On a section, the home page or a tag: the pages listed there. On a person: what they wrote.
        /// On a redirect: the page it leads to.
        pages: Vec<Shared<Card>>,
        /// On a section or the home page: the sections directly below.
        sections: Vec<Section>,
        /// On the page of kind `tags`: every tag.
        all_tags: Vec<Tag>,
        /// On a page of kind `people`: everybody.
        people: Vec<Shared<Person>>,
        /// On a page of kind `person`: who it is about.
        person: Option<Shared<Person>>,
        /// On a page of kind `redirect`: where it sends the reader.
        redirect_url: String,
        /// The free table `extra` of front matter.
        extra: Any,
    }
}

view! {
    /// A section below the page, with what it lists.
    pub struct Section {
        /// The section's own page.
        card: Shared<Card>,
        /// The pages in it.
        pages: Vec<Shared<Card>>,
    }
}

view! {
    /// A heading in the text.
    pub struct Heading {
        /// For a link: `#id`.
        id: String,
        /// Its words, rendered inline.
        title: Html,
        /// 2 to 6.
        level: usize,
        /// The headings below it.
        children: Vec<Heading>,
    }
}

view! {
    /// A question of a page of kind `faq`: a level-two heading and what follows it.
    pub struct Question {
        /// For a link: `#id`.
        id: String,
        /// The question, rendered inline.
        title: Html,
        /// The answer, rendered.
        answer: Html,
    }
}

view! {
    /// A word of the glossary that a page uses.
    pub struct Term {
        /// The `id` its element must have, which the mark in the text links to.
        id: String,
        /// The word.
        title: String,
        /// What it means: the first paragraph of its definition, rendered inline, without citations.
        meaning: Html,
        /// Where the glossary defines it, with its sources.
        url: String,
    }
}

view! {
    /// Whether somebody has reviewed a page, from `content/reviews.yaml`.
    pub struct Review {
        /// `awaiting` when nobody has, `current` while the last review holds, `changed` when the text
        /// or its sources are not those that were reviewed, and `overdue` when the day of the next
        /// review is past.
        state: String,
        /// Who reviewed it last; absent when nobody has.
        by: Option<Shared<Person>>,
        /// When.
        on: Option<Date>,
        /// What was checked, in words; may be empty.
        checked: String,
        /// When the next review is due.
        due: Option<Date>,
        /// When the state is `changed`: the parts that differ from what was reviewed.
        changed: Vec<ChangedPart>,
    }
}

view! {
    /// A part of a page that is not as it was reviewed.
    pub struct ChangedPart {
        /// `beginning` for what stands before the first heading, `section`, `key-messages`,
        /// `content-note`, `title`, `description`, `ideas`, `sources`, or `removed` for a section that is gone.
        kind: String,
        /// The words of the heading for a section; empty for others.
        title: String,
        /// For a link to the section: `#id`; empty for others.
        id: String,
    }
}

view! {
    /// A change of a page that matters to readers, from `changes` in front matter.
    pub struct Change {
        /// When.
        on: Date,
        /// What has changed, rendered inline.
        what: Html,
    }
}

view! {
    /// This page in one language of the site.
    pub struct Translation {
        /// The language's code, such as `es`.
        code: String,
        /// The language's own name for itself.
        name: String,
        /// `ltr` or `rtl`.
        direction: String,
        /// Where the page is in that language.
        url: String,
        /// The whole address, for `hreflang`.
        absolute_url: String,
        /// True for the language of the page being rendered.
        is_current: bool,
        /// True when the text is not there in that language: that edition repeats the first language, or,
        /// where it leaves out what is not translated, `url` is that of its home page.
        is_fallback: bool,
    }
}

view! {
    /// What a page was translated from, from `content/translations.yaml`.
    pub struct Translated {
        /// The page that it was translated from, in the site's first language; absent when that is not
        /// published.
        original: Option<Link>,
        /// What that language is called in the language of this page: the word `language_CODE` of the
        /// strings files, such as `language_en`, or else its own name for itself.
        language_name: String,
        /// When it was translated; absent when nobody has written that down.
        on: Option<Date>,
        /// Who translated it; absent when that was not written down.
        by: Option<Shared<Person>>,
        /// In how many places the source has changed since.
        moved: usize,
    }
}
