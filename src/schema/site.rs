//! `site.toml`.

use serde_json::json;

use super::checks;
use super::shape::{ADDRESS, FILLED, Key, Shape, Table, key, list, map, one_or_more, table};
use crate::site::PageKind;

/// The settings.
pub(super) fn shape() -> Shape {
    let mut keys = about_the_site();
    keys.extend(how_it_looks());
    keys.extend(what_it_answers_for());
    keys.extend(what_is_held_to());
    table(keys).shape()
}

/// The form of the code of a language.
const CODE: &str = "^[A-Za-z0-9]{2,3}(-[A-Za-z0-9]{2,8})*$";

fn about_the_site() -> Vec<Key> {
    let language = table(vec![
        key("title", "The site's name in this language.", Shape::Text),
        key("tagline", "One line about it in this language.", Shape::Text),
        key(
            "fallback",
            "`false` leaves out pages that are not translated; otherwise they appear in the first language, with a notice.",
            Shape::Flag,
        )
        .usual(true),
    ]);
    let practice = table(vec![
        key("name", "Its name.", Shape::Text),
        key(
            "address",
            "Its postal address, a line each.",
            one_or_more(Shape::Text),
        ),
        key(
            "phone",
            "Its telephone number, as people write it.",
            Shape::Text,
        ),
        key("email", "Its e-mail address.", Shape::Text),
        key("booking_url", "Where to book.", Shape::Text),
        key(
            "example",
            "`true` makes every page say that the practice is invented.",
            Shape::Flag,
        )
        .usual(false),
    ]);
    vec![
        key("title", "The site's name.", FILLED)
            .needed()
            .example("After Care"),
        key("tagline", "One line about the site.", Shape::Text),
        key(
            "base_url",
            "Where the site is served, with the path below the host and a final slash.",
            Shape::Form("^https?://[^/?#\\s]+(/[^?#\\s]*)?$", "https://example.org/"),
        )
        .needed()
        .example("https://example.org/aftercare/"),
        key(
            "language",
            "The code of the language that all pages are written in first.",
            Shape::Form(CODE, "en"),
        )
        .usual("en"),
        key(
            "languages",
            "Further languages, a table each: `[languages.es]`.",
            Shape::Map((CODE, "es"), Box::new(language.shape())),
        ),
        key("practice", "Who answers for the site.", practice.shape()),
    ]
}

fn how_it_looks() -> Vec<Key> {
    let colour = table(vec![
        key("light", "The colour of the light scheme.", Shape::Text).example("#5A2848"),
        key("dark", "The colour of the dark scheme.", Shape::Text).example("#E9B7D2"),
    ]);
    let token = Shape::Either(vec![
        Shape::Form(".", "40rem"),
        Shape::Number,
        colour.shape(),
    ]);
    let theme = table(vec![
        key("name", "A folder below `themes/`.", Shape::Text).usual("default"),
        key(
            "tokens",
            "Values of design tokens in place of the theme's: `measure = \"40rem\"`, `plum = { light = \"...\", dark = \"...\" }`.",
            map("measure", token),
        ),
    ]);
    let navigation = table(vec![
        key("main", "The menu at the top.", list(menu_entry())),
        key(
            "footer",
            "The links at the foot of each page.",
            list(menu_entry()),
        ),
    ]);
    let features = table(vec![
        key(
            "raw_html",
            "Lets HTML in articles through; scripts, styles and what loads from other sites stay errors.",
            Shape::Flag,
        )
        .usual(false),
        key("smart_punctuation", "Round quotation marks, dashes, ellipses.", Shape::Flag)
            .usual(true),
        key(
            "leave_url",
            "Where \"Leave this page quickly\" goes: a neutral page. The button is not shown without it.",
            Shape::Form("^(https://|$)", "https://example.org/"),
        ),
        key(
            "specimen",
            "`true` makes the site a style page: what it invents is no finding, and no search engine may list it.",
            Shape::Flag,
        )
        .usual(false),
    ]);
    vec![
        key("theme", "The look.", theme.shape()),
        key("navigation", "The menus.", navigation.shape()),
        key("output", "How the site is written out.", output().shape()),
        key("features", "What is switched on.", features.shape()),
        key(
            "extra",
            "A free table for your theme, as `site.extra`.",
            Shape::Any,
        ),
    ]
}

fn menu_entry() -> Shape {
    let entry = table(vec![
        key("page", "A file below `content/`.", Shape::Text),
        key("url", "A whole address.", Shape::Text),
        key(
            "title",
            "Its words, once or for each language; the page's own title when there are none.",
            Shape::Words,
        ),
    ])
    .rule(
        "oneOf",
        json!([{"required": ["page"]}, {"required": ["url"]}]),
    )
    .sample(json!({"page": "about.md", "title": "About us"}))
    .sample(json!({"url": "https://example.org/", "title": {"en": "Our practice"}}));
    Shape::Either(vec![Shape::Form(".*", "about.md"), entry.shape()])
}

fn output() -> Table {
    table(vec![
        key("folder", "The output folder.", Shape::Text).usual("public"),
        key(
            "links",
            "How links to pages are written.",
            Shape::OneOf(vec![
                ("folder", "`../caring/`: for a server"),
                ("file", "`../caring/index.html`: for a folder opened without one"),
            ]),
        )
        .usual("folder"),
        key("feed", "An Atom feed for each language, when pages have dates.", Shape::Flag)
            .usual(true),
        key("feed_entries", "How many pages a feed holds.", Shape::Integer(None, None)).usual(20),
        key(
            "headers",
            "A file `_headers`, which tells several hosts of static sites what to send with each page.",
            Shape::Flag,
        )
        .usual(true),
    ])
}

fn what_it_answers_for() -> Vec<Key> {
    let citations = table(vec![
        key(
            "style",
            "How sources are cited: the name of a bundled style, another common style by its CSL name, or a `.csl` file below `content/`.",
            Shape::Text,
        )
        .usual("apa")
        .example("vancouver"),
    ]);
    let feedback = table(vec![
        key(
            "email",
            "An e-mail address; the link opens a letter. An empty one switches the links off.",
            Shape::Form(
                "^([^\\s<>,;:?&\"@]+@[^\\s<>,;:?&\"]*\\.[^\\s<>,;:?&\"]*)?$",
                "us@example.org",
            ),
        ),
        key("form_url", "The whole address of a form.", ADDRESS),
    ])
    .rule("not", json!({"required": ["email", "form_url"]}))
    .sample(json!({"email": "us@example.org"}))
    .sample(json!({"form_url": "https://example.org/form"}));
    let editorial = table(vec![
        key(
            "process",
            "The page that says how articles are made and reviewed.",
            Shape::Text,
        )
        .example("about/editorial.md"),
        key(
            "funding",
            "The page that says who pays, and what interests there are.",
            Shape::Text,
        ),
        key(
            "corrections",
            "The page that says how to report a mistake.",
            Shape::Text,
        ),
        key(
            "review_months",
            "The months after which a review is due again.",
            Shape::Integer(Some(1), Some(120)),
        )
        .usual(24),
        key(
            "service_days",
            "The days after which a service's number is to be checked again.",
            Shape::Integer(Some(1), Some(3650)),
        )
        .usual(90),
    ]);
    let word = Shape::Form("[A-Za-z0-9\\u00C0-\\uFFFF]", "word");
    let discretion = table(vec![key(
        "words",
        "Words that may not stand in a discreet title, an address or the name of a file; each also stands for the words that begin with it.",
        one_or_more(Shape::Either(vec![word, Shape::Number, Shape::Flag])),
    )]);
    vec![
        key("citations", "How sources are cited.", citations.shape()),
        key(
            "feedback",
            "Where readers say whether a page helped, and report a mistake; one of the two.",
            feedback.shape(),
        ),
        key(
            "editorial",
            "How the site answers for what it says: files below `content/` that pages link to.",
            editorial.shape(),
        ),
        key(
            "discretion",
            "What others who use the same screen may not read.",
            discretion.shape(),
        ),
    ]
}

fn what_is_held_to() -> Vec<Key> {
    let limit = |name, about, most| key(name, about, Shape::Integer(Some(1), Some(most)));
    let share = |name, about| key(name, about, Shape::Integer(Some(0), Some(100)));
    let voice = table(vec![
        limit(
            "reading_age",
            "The age of a reader, by each of two formulas.",
            30,
        ),
        limit(
            "sentence_words",
            "Words that sentences mostly have at most.",
            1000,
        ),
        key(
            "longer_sentences",
            "Of 100 sentences of a page, how many may be longer than that.",
            Shape::Integer(Some(0), Some(100)),
        )
        .usual(5),
        limit(
            "longest_sentence",
            "Words that every sentence has at most.",
            1000,
        ),
        limit("paragraph_sentences", "Sentences of a paragraph.", 1000),
        key(
            "paragraph_words",
            "Words up to which a paragraph may have more sentences.",
            Shape::Integer(Some(0), Some(1000)),
        )
        .usual(0),
        limit("key_message_words", "Words of a key message.", 1000),
        limit(
            "answer_words",
            "Words of an answer on a page of questions.",
            10_000,
        ),
        limit("heading_words", "Words of a heading.", 1000),
        limit(
            "title_characters",
            "Characters of a title, after which lists cut it off.",
            1000,
        ),
        key(
            "description_least",
            "Characters that a description has at least.",
            Shape::Integer(Some(0), Some(1000)),
        )
        .usual(40),
        limit(
            "description_most",
            "Characters of a description, after which lists cut it off.",
            1000,
        ),
        share(
            "passive_share",
            "Of 100 sentences of a page, how many may be passive.",
        ),
        share(
            "obligation_share",
            "Of 100 sentences of a page, how many may say `should` or `have to`.",
        ),
        key(
            "abbreviations",
            "Abbreviations that need not be written out.",
            one_or_more(Shape::Text),
        ),
    ]);
    vec![
        key(
            "voice",
            "How hard texts may be to read. Without the table nothing is measured; a limit that is not written holds nothing back.",
            voice.shape(),
        ),
        budget(),
        checks::spelling(),
        checks::checks(),
    ]
}

/// `[budget.KIND]`, which themes have too.
pub(super) fn budget() -> Key {
    let budget = table(vec![
        key(
            "first_view",
            "Bytes of the page and its stylesheets, compressed.",
            Shape::Integer(Some(0), None),
        ),
        key(
            "scripts",
            "Bytes of all scripts that the page names, compressed.",
            Shape::Integer(Some(0), None),
        ),
        key(
            "picture",
            "Bytes of each picture beside an article; 200000 when it is not said.",
            Shape::Integer(Some(0), None),
        ),
    ]);
    let kinds = PageKind::ALL.map(|kind| {
        let about = "What pages of this kind may weigh.";
        key(kind.name(), about, budget.clone().shape())
    });
    let every = key(
        "default",
        "What pages of every kind may weigh.",
        budget.clone().shape(),
    );
    let keys = kinds.into_iter().chain([every]).collect();
    key(
        "budget",
        "What pages may weigh, by kind: `[budget.article]`. `afterword check` warns of heavier ones.",
        table(keys).shape(),
    )
}
