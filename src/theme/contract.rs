//! The template contract: every value that a template may use, typed and documented.
//!
//! This is the only door between the generator and a theme. The structs below say what a template
//! sees; their doc comments are printed, word for word, as the manual page `themes/CONTRACT.md`
//! (a test keeps the two equal), and the same descriptions let [`super::lint`] find a misspelt
//! `page.titel` when the theme loads, before any page is rendered.
//!
//! To add a value: add a documented field here, fill it in `render/`, and run the tests once with
//! `AFTERWORD_BLESS=1` so that the manual page follows.
//!
//! Every `url` is relative to the site's root and has no leading slash: a template writes
//! `{{ root }}{{ link.url }}`, which is right under any base path and in a copied folder.

use super::shape::{Any, Html, Shape, Shared, View, view};

view! {
    /// What every page template sees at its top level.
    pub struct Root {
        /// The website as a whole, in the language of this page.
        site: Shared<Site>,
        /// The page being rendered.
        page: Page,
        /// The way from this page to the site's root, such as `../../`. Write it before every `url`.
        root: String,
        /// The words of the interface in the language of the page: `{{ t.skip_link }}`.
        t: Shared<Words>,
    }
}

view! {
    /// What a directive template (`templates/directives/NAME.html`) sees at its top level.
    pub struct DirectiveRoot {
        /// The arguments written in the article, by name, with the defaults of `theme.toml` filled in.
        /// An argument that was not written and has no default is an empty string.
        args: Any,
        /// What stands between `:::name` and `:::`, rendered; empty when it is read as `rows`.
        body: Html,
        /// The items of the body of a directive with `body = "rows"`; empty for others.
        rows: Vec<Row>,
        /// Number of this directive on its page, counted from 1: for ids that must be unique.
        number: usize,
        /// The website as a whole, in the language of this page.
        site: Shared<Site>,
        /// The way from this page to the site's root, such as `../../`. Write it before every `url`.
        root: String,
        /// The words of the interface in the language of the page.
        t: Shared<Words>,
        /// The language of the page, such as `en`.
        language: String,
    }
}

view! {
    /// A row of numbers, which an author writes as `Label: 3, 5, 2`.
    pub struct Row {
        /// The words before the last colon, rendered inline.
        label: Html,
        /// The numbers, in the order in which they are written. Each row of a directive has equally
        /// many.
        values: Vec<usize>,
    }
}

view! {
    /// The website as a whole.
    pub struct Site {
        /// The site's name, from `title` in `site.toml`.
        title: String,
        /// One line about the site, from `tagline`; empty when there is none.
        tagline: String,
        /// The language of this page's edition, such as `en`.
        language: String,
        /// The home page of this language.
        home: Link,
        /// The practice that answers for the site.
        practice: Practice,
        /// Every language of the site, in the order of `site.toml`. One entry when there is one.
        languages: Vec<Language>,
        /// The main menu, from `[navigation] main`.
        menu: Vec<Link>,
        /// The links at the foot of each page, from `[navigation] footer`.
        footer: Vec<Link>,
        /// The Atom feed of this language; empty when feeds are off.
        feed_url: String,
        /// The list of all tags of this language; empty when no page has a tag.
        tags_url: String,
        /// The library of all sources in this language; empty when the site cites none.
        sources_url: String,
        /// How articles are made and reviewed, from `[editorial] process`.
        process: Option<Link>,
        /// Who pays, and what interests there are, from `[editorial] funding`.
        funding: Option<Link>,
        /// How to report a mistake, from `[editorial] corrections`.
        corrections: Option<Link>,
        /// The neutral place that "leave this page quickly" goes to; empty when switched off.
        leave_url: String,
        /// The address of each page by its source file, such as `about/privacy.md`. Ask it through
        /// `link(to="about/privacy.md")`, which gives an empty string for a page that is not there.
        files: Any,
        /// True for a site that only shows a theme, from `[features] specimen`. Its pages say so.
        is_specimen: bool,
        /// The theme as it describes itself, for a page that shows it.
        theme: Shared<Theme>,
        /// The free table `[extra]` of `site.toml`.
        extra: Any,
    }
}

view! {
    /// A theme as `theme.toml` describes it, with what its parents say and the site's own tokens.
    pub struct Theme {
        /// Its name, the one of its folder.
        name: String,
        /// What it says of itself, from `description`; may be empty.
        about: String,
        /// The design tokens, those of the furthest parent first.
        tokens: Vec<Token>,
        /// The keys of `extra` that a page may write, by their names.
        keys: Vec<ExtraKey>,
        /// The directives, by their names.
        directives: Vec<Directive>,
    }
}

view! {
    /// A design token.
    pub struct Token {
        /// Its name: `var(--NAME)` in stylesheets.
        name: String,
        /// `color`, `length`, `number` or `font`.
        kind: String,
        /// What it is for; may be empty.
        about: String,
        /// The value as it is written; of a colour, the one in light.
        light: String,
        /// The value in dark; the same as `light` for everything but colours.
        dark: String,
        /// For a colour of words or lines: how it stands out on each ground that the theme asks for.
        contrast: Vec<Contrast>,
    }
}

view! {
    /// How a colour stands out on a ground, by the formula of WCAG 2.
    pub struct Contrast {
        /// The token of the ground.
        on: String,
        /// The ratio in light, such as `7.3`, rounded down.
        light: String,
        /// The ratio in dark.
        dark: String,
        /// The ratio that the theme asks for.
        at_least: String,
    }
}

view! {
    /// A key of `extra`.
    pub struct ExtraKey {
        /// The key.
        name: String,
        /// What it is for; may be empty.
        about: String,
        /// The words that it may hold; any when there are none.
        choices: Vec<String>,
    }
}

view! {
    /// A directive of the theme.
    pub struct Directive {
        /// Its name, as authors write it after `:::`.
        name: String,
        /// What it is for; may be empty.
        about: String,
    }
}

view! {
    /// The practice that hosts the site, from `[practice]` in `site.toml`.
    pub struct Practice {
        /// Its name.
        name: String,
        /// Postal address, a line each.
        address: Vec<String>,
        /// Telephone number as people write it; empty when there is none.
        phone: String,
        /// The same number for a `tel:` link; empty when there is none.
        phone_url: String,
        /// E-mail address; empty when there is none.
        email: String,
        /// Where to book a first appointment; empty when there is none.
        booking_url: String,
        /// True while the practice is an invented example, which pages then say.
        is_example: bool,
    }
}

view! {
    /// One language of the site.
    pub struct Language {
        /// Its code for `lang` and `hreflang`, such as `es`.
        code: String,
        /// Its own name for itself, such as `Español`.
        name: String,
        /// `ltr` or `rtl`.
        direction: String,
        /// Its home page.
        url: String,
    }
}

view! {
    /// A link with its words.
    pub struct Link {
        /// The words.
        title: String,
        /// Where it goes. For an external link the whole address: write it without `root`.
        url: String,
        /// True when `url` is a whole address outside the site.
        is_external: bool,
    }
}

view! {
    /// A page as it appears in a list of pages.
    pub struct Card {
        /// The page's title.
        title: String,
        /// The discreet title, for places that others may see; the title when there is none.
        short_title: String,
        /// One or two sentences about the page; may be empty.
        description: String,
        /// Where the page is.
        url: String,
        /// `article`, `faq`, `section` ... as in front matter.
        kind: String,
        /// The language of the words of this card: another one than the page's for a page that is
        /// not translated yet.
        language: String,
        /// Minutes that reading takes.
        minutes: usize,
        /// Last change, or first publication when it never changed.
        date: Option<Date>,
        /// What the page itself may carry in the free table `extra`.
        extra: Any,
    }
}

view! {
    /// A date.
    pub struct Date {
        /// For `datetime`, such as `2026-11-21`.
        iso: String,
        /// As people of the page's language write it, such as `21 November 2026`.
        text: String,
    }
}

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
        /// `home`, `section`, `article`, `page`, `faq`, `picker`, `glossary`, `help`, `promises`,
        /// `people`, `person`, `sources`, `source`, `tags`, `tag`, `not-found` or `redirect`.
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
    /// A place with whom to call there, from `content/services.yaml`.
    pub struct Region {
        /// The `id` its element must have, which links lead to: `help-now.md#malta`.
        id: String,
        /// What readers call it, in the language of the page.
        name: String,
        /// A sentence about the place as a whole; may be empty.
        note: String,
        /// The emergency number: show it first, and never hide it.
        emergency: Option<Service>,
        /// The others, in the order of the file.
        services: Vec<Service>,
        /// Those of `sexual-violence`, `abuse` and `crisis` for which it names nobody, so that the page
        /// can say whom to ask instead.
        missing: Vec<String>,
    }
}

view! {
    /// Another host that pages name. Nothing is asked of it until a reader presses a link or a button.
    /// Print it as text: a link made from this list would not be counted in it.
    pub struct Address {
        /// The host, such as `www.example.org`, with its port when the address has one.
        host: String,
        /// How many pages name it.
        pages: usize,
        /// True when a form sends there what a reader writes.
        is_form: bool,
    }
}

view! {
    /// Somebody to call, to write to or to visit.
    pub struct Service {
        /// What it is for: `emergency`, `sexual-violence`, `abuse`, `crisis`, `sexual-health`, `lgbt`,
        /// `men`, `young-people`, `deaf-relay`, `other`.
        needs: Vec<String>,
        /// Its name; may be empty.
        name: String,
        /// Its telephone numbers.
        phones: Vec<Number>,
        /// The number that takes text messages; absent when it takes none.
        text: Option<Number>,
        /// The word to send there; may be empty.
        text_word: String,
        /// The whole address of its chat; may be empty.
        chat_url: String,
        /// The whole address of its website; may be empty.
        web_url: String,
        /// When it answers; may be empty.
        hours: String,
        /// The languages in which it answers; may be empty.
        languages: String,
        /// What it costs; may be empty.
        cost: String,
        /// Whether a call may be seen on a bill: `yes`, `no` or `unknown`; empty when the file does not
        /// say.
        on_bill: String,
        /// Anything else a caller may want to know; may be empty.
        note: String,
        /// `unchecked` when nobody has compared the entry with the service's own page, `current` while
        /// the last check holds, `stale` when it is too long ago: say so beside the number, and let a
        /// reader ask for the number first.
        state: String,
        /// When it was checked; absent when nobody has.
        checked: Option<Date>,
        /// The name of who did; empty when nobody has.
        checked_by: String,
    }
}

view! {
    /// A number to call or to write to.
    pub struct Number {
        /// As people read it.
        text: String,
        /// For a link: `tel:` or `sms:` and the digits.
        url: String,
    }
}

view! {
    /// An author, from `content/people.yaml`.
    pub struct Person {
        /// The key used in `authors`.
        id: String,
        /// Name.
        name: String,
        /// What they do; may be empty.
        role: String,
        /// Qualifications; may be empty.
        credentials: String,
        /// A few sentences; may be empty.
        about: String,
        /// Interests a reader may want to know of; may be empty.
        interests: String,
        /// True for an invented example, which pages then say.
        is_example: bool,
        /// Their page.
        url: String,
    }
}

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
        /// `content-note`, `title`, `description`, `sources`, or `removed` for a section that is gone.
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
    /// A tag in the list of all tags.
    pub struct Tag {
        /// The tag as authors wrote it.
        title: String,
        /// The intro's description, from `content/tags/`; may be empty.
        description: String,
        /// The tag's page.
        url: String,
        /// How many pages carry it.
        count: usize,
        /// The free table `extra` of the intro.
        extra: Any,
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
        /// True when that edition only repeats the first language.
        is_fallback: bool,
    }
}

/// The words of the interface, from `strings/LANGUAGE.toml`. Which there are, the theme decides; a
/// word that a template asks for and no strings file has is reported when the theme loads.
#[derive(Debug, Clone, Copy)]
pub struct Words;

impl View for Words {
    fn shape() -> Shape {
        Shape::Words
    }
    fn value(self) -> tera::Value {
        tera::Value::none()
    }
}
