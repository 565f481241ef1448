//! What must not be in a page, in words.

use super::Breach;
use crate::diagnostic::{Code, Diagnostic};

impl Breach {
    /// What to tell, without a place.
    pub fn finding(&self) -> Diagnostic {
        match self {
            Breach::Script => inline(
                "a script stands inside the page".to_owned(),
                "put it into a file of the theme's `assets/`, and load that with `src`: the policy of pages keeps out what stands in them",
            ),
            Breach::Style => inline(
                "a stylesheet stands inside the page".to_owned(),
                "put its rules into a file of the theme's `assets/`, and link that: the policy of pages keeps out what stands in them",
            ),
            Breach::Attribute(name) if name == "style" => inline(
                "a `style` stands on an element".to_owned(),
                "give the element a `class`, and write the rule into a stylesheet: the policy of pages keeps out what stands in them",
            ),
            Breach::Attribute(name) => inline(
                format!("`{name}` would run a script that stands in the page"),
                "take it away, or let a script of the theme's `assets/` listen: the policy of pages keeps out what stands in them",
            ),
            Breach::ScriptLink => inline(
                "a link that runs a script".to_owned(),
                "link to a page, or write a button that a script of the theme's `assets/` listens to",
            ),
            Breach::Foreign { element, address } => Diagnostic::new(
                Code::ForeignResource,
                format!("`<{element}>` would load `{address}` from another site"),
            )
            .help("put a copy beside the article or into the theme's `assets/`, so that no other site learns who reads the page"),
        }
    }
}

fn inline(message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::InlineCode, message).help(help)
}
