//! `[navigation]`: the menus.

use crate::data::{Fields, Node, Spanned, Value};
use crate::diagnostic::{Code, Diagnostic};

/// An entry of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    /// Where it goes.
    pub target: MenuTarget,
    /// Its words by language; the page's own (short) title where there are none.
    pub titles: Vec<(String, String)>,
    /// Its words in every language.
    pub title: Option<String>,
}

/// Where a menu entry goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MenuTarget {
    /// A page, by its file below `content/`.
    Page(Spanned<String>),
    /// A whole address.
    Url(String),
}

/// The main menu and the links at the foot.
pub(super) fn read(fields: &Fields<'_>) -> (Vec<MenuEntry>, Vec<MenuEntry>) {
    let Some(table) = fields.table("navigation") else {
        return (Vec::new(), Vec::new());
    };
    let entries = |key| {
        table
            .list(key)
            .iter()
            .filter_map(|node| menu_entry(&table, node))
            .collect()
    };
    let menus = (entries("main"), entries("footer"));
    table.finish();
    menus
}

fn menu_entry(fields: &Fields<'_>, node: &Node) -> Option<MenuEntry> {
    if let Value::Text(page) = &node.value {
        let page = Spanned::new(page.clone(), node.span.clone());
        return Some(MenuEntry {
            target: MenuTarget::Page(page),
            titles: Vec::new(),
            title: None,
        });
    }
    let reader = fields.reader();
    let table = Fields::new(reader, node, "navigation");
    let (page, url) = (table.text("page"), table.text("url"));
    let mut titles = Vec::new();
    let mut title = None;
    match table.node("title") {
        Some(Node {
            value: Value::Table(entries),
            ..
        }) => {
            for (code, node) in entries {
                titles.extend(
                    table
                        .as_text(node, "title")
                        .map(|text| (code.value.clone(), text.value)),
                );
            }
        }
        Some(node) => title = table.as_text(node, "title").map(|text| text.value),
        None => {}
    }
    let span = table.span();
    table.finish();
    let target = match (page, url) {
        (Some(page), None) => MenuTarget::Page(page),
        (None, Some(url)) => MenuTarget::Url(url.value),
        (Some(_), Some(_)) | (None, None) => {
            reader.report(
                Diagnostic::new(Code::MissingKey, "a menu entry names one page or one address")
                    .at(reader.path(), span, "")
                    .help("write `{ page = \"about/_index.md\" }` or `{ url = \"https://...\", title = \"...\" }`"),
            );
            return None;
        }
    };
    Some(MenuEntry {
        target,
        titles,
        title,
    })
}
