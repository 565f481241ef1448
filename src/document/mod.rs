//! One article as it is written: front matter and body, each with its places in the file.
//!
//! [`Document::parse`] is a function of the file's text and a few settings and of nothing else, so a
//! document is remembered as long as its text stays the same. It knows no other page, no theme and
//! no address: links are kept as they are written, and `site` and `render` resolve them.
//!
//! To add a front-matter key, see [`front_matter`]; to change what Markdown becomes, see [`markdown`];
//! for `:::name` containers, [`directives`]. What a translation is compared by is in [`paragraphs`],
//! what only checks want to know of its build in [`outline`].

pub mod body;
pub mod citation;
pub mod directives;
pub mod front_matter;
pub mod markdown;
pub mod outline;
pub mod paragraphs;
mod slug;
mod target;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use body::Body;
pub use front_matter::FrontMatter;
pub use outline::Outline;
pub use paragraphs::Paragraph;
pub use slug::slug;
pub use target::Target;

use crate::diagnostic::Diagnostic;
use crate::exceptions::comments::{self, Allowance};
use crate::path::SourcePath;

/// What parsing depends on beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseOptions {
    /// Language of the article, for its quotation marks.
    pub language: String,
    /// Curly quotation marks, dashes and ellipses.
    pub smart_punctuation: bool,
    /// HTML in articles is let through.
    pub raw_html: bool,
    /// The words of each paragraph are kept, for those who measure or search them.
    pub prose: bool,
}

/// An article as it is written.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub path: SourcePath,
    /// The text of the whole file.
    pub source: Arc<str>,
    /// What parsing depended on beside the text.
    pub options: ParseOptions,
    /// The keys at its top.
    pub front_matter: Arc<FrontMatter>,
    /// `description`, when it cites something.
    pub description: Option<Body>,
    /// `key_messages`, parsed.
    pub key_messages: Vec<Body>,
    /// `content_note`, parsed.
    pub content_note: Option<Body>,
    /// What each of `changes` says, parsed.
    pub changes: Vec<Body>,
    /// The text.
    pub body: Body,
    /// What its comments except.
    pub allowances: Vec<Allowance>,
    /// What is wrong with the file itself, whatever the rest of the site.
    pub findings: Vec<Diagnostic>,
    paragraphs: OnceLock<Vec<Paragraph>>,
    outline: OnceLock<Outline>,
}

impl Document {
    /// Parses an article.
    pub fn parse(path: &SourcePath, source: &Arc<str>, options: &ParseOptions) -> Self {
        let mut findings = Vec::new();
        let (front, body_start) = front_matter::split(source);
        let mut front_matter = front_matter::parse(path, source, front, &mut findings);
        if options.smart_punctuation {
            front_matter.set_text(&options.language);
        }
        let description = front_matter.description.as_ref().and_then(|text| {
            let mut body = markdown::plain(&text.value, &text.span)?;
            place_keys(&mut body, source, &text.span);
            Some(body)
        });
        let mut inline = |text: &crate::data::Spanned<String>| {
            let piece = markdown::Piece::Value {
                text: &text.value,
                span: text.span.clone(),
            };
            let mut body = markdown::parse(path, piece, options, &mut findings);
            place_keys(&mut body, source, &text.span);
            body
        };
        let key_messages = front_matter
            .key_messages
            .iter()
            .flatten()
            .map(&mut inline)
            .collect();
        let content_note = front_matter.content_note.as_ref().map(&mut inline);
        let changes = front_matter.changes.iter().flatten();
        let changes = changes.map(|change| inline(&change.what)).collect();
        let piece = markdown::Piece::File {
            text: source,
            start: body_start,
        };
        let body = markdown::parse(path, piece, options, &mut findings);
        let allowances = comments::in_article(path, source, body_start, &mut findings);
        Self {
            path: path.clone(),
            source: Arc::clone(source),
            options: options.clone(),
            front_matter: Arc::new(front_matter),
            description,
            key_messages,
            content_note,
            changes,
            body,
            allowances,
            findings,
            paragraphs: OnceLock::new(),
            outline: OnceLock::new(),
        }
    }

    /// What a translator translates, piece by piece. Looked for when it is first asked for: most
    /// articles are never compared with a translation.
    pub fn paragraphs(&self) -> &[Paragraph] {
        self.paragraphs.get_or_init(|| paragraphs::of(self))
    }

    /// How it is put together. Looked for when it is first asked for: only checks do.
    pub fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| Outline::of(self))
    }

    /// The body and the parsed front-matter values: everything that may hold links and pictures.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.description
            .iter()
            .chain(&self.content_note)
            .chain(&self.key_messages)
            .chain([&self.body])
            .chain(&self.changes)
    }

    /// The file of what readers choose from, on a page of kind `picker`.
    pub fn picker_file(&self) -> Option<SourcePath> {
        let written = self.front_matter.picker.as_ref()?;
        self.path.join_relative(&written.value, "content")
    }

    /// Where to point when a finding is about the article as a whole: its title, or its beginning.
    pub fn title_span(&self) -> Range<usize> {
        self.front_matter
            .title
            .as_ref()
            .map_or(0..0, |title| title.span.clone())
    }
}

/// Points the keys of a value of front matter at where they stand in it, as far as they can be found
/// there letter by letter.
fn place_keys(body: &mut Body, source: &str, value: &Range<usize>) {
    let Some(written) = source.get(value.clone()) else {
        return;
    };
    let mut from = 0;
    for citation in &mut body.citations {
        for item in &mut citation.items {
            if let Some(offset) = written[from..].find(&format!("@{}", item.key.value)) {
                let start = value.start + from + offset + 1;
                item.key.span = start..start + item.key.value.len();
                from += offset + 1;
            }
        }
    }
}
