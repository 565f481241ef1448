//! Pages by their names, for wikilinks: `[[Low mood]]`.

use rustc_hash::FxHashMap;

use super::links::{Problem, inner};
use super::{Site, TopicId};
use crate::diagnostic::nearest;
use crate::document::Document;
use crate::path::SourcePath;

/// Texts by their titles and the names of their files.
#[derive(Debug, Default)]
pub(super) struct Names(FxHashMap<String, Vec<TopicId>>);

impl Site {
    /// The text that a name stands for.
    pub(super) fn named(&self, document: &Document, name: &str) -> Result<TopicId, Problem> {
        let with_ending = if name.ends_with(".md") {
            name.to_owned()
        } else {
            format!("{name}.md")
        };
        let from_top = SourcePath::new(&format!("content/{with_ending}"));
        let by_path = document
            .path
            .join_relative(&with_ending, "content")
            .into_iter()
            .chain(from_top);
        for path in by_path {
            if let Some(topic) = self.topic_of(&path) {
                return Ok(topic);
            }
        }
        let names = self.names.get_or_init(|| Names::new(self));
        match names.0.get(&plain_name(name)).map(Vec::as_slice) {
            Some([topic]) => Ok(*topic),
            Some(several @ [_, _, ..]) => Err(Problem::Ambiguous(
                several
                    .iter()
                    .map(|topic| inner(&self.topic(*topic).path).to_owned())
                    .collect(),
            )),
            Some([]) | None => {
                let mut known: Vec<_> = names.0.keys().map(String::as_str).collect();
                known.sort_unstable();
                let near = nearest(&plain_name(name), known).map(str::to_owned);
                Err(Problem::Missing { nearest: near })
            }
        }
    }
}

/// A name as it is looked up: case and the shape of quotation marks do not count.
fn plain_name(name: &str) -> String {
    name.to_lowercase()
        .replace(['’', '‘'], "'")
        .replace(['“', '”'], "\"")
}

impl Names {
    fn new(site: &Site) -> Self {
        let mut names: FxHashMap<String, Vec<TopicId>> = FxHashMap::default();
        let mut add = |name: &str, topic: TopicId| {
            let topics = names.entry(plain_name(name)).or_default();
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        };
        for id in site.topic_ids() {
            let topic = site.topic(id);
            let stem = topic.path.file_name().trim_end_matches(".md");
            if !matches!(stem, "_index" | "index") {
                add(stem, id);
            }
            for written in topic.documents.iter().flatten() {
                for title in written.keys.title.iter().chain(&written.keys.short_title) {
                    add(&title.value, id);
                }
            }
        }
        Self(names)
    }
}
