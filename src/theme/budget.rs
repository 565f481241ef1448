//! `[budget.KIND]`: how much a page of a kind may weigh. A theme sets it in `theme.toml`, a site in
//! `site.toml`; `checks::weight` holds pages to it.
//!
//! To add something that has a budget: a field of [`Budget`], a line in [`Budgets::read`] and one in
//! [`Budgets::of`].

use std::collections::BTreeMap;

use crate::data::Fields;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::PageKind;

/// The name that stands for every kind of page.
const EVERY_KIND: &str = "default";

/// What a page may weigh, in compressed bytes. What is not set has no bound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Budget {
    /// The page and the stylesheets that a screen waits for.
    pub first_view: Option<usize>,
    /// All scripts that it names.
    pub scripts: Option<usize>,
    /// A picture beside an article, as it lies there.
    pub picture: Option<usize>,
}

/// The budgets of one file, by the name of a kind of page or [`EVERY_KIND`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Budgets(BTreeMap<String, Budget>);

impl Budgets {
    /// Reads the table `budget`.
    pub fn read(fields: &Fields<'_>) -> Self {
        let reader = fields.reader();
        let mut budgets = BTreeMap::new();
        for (kind, node) in fields.free_table("budget") {
            let names = || PageKind::ALL.map(PageKind::name).into_iter();
            if kind.value != EVERY_KIND && !names().any(|name| name == kind.value) {
                let all: Vec<_> = names().collect();
                let message = format!("no kind of page is called `{}`", kind.value);
                reader.report(
                    Diagnostic::new(Code::UnknownKey, message)
                        .at(reader.path(), kind.span.clone(), "not known")
                        .suggest(
                            &kind.value,
                            names().chain([EVERY_KIND]),
                            format!("one of `{EVERY_KIND}`, `{}`", all.join("`, `")),
                        ),
                );
            }
            let table = fields.below(node, &kind.value);
            let bytes = |key| {
                let number = table.integer(key)?;
                let bytes = usize::try_from(number.value).ok();
                if bytes.is_none() {
                    let message = format!("`{key}` is less than nothing");
                    reader.report(
                        Diagnostic::new(Code::UnknownValue, message)
                            .at(reader.path(), number.span, "")
                            .help("write a number of bytes, such as `14000`"),
                    );
                }
                bytes
            };
            let budget = Budget {
                first_view: bytes("first_view"),
                scripts: bytes("scripts"),
                picture: bytes("picture"),
            };
            table.finish();
            budgets.insert(kind.value.clone(), budget);
        }
        Self(budgets)
    }

    /// The budget of a kind of page. What one file says of a kind goes before what it says of every
    /// kind, and an earlier file before a later one.
    pub fn of<'a>(files: impl Iterator<Item = &'a Budgets> + Clone, kind: PageKind) -> Budget {
        let first = |number: fn(&Budget) -> Option<usize>| {
            let mut said = files.clone().flat_map(|file| {
                let names = [kind.name(), EVERY_KIND].into_iter();
                names.filter_map(|name| file.0.get(name))
            });
            said.find_map(number)
        };
        Budget {
            first_view: first(|budget| budget.first_view),
            scripts: first(|budget| budget.scripts),
            picture: first(|budget| budget.picture),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Reader, toml};
    use crate::path::SourcePath;

    fn read(written: &str) -> (Budgets, Vec<String>) {
        let path = SourcePath::site_toml();
        let (node, _) = toml::parse(written);
        let reader = Reader::new(&path, written, "`site.toml`");
        let budgets = Budgets::read(&Fields::new(&reader, &node, "site.toml"));
        let findings = reader.into_findings().into_iter();
        let said = findings.map(|finding| format!("{} / {}", finding.message, finding.help));
        (budgets, said.collect())
    }

    #[test]
    fn a_site_goes_before_its_theme_and_a_kind_before_every_kind() {
        let site = "[budget.default]\nfirst_view = 3\n[budget.article]\nfirst_view = 2\n";
        let theme = "[budget.default]\nfirst_view = 9\nscripts = 7\n[budget.faq]\nscripts = 0\n";
        let files = [read(site).0, read(theme).0];
        let of = |kind| {
            let budget = Budgets::of(files.iter(), kind);
            (budget.first_view, budget.scripts)
        };
        assert_eq!(of(PageKind::Article), (Some(2), Some(7)));
        assert_eq!(of(PageKind::Faq), (Some(3), Some(0)));
        let none = Budgets::of([].iter(), PageKind::Faq);
        assert_eq!(none, Budget::default());
    }

    #[test]
    fn what_cannot_be_meant_is_told_at_its_place() {
        let (_, said) = read("[budget.artcle]\nfirst_view = -1\nscript = 2\n");
        assert_eq!(
            said,
            [
                "no kind of page is called `artcle` / did you mean `article`?",
                "`first_view` is less than nothing / write a number of bytes, such as `14000`",
                "unknown key `script` in `artcle` of `site.toml` / did you mean `scripts`?",
            ]
        );
    }
}
