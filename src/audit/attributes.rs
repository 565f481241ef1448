//! The attributes of a tag, each for itself: twice, without the value it needs, obsolete, unknown.
//!
//! To add one that needs a value: a line in [`NEED_A_VALUE`]; one that only takes some words: a line
//! in [`CHOICES`].

use super::fault::Fault;
use super::tag::Tag;
use crate::diagnostic::{Code, nearest};

/// Attributes that say nothing when they are empty, or say something wrong.
const NEED_A_VALUE: &[&str] = &[
    "id",
    "for",
    "src",
    "srcset",
    "action",
    "formaction",
    "poster",
    "target",
    "name",
    "headers",
    "list",
    "form",
    "datetime",
    "usemap",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "role",
    "hreflang",
    "width",
    "height",
    "colspan",
    "rowspan",
    "tabindex",
    "type",
];

/// Attributes that HTML had once.
const OBSOLETE: &[&str] = &[
    "align",
    "alink",
    "bgcolor",
    "cellpadding",
    "cellspacing",
    "char",
    "charoff",
    "compact",
    "frameborder",
    "hspace",
    "longdesc",
    "marginheight",
    "marginwidth",
    "noshade",
    "nowrap",
    "scrolling",
    "valign",
    "vlink",
    "vspace",
];

/// Attributes that take some words only, by element; an empty name stands for every element.
const CHOICES: &[(&str, &str, &[&str])] = &[
    ("", "dir", &["ltr", "rtl", "auto"]),
    ("", "translate", &["yes", "no", ""]),
    ("button", "type", &["submit", "reset", "button"]),
    ("th", "scope", &["row", "col", "rowgroup", "colgroup"]),
    ("img", "loading", &["lazy", "eager"]),
    ("iframe", "loading", &["lazy", "eager"]),
    ("img", "decoding", &["sync", "async", "auto"]),
    ("form", "method", &["get", "post", "dialog"]),
    (
        "input",
        "type",
        &[
            "hidden",
            "text",
            "search",
            "tel",
            "url",
            "email",
            "password",
            "date",
            "month",
            "week",
            "time",
            "datetime-local",
            "number",
            "range",
            "color",
            "checkbox",
            "radio",
            "file",
            "submit",
            "image",
            "reset",
            "button",
        ],
    ),
];

/// Attributes that hold a whole number.
const NUMBERS: &[(&str, &[&str])] = &[
    (
        "width",
        &[
            "img", "video", "iframe", "canvas", "source", "input", "embed", "object",
        ],
    ),
    (
        "height",
        &[
            "img", "video", "iframe", "canvas", "source", "input", "embed", "object",
        ],
    ),
    ("colspan", &["td", "th"]),
    ("rowspan", &["td", "th"]),
    ("span", &["col", "colgroup"]),
];

/// Attributes that are there or not, and have no value.
const FLAGS: &[&str] = &[
    "allowfullscreen",
    "async",
    "autofocus",
    "autoplay",
    "checked",
    "controls",
    "default",
    "defer",
    "disabled",
    "formnovalidate",
    "inert",
    "ismap",
    "itemscope",
    "loop",
    "multiple",
    "muted",
    "nomodule",
    "novalidate",
    "open",
    "playsinline",
    "readonly",
    "required",
    "reversed",
    "selected",
];

/// The attributes whose names begin with `aria-`, without that beginning.
const ARIA: &[&str] = &[
    "activedescendant",
    "atomic",
    "autocomplete",
    "braillelabel",
    "brailleroledescription",
    "busy",
    "checked",
    "colcount",
    "colindex",
    "colindextext",
    "colspan",
    "controls",
    "current",
    "describedby",
    "description",
    "details",
    "disabled",
    "dropeffect",
    "errormessage",
    "expanded",
    "flowto",
    "grabbed",
    "haspopup",
    "hidden",
    "invalid",
    "keyshortcuts",
    "label",
    "labelledby",
    "level",
    "live",
    "modal",
    "multiline",
    "multiselectable",
    "orientation",
    "owns",
    "placeholder",
    "posinset",
    "pressed",
    "readonly",
    "relevant",
    "required",
    "roledescription",
    "rowcount",
    "rowindex",
    "rowindextext",
    "rowspan",
    "selected",
    "setsize",
    "sort",
    "valuemax",
    "valuemin",
    "valuenow",
    "valuetext",
];

/// Looks at the attributes of a tag. Those of drawings have a language of their own, of which only
/// doubles are looked for.
pub fn check(tag: &Tag<'_, '_>, is_in_drawing: bool, faults: &mut Vec<Fault>) {
    for (place, (name, value)) in tag.attributes.all().enumerate() {
        let before = tag.attributes.all().take(place);
        if before
            .into_iter()
            .any(|(known, _)| known.eq_ignore_ascii_case(name))
        {
            let message = format!("`{name}` is there twice on one `<{}>`", tag.name);
            faults.push(fault(message, tag).help("keep one: browsers pass over the second"));
        }
        if name.contains(['"', '\'', '<', '=']) {
            let message = format!(
                "a quotation mark or a sign is lost in `<{}>`: `{name}`",
                tag.name
            );
            faults.push(fault(message, tag).help("look for a `\"` that is missing before it"));
        } else if !is_in_drawing && tag.name != "svg" {
            check_one(tag, name, value.trim(), faults);
        }
    }
    if tag.name == "img" && !is_in_drawing && !tag.attributes.has("src") {
        faults.push(fault("`<img>` has no `src`".to_owned(), tag).help("name the picture"));
    }
}

fn check_one(tag: &Tag<'_, '_>, name: &str, value: &str, faults: &mut Vec<Fault>) {
    // Most attributes are one of these, and whatever they hold is theirs to know.
    if matches!(
        name,
        "class" | "rel" | "content" | "title" | "alt" | "lang" | "charset" | "aria-label" | "d"
    ) {
        return;
    }
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    if value.is_empty() && NEED_A_VALUE.iter().any(|known| is(known)) {
        let is_needed = !(name == "name" && tag.name == "meta");
        if is_needed {
            let message = format!("`{name}` of `<{}>` says nothing", tag.name);
            faults.push(fault(message, tag).help("give it a value, or take it away"));
        }
        return;
    }
    if OBSOLETE.iter().any(|known| is(known)) {
        let message = format!("`{name}` on `<{}>` is obsolete", tag.name);
        faults.push(fault(message, tag).help("say it in a stylesheet"));
    }
    for (element, attribute, words) in CHOICES {
        let is_it = is(attribute) && (element.is_empty() || *element == tag.name);
        if is_it && !words.iter().any(|word| word.eq_ignore_ascii_case(value)) {
            let message = format!("`{name}` of `<{}>` cannot be `{value}`", tag.name);
            let words: Vec<_> = words
                .iter()
                .filter(|word| !word.is_empty())
                .copied()
                .collect();
            faults.push(fault(message, tag).help(format!("one of `{}`", words.join("`, `"))));
        }
    }
    let is_number = NUMBERS
        .iter()
        .any(|(attribute, elements)| is(attribute) && elements.contains(&tag.name));
    if is_number && !value.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = format!(
            "`{name}` of `<{}>` is `{value}`, and no whole number",
            tag.name
        );
        faults.push(fault(message, tag).help("write digits alone: no `px` and no `%`"));
    }
    check_form(tag, name, value, faults);
}

/// What can be told of a value by its form.
fn check_form(tag: &Tag<'_, '_>, name: &str, value: &str, faults: &mut Vec<Fault>) {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    if FLAGS.iter().any(|known| is(known)) && !value.eq_ignore_ascii_case(name) && !value.is_empty()
    {
        let message = format!(
            "`{name}` of `<{}>` is there or not, and cannot be `{value}`",
            tag.name
        );
        faults.push(fault(message, tag).help(format!("write `{name}` alone, or take it away")));
    }
    let is_address = (is("href") || is("src")) && !value.contains(':');
    if is_address && value.contains(char::is_whitespace) {
        let message = format!("the address `{value}` holds a space");
        faults.push(fault(message, tag).help("write `%20` in its place"));
    }
    if is("id") && value.contains(char::is_whitespace) {
        let message = format!("the id `{value}` holds a space");
        faults.push(fault(message, tag).help("write `-` in its place: nothing can name it so"));
    }
    if let Some(rest) = name.to_ascii_lowercase().strip_prefix("aria-")
        && !ARIA.contains(&rest)
    {
        let message = format!("there is no attribute `{name}`");
        let help = nearest(rest, ARIA.iter().copied()).map_or_else(
            || "take it away".to_owned(),
            |near| format!("did you mean `aria-{near}`?"),
        );
        faults.push(fault(message, tag).help(help));
    }
}

fn fault(message: String, tag: &Tag<'_, '_>) -> Fault {
    Fault::new(Code::BrokenHtml, message, &tag.span)
}
