//! Content security policies: closed, but for what a page loads.

use std::collections::BTreeSet;

/// A kind of thing that a page loads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A script.
    Script,
    /// A stylesheet.
    Style,
    /// A picture or an icon.
    Image,
    /// A font.
    Font,
    /// Sound, film, or the words that go with them.
    Media,
    /// The manifest of an application.
    Manifest,
    /// A page inside the page.
    Frame,
    /// An object inside the page.
    Object,
}

impl Kind {
    /// In the order in which a policy names them.
    const ALL: [Kind; 8] = [
        Kind::Script,
        Kind::Style,
        Kind::Image,
        Kind::Font,
        Kind::Media,
        Kind::Manifest,
        Kind::Frame,
        Kind::Object,
    ];

    /// The directive that governs it.
    const fn directive(self) -> &'static str {
        match self {
            Kind::Script => "script-src",
            Kind::Style => "style-src",
            Kind::Image => "img-src",
            Kind::Font => "font-src",
            Kind::Media => "media-src",
            Kind::Manifest => "manifest-src",
            Kind::Frame => "frame-src",
            Kind::Object => "object-src",
        }
    }
}

/// What is loaded, and where forms lead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loads {
    own: BTreeSet<Kind>,
    data: BTreeSet<Kind>,
    forms: BTreeSet<String>,
}

impl Loads {
    /// These kinds come from the site itself.
    pub fn own(&mut self, kinds: &[Kind]) {
        self.own.extend(kinds);
    }

    /// This kind stands in the page, as a `data:` address.
    pub fn data(&mut self, kind: Kind) {
        self.data.insert(kind);
    }

    /// A form sends to this source, as a policy writes it.
    pub fn form(&mut self, source: &str) {
        self.forms.insert(source.to_owned());
    }

    /// Adds those of another page.
    pub fn join(&mut self, other: &Self) {
        self.own.extend(&other.own);
        self.data.extend(&other.data);
        self.forms.extend(other.forms.iter().cloned());
    }

    /// The policy that lets this through and nothing else.
    pub fn policy(&self) -> String {
        let mut policy = "default-src 'none'".to_owned();
        for kind in Kind::ALL {
            let sources = match (self.own.contains(&kind), self.data.contains(&kind)) {
                (true, true) => "'self' data:",
                (true, false) => "'self'",
                (false, true) => "data:",
                (false, false) => continue,
            };
            policy.push_str(&format!("; {} {sources}", kind.directive()));
        }
        policy.push_str("; base-uri 'none'; form-action");
        if self.forms.is_empty() {
            policy.push_str(" 'none'");
        }
        for form in &self.forms {
            policy.push(' ');
            policy.push_str(form);
        }
        policy
    }
}
