//! Fills the gaps in a text: links, pictures, directives, footnotes, words of the interface.

mod footnotes;

use super::arguments;
use super::pickers;
use super::references::PageCitations;
use super::views::Views;
use crate::diagnostic::Diagnostic;
use crate::document::body::{Body, DefinedTerm, Directive, Heading, Node};
use crate::document::{Document, Target};
use crate::site::links::Destination;
use crate::site::{LanguageId, PageId, PageKind, Site};
use crate::theme::contract::{self, DirectiveRoot};
use crate::theme::shape::{Any, Html};
use crate::theme::{BodyRule, DirectiveSpec, Strings};

/// Renders the texts of one page.
pub struct BodyRenderer<'a> {
    site: &'a Site,
    views: &'a Views,
    words: &'a Strings,
    document: &'a Document,
    page: PageId,
    language: LanguageId,
    root: &'a str,
    citations: PageCitations,
    /// Which body of the document is being rendered.
    body: usize,
    directives: usize,
    /// The text is shown on other pages too: without its citations, which lead to a list of this page.
    is_excerpt: bool,
    /// What templates of directives failed with.
    pub findings: Vec<Diagnostic>,
}

impl<'a> BodyRenderer<'a> {
    /// For the texts of a document, as they stand on a page with the given way to the root.
    pub fn new(
        site: &'a Site,
        views: &'a Views,
        document: &'a Document,
        page: PageId,
        root: &'a str,
    ) -> Self {
        let language = site.page(page).language;
        let words = site.theme.words(site.language_code(language));
        Self {
            site,
            views,
            words,
            document,
            page,
            language,
            root,
            citations: PageCitations::new(site, views, document, language),
            body: 0,
            directives: 0,
            is_excerpt: false,
            findings: Vec::new(),
        }
    }

    /// A whole text.
    pub fn text(&mut self, body: &Body) -> Html {
        self.enter(body);
        self.nodes(body, &body.nodes)
    }

    /// What a term means, as it is shown on other pages: the first paragraph, without citations.
    pub fn meaning(&mut self, body: &Body, term: usize) -> Html {
        self.enter(body);
        let Some(nodes) = meaning_of(body, &body.nodes, term as u32) else {
            return Html::default();
        };
        let was_excerpt = std::mem::replace(&mut self.is_excerpt, true);
        let html = self.nodes(body, nodes).0;
        self.is_excerpt = was_excerpt;
        Html(first_paragraph(&html).trim().to_owned())
    }

    /// A text with level-two headings as questions: what stands before the first, and each with its
    /// answer.
    pub fn questions(&mut self, body: &Body) -> (Html, Vec<contract::Question>) {
        self.enter(body);
        let is_question = |node: &Node| matches!(node, Node::HeadingStart(index) if body.headings[*index as usize].level == 2);
        let starts: Vec<usize> = (0..body.nodes.len())
            .filter(|index| is_question(&body.nodes[*index]))
            .collect();
        let first = starts.first().copied().unwrap_or(body.nodes.len());
        let before = self.nodes(body, &body.nodes[..first]);
        let mut questions = Vec::new();
        for (place, start) in starts.iter().enumerate() {
            let end = starts.get(place + 1).copied().unwrap_or(body.nodes.len());
            let Node::HeadingStart(index) = body.nodes[*start] else {
                continue;
            };
            let heading = &body.headings[index as usize];
            let after_heading = body.nodes[*start..end]
                .iter()
                .position(|node| *node == Node::HeadingEnd(index))
                .map_or(end, |offset| start + offset + 1);
            questions.push(contract::Question {
                id: heading.id.clone(),
                title: Html(heading.html.clone()),
                answer: self.nodes(body, &body.nodes[after_heading..end]),
            });
        }
        (before, questions)
    }

    /// What the page cites. Ask for it once, after the texts.
    pub fn take_citations(&mut self) -> PageCitations {
        std::mem::take(&mut self.citations)
    }

    /// Remembers which text is being rendered, for the marks of its citations.
    fn enter(&mut self, body: &Body) {
        let mut bodies = self.document.bodies();
        self.body = bodies
            .position(|known| std::ptr::eq(known, body))
            .unwrap_or(0);
    }

    fn nodes(&mut self, body: &Body, nodes: &[Node]) -> Html {
        let length = nodes.iter().map(|node| match node {
            Node::Html(range) => range.len(),
            _ => 64,
        });
        let mut html = String::with_capacity(length.sum());
        // A raised mark stands behind the comma or the full stop that follows it.
        let mut raised = String::new();
        for node in nodes {
            if !raised.is_empty() && !matches!(node, Node::Html(_) | Node::Citation(_)) {
                html.push_str(&std::mem::take(&mut raised));
            }
            match node {
                Node::Html(range) => {
                    let text = &body.html[range.start as usize..range.end as usize];
                    let stop = text.starts_with(['.', ',']) && !raised.is_empty();
                    let (stop, rest) = text.split_at(usize::from(stop));
                    html.push_str(stop);
                    html.push_str(&std::mem::take(&mut raised));
                    html.push_str(rest);
                }
                Node::Href(index) => self.href(&body.links[*index as usize].target, &mut html),
                Node::Rel(index) => {
                    if matches!(body.links[*index as usize].target, Target::External(_)) {
                        html.push_str(" rel=\"noreferrer noopener\"");
                    }
                }
                Node::Image(index) => self.image(body, *index, &mut html),
                Node::Directive(index) => {
                    self.directive(body, &body.directives[*index as usize], &mut html);
                }
                Node::HeadingStart(index) => {
                    let heading = &body.headings[*index as usize];
                    let level = char::from(b'0' + heading.level);
                    html.push_str("<h");
                    html.push(level);
                    html.push_str(" id=\"");
                    html.push_str(&super::escaped(&heading.id));
                    html.push_str("\">");
                }
                Node::HeadingEnd(index) => {
                    self.heading_end(&body.headings[*index as usize], &mut html)
                }
                Node::TermStart(index) => self.term_start(&body.terms[*index as usize], &mut html),
                Node::MeaningStart(_) | Node::MeaningEnd(_) => {}
                Node::Citation(_) | Node::FootnoteMark(..) if self.is_excerpt => {
                    html.truncate(html.trim_end_matches(' ').len());
                }
                Node::FootnoteMark(index, use_number) => {
                    let number = self.citations.footnote_number(self.body, *index as usize);
                    self.footnote_mark(number, *use_number, &mut html);
                }
                Node::Citation(index) => match self.citations.mark(self.body, *index) {
                    Some(mark) if is_raised(mark) => {
                        html.truncate(html.trim_end_matches(' ').len());
                        if !raised.is_empty() {
                            // Two marks side by side would read as one number.
                            raised.push_str("<sup>,</sup>");
                        }
                        raised.push_str(mark);
                    }
                    Some(mark) => {
                        html.push_str(&std::mem::take(&mut raised));
                        html.push_str(mark);
                    }
                    None => {
                        html.push_str(&std::mem::take(&mut raised));
                        let written = &body.citations[*index as usize].written;
                        html.push_str(&super::escaped(written));
                    }
                },
                Node::Word(word) => html.push_str(&super::escaped(self.words.text(word.key()))),
            }
        }
        html.push_str(&raised);
        Html(html)
    }

    fn href(&self, target: &Target, html: &mut String) {
        let Ok(resolved) = self.site.resolve(self.document, self.language, target) else {
            // Reported by `checks::links`; only a preview gets here.
            html.push('#');
            return;
        };
        match resolved.destination {
            Destination::Outside(url) => html.push_str(&super::escaped(url)),
            Destination::Page(id, heading) => {
                if id != self.page || heading.is_empty() || self.is_excerpt {
                    html.push_str(self.root);
                    html.push_str(&self.site.page_address(id));
                }
                push_heading(heading, html);
            }
            Destination::File(url) => {
                html.push_str(self.root);
                html.push_str(&super::escaped(url.relative()));
            }
            Destination::Here(heading) => {
                if self.is_excerpt {
                    html.push_str(self.root);
                    html.push_str(&self.site.page_address(self.page));
                }
                push_heading(heading, html);
            }
        }
    }

    /// Only a glossary is a place to link to.
    fn term_start(&self, term: &DefinedTerm, html: &mut String) {
        if self.site.page(self.page).kind == PageKind::Glossary {
            html.push_str("<dt id=\"");
            html.push_str(&super::escaped(&term.id));
            html.push_str("\">");
        } else {
            html.push_str("<dt>");
        }
    }

    fn image(&self, body: &Body, index: u32, html: &mut String) {
        let image = &body.images[index as usize];
        let file = match &image.target {
            Target::File { path, .. } => self.site.image_file(self.document, path),
            Target::External(_)
            | Target::Contact(_)
            | Target::Here(_)
            | Target::Wiki { .. }
            | Target::Refused { .. } => None,
        };
        let Some((file, url)) =
            file.and_then(|file| self.site.file_address(&file).map(|url| (file, url)))
        else {
            return; // Reported by `checks::images`.
        };
        html.push_str("<img src=\"");
        html.push_str(self.root);
        html.push_str(&super::escaped(url.relative()));
        html.push_str("\" alt=\"");
        html.push_str(&super::escaped(&image.alt));
        html.push('"');
        if !image.title.is_empty() {
            html.push_str(" title=\"");
            html.push_str(&super::escaped(&image.title));
            html.push('"');
        }
        if let Some((width, height)) = self.site.dimensions(&file) {
            html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        html.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    fn directive(&mut self, body: &Body, directive: &Directive, html: &mut String) {
        self.directives += 1;
        let number = self.directives;
        let name = directive.name.value.as_str();
        let spec = self.site.theme.directive(name);
        let has_rows = spec.is_some_and(|spec| spec.body == BodyRule::Rows);
        let (inner, rows) = if has_rows {
            (Html::default(), self.rows(body, directive))
        } else {
            (self.nodes(body, &directive.nodes), Vec::new())
        };
        let (ideas, picker) = self.ideas(directive, spec);
        let args = match spec {
            Some(spec) => {
                arguments::read(self.site, self.document, self.language, directive, spec).0
            }
            None if directive.is_alert => alert_arguments(directive),
            None => {
                // Reported by `checks::directives`; a preview shows at least what is inside.
                html.push_str(&inner.0);
                return;
            }
        };
        let root = DirectiveRoot {
            args: Any(args),
            body: inner,
            rows,
            ideas,
            picker,
            number,
            site: self.views.site(self.language),
            root: self.root.to_owned(),
            t: self.words.shared(),
            language: self.site.language_code(self.language).to_owned(),
        };
        match self.site.theme.render_directive(name, root) {
            Ok(rendered) => html.push_str(&rendered),
            Err(findings) => self.findings.extend(findings),
        }
    }

    /// What a directive that asks for ideas shows, and the picker that they are from.
    fn ideas(
        &self,
        directive: &Directive,
        spec: Option<&DirectiveSpec>,
    ) -> (Vec<contract::Idea>, Option<contract::Link>) {
        let spec = spec.filter(|spec| spec.has_ideas);
        let asked =
            spec.and_then(|spec| pickers::asked(self.site, self.document, directive, spec).0);
        asked.map_or_else(Default::default, |asked| {
            pickers::shown(self.site, self.views, self.language, &asked)
        })
    }

    fn rows(&mut self, body: &Body, directive: &Directive) -> Vec<contract::Row> {
        let read = super::rows::read(self.document, body, directive, None).0;
        read.into_iter()
            .map(|row| contract::Row {
                label: Html(self.nodes(body, &row.label).0.trim().to_owned()),
                values: row.values,
            })
            .collect()
    }

    fn heading_end(&self, heading: &Heading, html: &mut String) {
        let label = self.words.fill("heading_link", &[("title", &heading.text)]);
        html.push_str(" <a class=\"permalink\" href=\"#");
        html.push_str(&super::escaped(&heading.id));
        html.push_str("\" aria-label=\"");
        html.push_str(&super::escaped(&label));
        html.push_str("\">#</a></h");
        html.push(char::from(b'0' + heading.level));
        html.push_str(">\n");
    }
}

/// The nodes of what a term means, wherever its list stands.
fn meaning_of<'b>(body: &'b Body, nodes: &'b [Node], term: u32) -> Option<&'b [Node]> {
    let place = |wanted: &Node| nodes.iter().position(|node| node == wanted);
    if let Some(start) = place(&Node::MeaningStart(term)) {
        let end = place(&Node::MeaningEnd(term)).unwrap_or(nodes.len());
        return nodes.get(start..end);
    }
    nodes.iter().find_map(|node| match node {
        Node::Directive(index) => meaning_of(body, &body.directives[*index as usize].nodes, term),
        _ => None,
    })
}

/// The inside of the first paragraph, or what stands before the first block.
fn first_paragraph(html: &str) -> &str {
    const BLOCKS: [&str; 8] = [
        "<p>",
        "<ul",
        "<ol",
        "<dl",
        "<div",
        "<table",
        "<pre",
        "<blockquote",
    ];
    let html = html.trim_start();
    if let Some(inside) = html.strip_prefix("<p>") {
        return inside.split("</p>").next().unwrap_or(inside);
    }
    let end = BLOCKS.iter().filter_map(|block| html.find(block)).min();
    &html[..end.unwrap_or(html.len())]
}

/// A GFM alert in a theme that does not declare it: its kind is all there is.
fn alert_arguments(directive: &Directive) -> tera::Value {
    let entries = directive.arguments.iter().filter_map(|argument| {
        let value = argument.value.as_ref()?;
        Some((
            tera::value::Key::String(argument.name.value.as_str().into()),
            tera::Value::normal_string(&value.value),
        ))
    });
    tera::Value::from(entries.collect::<tera::Map>())
}

/// True for the mark of a style that raises it above the line, and stands close to the word before.
fn is_raised(mark: &str) -> bool {
    mark.starts_with("<sup")
}

fn push_heading(heading: &str, html: &mut String) {
    if !heading.is_empty() {
        html.push('#');
        html.push_str(&super::escaped(heading));
    }
}
