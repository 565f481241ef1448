//! The website as a whole, and what every page may show of it: links, cards, people, dates.

use crate::theme::shape::{Any, Shared, view};

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
        /// The language of the words, when it is another one than that of the page around them; empty as a
        /// rule. That the page behind a link is in another language is marked by itself, with `hreflang`.
        language: String,
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
        /// The language of those four, such as `en`, when it is not that of the page; else empty.
        told_language: String,
        /// True for an invented example, which pages then say.
        is_example: bool,
        /// Their page.
        url: String,
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
