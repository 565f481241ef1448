//! `[spelling]`: whether texts are held against dictionaries, and where those lie.
//!
//! Without the table nothing is. Where dictionaries are looked for: `source::dictionaries`; what is said
//! of words: `checks::spelling`.

use std::ops::Range;

use crate::data::{Fields, Value};
use crate::diagnostic::{Code, Diagnostic};

/// How the spelling of texts is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// The folder of the site that may hold dictionaries, seen from the site folder.
    pub folder: String,
    /// The dictionary of a language, as its code and the name of the files without their ending.
    pub dictionaries: Vec<(String, String)>,
    /// Where the table is.
    pub span: Range<usize>,
}

/// Where dictionaries may lie beside a site.
const FOLDER: &str = ".dictionaries";

/// Reads the table; `None` when there is none, or when it says `check = false`.
pub(super) fn read(fields: &Fields<'_>, codes: &[String]) -> Option<Spelling> {
    let table = fields.table("spelling")?;
    let is_on = table.flag("check").is_none_or(|flag| flag.value);
    let folder = table.text("folder").map(|folder| folder.value);
    let mut dictionaries = Vec::new();
    let reader = fields.reader();
    for (code, name) in table.free_table("dictionaries") {
        match &name.value {
            _ if !codes.contains(&code.value) => reader.report(
                Diagnostic::new(
                    Code::UnknownLanguage,
                    format!("the site has no language `{}`", code.value),
                )
                .at(reader.path(), code.span.clone(), "")
                .suggest(
                    &code.value,
                    codes.iter().map(String::as_str),
                    "write the code of a language that `site.toml` names",
                ),
            ),
            Value::Text(name) => dictionaries.push((code.value.clone(), name.clone())),
            _ => reader.report(
                Diagnostic::new(Code::WrongType, "the name of a dictionary is a text")
                    .at(reader.path(), name.span.clone(), "")
                    .help("write the name of its files without their ending, such as `\"en_GB\"`"),
            ),
        }
    }
    let span = table.span();
    table.finish();
    is_on.then(|| Spelling {
        folder: folder.unwrap_or_else(|| FOLDER.to_owned()),
        dictionaries,
        span,
    })
}
