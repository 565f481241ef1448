//! Works written out again, for readers who keep a library of their own: biblatex, as Zotero and JabRef
//! import it, and CSL-JSON.
//!
//! What is read back from either is the work that was written, but for a few details that biblatex has
//! no field for. Fields that `unsure` names are not in a work, and so are never written.

mod bibtex;

use citationberg::json::{DateValue, NameItem, NameValue, Value};
use serde_json::{Map, Value as Json, json};

use super::{Bibliography, Work, WorkId, dates};

use bibtex::bibtex;

/// All works written out, each by itself: a large site offers each of them on many pages.
#[derive(Debug)]
pub struct Written {
    bibtex: Vec<String>,
    csl_json: Vec<String>,
}

impl Written {
    /// Writes all works of a bibliography. On one core: it is asked for from all cores at once, and a
    /// thread that waited here for others to finish might be one of them.
    pub fn new(works: &Bibliography) -> Self {
        let works = works.works();
        Self {
            bibtex: works.iter().map(|work| bibtex(&[work])).collect(),
            csl_json: works.iter().map(csl_json_item).collect(),
        }
    }

    /// Some of them as BibTeX.
    pub fn bibtex(&self, works: impl Iterator<Item = WorkId>) -> String {
        let written: Vec<_> = works.map(|id| self.bibtex[id.index()].as_str()).collect();
        written.join("\n")
    }

    /// Some of them as a list in CSL-JSON, a line each.
    pub fn csl_json(&self, works: impl Iterator<Item = WorkId>) -> String {
        let written: Vec<_> = works.map(|id| self.csl_json[id.index()].as_str()).collect();
        format!("[\n{}\n]\n", written.join(",\n"))
    }
}

fn csl_json_item(work: &Work) -> String {
    // Values made of text, numbers and lists can always be written.
    serde_json::to_string(&item(work)).unwrap_or_default()
}

/// A list of works as CSL-JSON.
#[cfg(test)]
fn csl_json(works: &[&Work]) -> String {
    let items: Vec<_> = works.iter().map(|work| csl_json_item(work)).collect();
    format!("[\n{}\n]\n", items.join(",\n"))
}

fn item(work: &Work) -> Json {
    let mut item = Map::new();
    item.insert("id".to_owned(), Json::from(work.key.value.as_str()));
    let kind = work.text("type");
    let kind = if kind.is_empty() { "document" } else { &kind };
    item.insert("type".to_owned(), Json::from(kind));
    for (name, value) in &work.item.0 {
        if !matches!(name.as_str(), "id" | "type") {
            item.insert(name.clone(), value_of(value));
        }
    }
    Json::Object(item)
}

fn value_of(value: &Value) -> Json {
    match value {
        Value::String(text) => Json::from(text.as_str()),
        Value::Number(number) => Json::from(*number),
        Value::Names(people) => people.iter().map(name).collect(),
        Value::Date(date) => date_of(date),
    }
}

fn name(name: &NameValue) -> Json {
    let NameItem {
        family,
        given,
        non_dropping_particle,
        dropping_particle,
        suffix,
        comma_suffix,
    } = match name {
        NameValue::Literal(name) => return json!({ "literal": name.literal }),
        NameValue::Item(name) => name,
    };
    let mut parts = Map::new();
    for (part, text) in [
        ("family", Some(family)),
        ("given", given.as_ref()),
        ("non-dropping-particle", non_dropping_particle.as_ref()),
        ("dropping-particle", dropping_particle.as_ref()),
        ("suffix", suffix.as_ref()),
    ] {
        if let Some(text) = text {
            parts.insert(part.to_owned(), Json::from(text.as_str()));
        }
    }
    if let Some(flag) = comma_suffix {
        parts.insert("comma-suffix".to_owned(), Json::from(*flag));
    }
    Json::Object(parts)
}

// The library's own way to write dates loses all but their numbers.
fn date_of(date: &DateValue) -> Json {
    let (literal, season) = match date {
        DateValue::Raw {
            literal, season, ..
        }
        | DateValue::DateParts {
            literal, season, ..
        } => (literal, season),
    };
    let mut parts = Map::new();
    let moments = dates::moments(date);
    if !moments.is_empty() {
        parts.insert("date-parts".to_owned(), json!(moments));
    }
    if let Some(season) = season {
        parts.insert("season".to_owned(), Json::from(season.as_str()));
    }
    if let Some(literal) = literal {
        parts.insert("literal".to_owned(), Json::from(literal.as_str()));
    }
    if date.is_approx() {
        parts.insert("circa".to_owned(), Json::from(true));
    }
    Json::Object(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;
    use crate::records::works::{bibtex, csl_json as reader};

    const BIB: &str = r#"
@article{doe2014, author = {Doe, Jane and van der Berg, Jan and King, Jr., Martin and {Example & Sons} and family=Smit, given=Ans, prefix=de, useprefix=false and family=Plato},
  title = {Care \& {NASA}: 50\% of \emph{all} -{}- a \textasciitilde{} CO\textsubscript{2} {\textbackslash} \#1 \_x \{y\}},
  journal = {Journal of Examples}, shortjournal = {J. Ex.}, volume = 7, number = 2, pages = {10--19}, eid = {e12}, date = {2014-05-03},
  doi = {10.1000/a_b(c)<d>}, url = {https://example.org/a_b--c%20d?e=f&g#h~i}, urldate = {2026-11-21}, issn = {1234-5678}, pmid = 12,
  langid = {english}, note = {A note}, abstract = {Some words}, keywords = {a, b}}
@book{b, author = {Doe, Jane}, editor = {Roe, R.}, translator = {Poe, P.}, title = {Book}, shorttitle = {B}, publisher = {Press; Other}, location = {Town},
  edition = 2, series = {Series}, number = 4, date = {2013/2014}, isbn = {978-1}, volumes = 2, pagetotal = 300, origdate = {1950}}
@incollection{c, title = {Part}, booktitle = {Whole}, editor = {Roe, R.}, date = {2014-21}, pages = {1}, chapter = 3}
@inproceedings{d, title = {Paper}, booktitle = {Proc}, eventtitle = {Conf}, venue = {Town}, eventdate = {2001-02-03}, year = {c. 1950}}
@phdthesis{e, title = {Thesis}, school = {University}, year = 2001}
@techreport{f, author = {{Group}}, title = {Report}, institution = {Inst}, number = {12}, year = 2001}
@online{g, author = {{Service}}, title = {Page}, url = {https://example.org}, urldate = {2026-11-21}}
@misc{h, author = {Doe, J.}, title = {Preprint}, eprint = {2003.13722}, archiveprefix = {arXiv}, year = 2020}
@article{i, title = {News}, entrysubtype = {newspaper}, journal = {The Example}, year = {in press}}
@video{j, title = {Film}, editor = {Doe, J.}, editortype = {director}, date = {2001}, type = {film}}
@dataset{k, title = {Data}, version = {2}, publisher = {Archive}}
@unpublished{l, title = {Talk}, eventtitle = {Conf}, author = {{Doe} and others}}
"#;

    fn read(text: &str) -> Vec<Work> {
        let path = SourcePath::new("content/references.bib").expect("sound");
        let mut findings = Vec::new();
        let works = bibtex::read(&path, text, &mut findings);
        assert_eq!(findings, [], "{text}");
        works
    }

    #[test]
    fn what_is_written_as_biblatex_is_read_back_as_it_was() {
        let works = read(BIB);
        let written = super::bibtex(&works.iter().collect::<Vec<_>>());
        let again = read(&written);
        assert_eq!(again.len(), works.len());
        for (work, again) in works.iter().zip(&again) {
            assert_eq!(work.item, again.item, "{written}");
        }
    }

    #[test]
    fn what_is_written_as_csl_json_is_read_back_as_it_was() {
        let works = read(BIB);
        let written = csl_json(&works.iter().collect::<Vec<_>>());
        let path = SourcePath::new("content/references.json").expect("sound");
        let mut findings = Vec::new();
        let again = reader::read(&path, &written, &mut findings);
        assert_eq!(findings, []);
        assert_eq!(again.len(), works.len());
        for (work, again) in works.iter().zip(&again) {
            assert_eq!(work.item, again.item, "{written}");
        }
    }

    #[test]
    fn dates_and_names_have_the_shape_of_the_schema() {
        let works = read(
            "@book{a, title={T}, author={van der Berg, Jan and {Org}}, date={2013-12/2014-01}, urldate={2026-11-21}, origdate={1950~}}",
        );
        let written: Json = serde_json::from_str(&csl_json(&[&works[0]])).expect("JSON");
        assert_eq!(
            written,
            json!([{
                "id": "a",
                "type": "book",
                "title": "T",
                "author": [
                    {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
                    {"literal": "Org"}
                ],
                "issued": {"date-parts": [[2013, 12], [2014, 1]]},
                "accessed": {"date-parts": [[2026, 11, 21]]},
                "original-date": {"date-parts": [[1950]], "circa": true}
            }])
        );
    }
}
