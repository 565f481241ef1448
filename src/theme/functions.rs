//! The functions that templates may call: `asset`, `text` and `link`.
//!
//! Each knows the language of its [`tera::Tera`], so that they work in components too, which see
//! nothing of the page. To add one: a function here, a line in [`register`] and one in
//! [`FUNCTIONS`], from which the lint and the manual page take it.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::assets::Asset;
use super::strings::{Strings, pieces};
use crate::diagnostic::nearest;

/// A function as the lint and the manual page know it.
pub(super) struct FunctionSpec {
    /// Its name.
    pub name: &'static str,
    /// The argument that it cannot do without.
    pub argument: &'static str,
    /// True when any other arguments may follow.
    pub takes_more: bool,
    /// What it gives, for the manual page.
    pub about: &'static str,
    /// How it is written, for the manual page.
    pub example: &'static str,
}

/// The functions besides those of the template engine.
pub(super) const FUNCTIONS: [FunctionSpec; 3] = [
    FunctionSpec {
        name: "asset",
        argument: "path",
        takes_more: false,
        about: "The address of a file of the theme's `assets/`, relative to the site's root and \
                with a fingerprint in its name, so that browsers may keep it for ever.",
        example: "{{ root }}{{ asset(path=\"main.css\") }}",
    },
    FunctionSpec {
        name: "text",
        argument: "key",
        takes_more: true,
        about: "The words of a key of the strings files, in the language of the page. `{name}` in \
                the words is replaced by the argument `name`; `count` also chooses the plural form.",
        example: "{{ text(key=\"minutes_to_read\", count=page.minutes) }}",
    },
    FunctionSpec {
        name: "link",
        argument: "to",
        takes_more: false,
        about: "The address of the page made from a source file, relative to the site's root, in \
                the language of the page; an empty string when there is no such page. In a \
                component it needs the parameter `@site`.",
        example: "{% set privacy = link(to=\"about/privacy.md\") %}",
    },
];

/// Makes the functions known to an engine whose pages are all of one language.
pub(super) fn register(
    tera: &mut Tera,
    strings: &Arc<Strings>,
    urls: &Arc<BTreeMap<String, Value>>,
) {
    let assets = Arc::clone(urls);
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| {
        asset(&kwargs, &assets)
    });
    let strings = Arc::clone(strings);
    tera.register_function("text", move |kwargs: Kwargs, _: &State| {
        text(&kwargs, &strings)
    });
    tera.register_function("link", |kwargs: Kwargs, state: &State| link(&kwargs, state));
}

/// The addresses that `asset` gives, made once.
pub(super) fn asset_urls(assets: &BTreeMap<String, Asset>) -> BTreeMap<String, Value> {
    assets
        .iter()
        .map(|(name, asset)| (name.clone(), Value::normal_string(asset.url.relative())))
        .collect()
}

fn asset(kwargs: &Kwargs, urls: &BTreeMap<String, Value>) -> TeraResult<Value> {
    let path = only(kwargs, "asset", "path")?;
    urls.get(path).cloned().ok_or_else(|| {
        let near = nearest(path, urls.keys().map(String::as_str));
        let hint = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        Error::message(format!("{MISSING_ASSET}`{path}`{hint}"))
    })
}

/// How the message of a missing asset begins; [`super::template_errors`] tells it by that.
pub(super) const MISSING_ASSET: &str = "the theme has no asset ";

/// How the message of a missing word begins.
pub(super) const MISSING_STRING: &str = "no strings file has the key ";

fn link(kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    let to = only(kwargs, "link", "to")?;
    let site = state.get::<Value>("site")?.ok_or_else(|| {
        Error::message("`link` needs `site`, which a component sees only as its parameter `@site`")
    })?;
    let files = site
        .as_map()
        .and_then(|site| site.get(&tera::value::Key::Str("files")));
    let url = files
        .and_then(Value::as_map)
        .and_then(|files| files.get(&tera::value::Key::Str(to)));
    Ok(url.cloned().unwrap_or_else(|| Value::normal_string("")))
}

/// The one argument of a function that takes no other.
fn only<'a>(kwargs: &'a Kwargs, function: &str, argument: &'a str) -> TeraResult<&'a str> {
    for (key, _) in kwargs.iter() {
        if key.as_str() != Some(argument) {
            return Err(Error::message(format!(
                "`{function}` has no argument `{key}`; it takes `{argument}`"
            )));
        }
    }
    kwargs.must_get::<&str>(argument)
}

fn text(kwargs: &Kwargs, strings: &Strings) -> TeraResult<Value> {
    let key = kwargs.must_get::<&str>("key")?;
    let Some(entry) = strings.entry(key) else {
        let near = nearest(key, strings.keys());
        let hint = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        return Err(Error::message(format!("{MISSING_STRING}`{key}`{hint}")));
    };
    let count = match kwargs.get::<&Value>("count")? {
        Some(count) => count.as_i64().map(i64::unsigned_abs),
        None => None,
    };
    let form = strings.form(entry, count);
    // Words that are HTML already, such as a heading, stay so, and what is filled in beside them
    // is escaped here, because the engine escapes the whole or nothing.
    let has_html = kwargs
        .iter()
        .any(|(_, value)| value.is_safe() && value.is_string());
    let mut filled = Vec::with_capacity(form.len() + 32);
    for piece in pieces(form) {
        match piece {
            Ok(words) => push(&mut filled, words, has_html)?,
            Err(name) => match kwargs.iter().find(|(key, _)| key.as_str() == Some(name)) {
                Some((_, value)) => match value.as_str() {
                    Some(words) => push(&mut filled, words, has_html && !value.is_safe())?,
                    None => push(&mut filled, &value.to_string(), has_html)?,
                },
                None => {
                    return Err(Error::message(format!(
                        "the words of `{key}` need the argument `{name}`"
                    )));
                }
            },
        }
    }
    let filled = String::from_utf8(filled)?;
    Ok(if has_html {
        Value::safe_string(&filled)
    } else {
        Value::from(filled)
    })
}

fn push(filled: &mut Vec<u8>, words: &str, escape: bool) -> TeraResult<()> {
    if escape {
        tera::escape_html(words, filled)?;
    } else {
        filled.extend_from_slice(words.as_bytes());
    }
    Ok(())
}
