//! The languages of the site.

use std::ops::Range;

use crate::data::{Fields, Spanned};
use crate::diagnostic::{Code, Diagnostic};

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its code, such as `es`.
    pub code: String,
    /// The site's name in it.
    pub title: String,
    /// Where the name is written in `site.toml`.
    pub title_span: Range<usize>,
    /// The tagline in it.
    pub tagline: String,
    /// Pages without a translation appear in the first language, with a notice.
    pub has_fallback: bool,
}

/// The languages that the file names; the first is the one that all pages are written in first.
pub(super) fn read(fields: &Fields<'_>, title: &Spanned<String>, tagline: &str) -> Vec<Language> {
    let first = fields
        .text("language")
        .filter(|code| check_code(fields, code));
    let mut languages = vec![Language {
        code: first.map_or_else(|| "en".to_owned(), |code| code.value),
        title: title.value.clone(),
        title_span: title.span.clone(),
        tagline: tagline.to_owned(),
        has_fallback: false,
    }];
    for (code, node) in fields.free_table("languages") {
        let is_sound = check_code(fields, code);
        let table = Fields::new(fields.reader(), node, &code.value);
        let title = table.text("title").unwrap_or_else(|| title.clone());
        let language = Language {
            code: code.value.clone(),
            title: title.value,
            title_span: title.span,
            tagline: table
                .text("tagline")
                .map_or_else(|| tagline.to_owned(), |text| text.value),
            has_fallback: table.flag("fallback").is_none_or(|flag| flag.value),
        };
        table.finish();
        if languages.iter().any(|known| known.code == language.code) {
            fields.reader().report(
                Diagnostic::new(
                    Code::Duplicate,
                    format!("the language `{}` is there twice", code.value),
                )
                .at(fields.reader().path(), code.span.clone(), "the second time")
                .help(
                    "the site's first language stands in `language` and needs no table of its own",
                ),
            );
        } else if is_sound {
            languages.push(language);
        }
    }
    languages
}

/// True for the code of a language; says so when it is none.
fn check_code(fields: &Fields<'_>, code: &Spanned<String>) -> bool {
    let is_sound = code.value.split('-').enumerate().all(|(index, part)| {
        let length = part.len();
        part.chars().all(|c| c.is_ascii_alphanumeric())
            && if index == 0 {
                (2..=3).contains(&length)
            } else {
                (2..=8).contains(&length)
            }
    });
    if !is_sound {
        fields.reader().report(
            Diagnostic::new(
                Code::UnknownValue,
                format!("`{}` is not the code of a language", code.value),
            )
            .at(fields.reader().path(), code.span.clone(), "")
            .help("write a code such as `en`, `es` or `pt-BR`"),
        );
    }
    is_sound
}
