//! Exceptions beside the words: `<!-- allow CODE: reason -->` in Markdown, `# allow CODE: reason` in
//! YAML.
//!
//! In Markdown a comment of its own covers the block that follows it, be that a paragraph, a list, a
//! table, or a directive down to its last line; a comment within a block covers that block. In YAML
//! it covers the entry that follows it, with all that is indented below. Several comments in a row
//! cover the same.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::{Use, unexplained, usable};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::directives::{self, Fence};
use crate::document::markdown::{OPTIONS, is_inline};
use crate::path::SourcePath;

/// An exception for what stands in one stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The kind of message.
    pub code: Code,
    /// Why it may stand.
    pub reason: String,
    /// Where the comment is.
    pub span: Range<usize>,
    /// What it covers.
    pub covers: Range<usize>,
}

/// The word that such a comment begins with.
const WORD: &str = "allow";

/// The comments of an article: those of its front matter, which ends at `body`, and of its text.
pub fn in_article(
    path: &SourcePath,
    source: &str,
    body: usize,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Allowance> {
    if !source.contains(WORD) {
        return Vec::new();
    }
    let mut all = in_yaml(path, source, 0..body, findings);
    if source[body..].contains("<!--") {
        all.extend(in_markdown(path, source, body, findings));
    }
    all
}

/// The comments of YAML that stands in a stretch of a file.
pub fn in_yaml(
    path: &SourcePath,
    source: &str,
    stretch: Range<usize>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Allowance> {
    let yaml = &source[stretch.clone()];
    // Most files have none, and this is looked at whenever the site is opened.
    if !yaml.contains("# allow ") {
        return Vec::new();
    }
    let mut all = Vec::new();
    let mut offset = stretch.start;
    for line in yaml.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let at = if line.trim_start().starts_with('#') {
            line.find('#')
        } else {
            line.find(" # allow ").map(|at| at + 1)
        };
        let Some(at) = at else { continue };
        let comment = line[at..].trim_end();
        let span = start + at..start + at + comment.len();
        let is_alone = line[..at].trim().is_empty();
        let covers = if is_alone {
            entry_after(source, offset..stretch.end)
        } else {
            start..start + at
        };
        let inside = comment.trim_start_matches('#');
        all.extend(allowance(path, inside, span, covers, "# ", "", findings));
    }
    all
}

/// The entry of YAML that begins first in a stretch, with all that is indented below it.
fn entry_after(source: &str, stretch: Range<usize>) -> Range<usize> {
    let mut entry: Option<(usize, Range<usize>)> = None;
    let mut offset = stretch.start;
    for line in source[stretch.clone()].split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        match &mut entry {
            None => entry = Some((indent, start..offset)),
            // The items of a list may stand right below its key.
            Some((own, range))
                if indent > *own
                    || (indent == *own
                        && trimmed.starts_with("- ")
                        && !source[range.clone()].trim_start().starts_with("- ")) =>
            {
                range.end = offset;
            }
            Some(_) => break,
        }
    }
    entry.map_or(stretch.start..stretch.start, |(_, range)| range)
}

/// What a comment allows. Nothing for other comments; one that is not right is a finding.
fn allowance(
    path: &SourcePath,
    inside: &str,
    span: Range<usize>,
    covers: Range<usize>,
    open: &str,
    close: &str,
    findings: &mut Vec<Diagnostic>,
) -> Option<Allowance> {
    let inside = inside.trim();
    let rest = inside.strip_prefix(WORD)?;
    let words = rest.strip_prefix(char::is_whitespace)?.trim_start();
    let name = words.split([':', ' ']).next().unwrap_or_default();
    let after = words[name.len()..].trim_start();
    // "allow two weeks for this" is a comment like any other.
    if !after.starts_with(':') && !after.is_empty() && Code::named(name).is_none() {
        return None;
    }
    let reason = after.strip_prefix(':').unwrap_or_default().trim();
    match usable(name, Use::Exception, path, span.clone()) {
        Err(finding) => {
            findings.push(finding);
            None
        }
        Ok(code) if reason.is_empty() => {
            let help = format!("say why it is right here: `{open}allow {code}: the reason{close}`");
            findings.push(unexplained(path, span, help));
            None
        }
        Ok(code) => Some(Allowance {
            code,
            reason: reason.to_owned(),
            span,
            covers,
        }),
    }
}

/// One walk over an article's blocks.
struct Walk<'a> {
    source: &'a str,
    fences: &'a [(usize, Fence)],
    /// Where the addresses of reference links are given, in order. The parser hands them on as no block.
    definitions: Vec<Range<usize>>,
    /// The blocks that are open, outermost first.
    open: Vec<Range<usize>>,
    /// Comments that wait for the block after them.
    waiting: Vec<Range<usize>>,
    /// Comments, each with what it covers.
    found: Vec<(Range<usize>, Range<usize>)>,
}

fn in_markdown(
    path: &SourcePath,
    source: &str,
    body: usize,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Allowance> {
    // What is wrong with the fences, whoever parses the article says.
    let fences = directives::scan(path, source, body, &mut Vec::new());
    let markdown = &fences.hidden.as_deref().unwrap_or(source)[body..];
    let parser = Parser::new_ext(markdown, OPTIONS);
    let definitions = parser.reference_definitions().iter();
    let mut definitions: Vec<_> = definitions
        .map(|(_, definition)| definition.span.start + body..definition.span.end + body)
        .collect();
    definitions.sort_by_key(|span| span.start);
    let mut walk = Walk {
        source,
        fences: &fences.fences,
        definitions,
        open: Vec::new(),
        waiting: Vec::new(),
        found: Vec::new(),
    };
    for (event, range) in parser.into_offset_iter() {
        walk.event(&event, range.start + body..range.end + body);
    }
    walk.give_up();
    let all = walk.found.into_iter().filter_map(|(span, covers)| {
        let inside = source[span.clone()].strip_prefix("<!--")?;
        let inside = inside.strip_suffix("-->")?;
        allowance(path, inside, span, covers, "<!-- ", " -->", findings)
    });
    all.collect()
}

impl Walk<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                self.html(range.clone());
                self.open.push(range);
            }
            Event::Start(tag) if !is_inline(&tag.to_end()) => {
                self.cover(&range);
                self.open.push(range);
            }
            Event::End(tag) if !is_inline(tag) => {
                self.open.pop();
                if !matches!(tag, pulldown_cmark::TagEnd::HtmlBlock) {
                    self.give_up();
                }
            }
            Event::Rule => self.cover(&range),
            Event::InlineHtml(_) => {
                let around = self.open.last().cloned().unwrap_or_else(|| range.clone());
                self.found.push((range, around));
            }
            _ => {}
        }
    }

    /// A comment waits; the fence of a directive is what comments before it wait for.
    fn html(&mut self, range: Range<usize>) {
        let written = &self.source[range.clone()];
        let start = range.start + written.len() - written.trim_start().len();
        let span = start..start + written.trim().len();
        if written.trim().starts_with("<!--") {
            let end = span.end;
            self.waiting.push(span);
            if let Some(definitions) = self.definitions_after(end) {
                self.cover(&definitions);
            }
            return;
        }
        let place = self.fences.iter().position(|(at, _)| *at == start);
        let directive = place.map_or(span, |index| self.directive(index));
        self.cover(&directive);
    }

    /// The addresses of reference links that stand next, line by line.
    fn definitions_after(&self, end: usize) -> Option<Range<usize>> {
        let rest = &self.source[end..];
        let next = end + rest.len() - rest.trim_start().len();
        let first = self.definitions.iter().position(|it| it.start == next)?;
        let mut all = self.definitions[first].clone();
        for definition in &self.definitions[first + 1..] {
            let between = &self.source[all.end..definition.start];
            if !between.trim().is_empty() || between.matches('\n').count() > 1 {
                break;
            }
            all.end = definition.end;
        }
        Some(all)
    }

    /// From a fence to the one that closes it; nothing for one that closes.
    fn directive(&self, first: usize) -> Range<usize> {
        let start = self.fences[first].0;
        let mut depth = 0;
        for (at, fence) in &self.fences[first..] {
            match fence {
                Fence::Open { .. } => depth += 1,
                Fence::Close => depth -= 1,
            }
            if depth <= 0 {
                return start..*at;
            }
        }
        start..self.source.len()
    }

    fn cover(&mut self, range: &Range<usize>) {
        let waiting = self.waiting.drain(..);
        self.found
            .extend(waiting.map(|comment| (comment, range.clone())));
    }

    /// The container ends, and nothing followed.
    fn give_up(&mut self) {
        let waiting = self.waiting.drain(..);
        self.found.extend(waiting.map(|comment| {
            let nothing = comment.end..comment.end;
            (comment, nothing)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> SourcePath {
        SourcePath::new("content/a.md").expect("sound")
    }

    #[track_caller]
    fn check(source: &str, body: usize, expected: &[&str]) {
        let mut findings = Vec::new();
        let found = in_article(&path(), source, body, &mut findings);
        let mut said: Vec<_> = found
            .iter()
            .map(|it| {
                format!(
                    "{} ({}) {:?}",
                    it.code,
                    it.reason,
                    &source[it.covers.clone()]
                )
            })
            .collect();
        said.extend(findings.into_iter().map(|it| it.message));
        assert_eq!(said, expected, "{source}");
    }

    #[test]
    fn a_comment_covers_the_block_after_it_or_the_one_it_stands_in() {
        check(
            "One.\n\n<!-- allow broken-link: it comes\nsoon -->\nTwo\nand three.\n\nFour.\n",
            0,
            &["broken-link (it comes\nsoon) \"Two\\nand three.\\n\""],
        );
        check(
            "## Here <!-- allow empty-heading: why -->\n\n- one\n- two <!-- allow missing-alt: so -->\n",
            0,
            &[
                "empty-heading (why) \"## Here <!-- allow empty-heading: why -->\\n\"",
                "missing-alt (so) \"- two <!-- allow missing-alt: so -->\\n\"",
            ],
        );
        check(
            "<!-- allow percentage: a -->\n\n<!-- allow uncited-claim: b -->\n\n- one\n\n- two\n",
            0,
            &[
                "percentage (a) \"- one\\n\\n- two\\n\"",
                "uncited-claim (b) \"- one\\n\\n- two\\n\"",
            ],
        );
    }

    #[test]
    fn addresses_of_reference_links_are_covered_line_by_line() {
        check(
            "[a][b]\n\n<!-- allow link-to-address: why -->\n\n[b]: /b/\n[c]: /c/\n\n[d]: /d/\n",
            0,
            &["link-to-address (why) \"[b]: /b/\\n[c]: /c/\""],
        );
    }

    #[test]
    fn a_directive_is_covered_to_its_last_line() {
        check(
            "<!-- allow percentage: a -->\n\n:::note\nOne.\n\n:::pull\nTwo.\n:::\n:::\n\nThree.\n",
            0,
            &["percentage (a) \":::note\\nOne.\\n\\n:::pull\\nTwo.\\n:::\\n\""],
        );
        check(
            ":::note\nOne.\n\n<!-- allow percentage: a -->\n:::\n",
            0,
            &["percentage (a) \"\""],
        );
    }

    #[test]
    fn in_yaml_the_entry_after_it_is_covered_with_all_below() {
        let yaml = "# allow duplicate-work: two editions\n- id: a\n  x: 1\n- id: b # allow unused-work: kept\n";
        let found = in_yaml(&path(), yaml, 0..yaml.len(), &mut Vec::new());
        let covered: Vec<_> = found.iter().map(|it| &yaml[it.covers.clone()]).collect();
        assert_eq!(covered, ["- id: a\n  x: 1\n", "- id: b "]);
        check(
            "---\n# allow hard-to-read: a law\ntitle: A\ntags:\n- one\n---\nText.\n",
            57,
            &["hard-to-read (a law) \"title: A\\n\""],
        );
    }

    #[test]
    fn a_comment_that_is_not_right_is_a_finding_and_others_are_left_alone() {
        check(
            "<!-- allow brokn-link: why -->\n\nOne.\n",
            0,
            &["no message is called `brokn-link`"],
        );
        check(
            "<!-- allow syntax: why -->\n\nOne.\n",
            0,
            &["`syntax` cannot be excepted"],
        );
        check(
            "<!-- allow percentage -->\n\nOne.\n",
            0,
            &["an exception without a reason"],
        );
        check(
            "<!-- allow percentage: -->\n\nOne.\n",
            0,
            &["an exception without a reason"],
        );
        check(
            "<!-- allow two weeks for this -->\n\n```\n<!-- allow syntax: x -->\n```\n",
            0,
            &[],
        );
    }
}
