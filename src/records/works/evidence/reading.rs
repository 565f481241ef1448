//! From `content/evidence.yaml` to what is known of each work, and what is wrong with it.

use jiff::civil::Date;

use super::unsure::leave_out_unsure;
use super::{Evidence, FILE, Kind, Standing, Status, Strength, Verified};
use crate::data::{Fields, Node, Reader, Spanned, Value, quoted, yaml};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::path::SourcePath;
use crate::records::works::{Work, address};
use crate::source::Inputs;

/// What became of reading the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// What it says stands beside the works; so does nothing, where there is no file.
    Read,
    /// It could not be read, and nothing is known of any work.
    Broken,
}

/// Reads the file, if there is one, and puts what it says beside the works, which are in the order of
/// their keys. Fields that nobody has confirmed are taken out of them.
pub fn read(inputs: &Inputs, works: &mut [Work], findings: &mut Vec<Diagnostic>) -> Outcome {
    let path = SourcePath::new(FILE);
    match path.and_then(|path| Some((inputs.text_of(&path)?, path))) {
        Some((text, path)) => read_text(&path, text, works, findings),
        None => Outcome::Read,
    }
}

fn read_text(
    path: &SourcePath,
    text: &str,
    works: &mut [Work],
    findings: &mut Vec<Diagnostic>,
) -> Outcome {
    let node = match yaml::parse(text) {
        Ok(node) => node,
        Err(error) => {
            findings.push(error.finding(path, 0));
            return Outcome::Broken;
        }
    };
    let reader = Reader::new(path, text, "`evidence.yaml`");
    let outcome = match &node.value {
        Value::Table(entries) => {
            for (key, node) in entries {
                match works.binary_search_by(|work| work.key.value.cmp(&key.value)) {
                    Ok(index) => {
                        let work = &mut works[index];
                        work.evidence = evidence(&reader, node, work);
                        leave_out_unsure(&reader, work);
                    }
                    Err(_) => reader.report(unknown_work(&reader, key, works)),
                }
            }
            Outcome::Read
        }
        Value::Null => Outcome::Read,
        Value::Flag(_) | Value::Integer(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => {
            reader.report(
                Diagnostic::new(Code::WrongType, "`evidence.yaml` is not a table of works")
                    .at(path, node.span.clone(), "")
                    .help("begin with a line that is the key of a work and a colon, such as `muise2014:`"),
            );
            Outcome::Broken
        }
    };
    findings.extend(reader.into_findings());
    outcome
}

fn unknown_work(reader: &Reader<'_>, key: &Spanned<String>, works: &[Work]) -> Diagnostic {
    let finding = Diagnostic::new(
        Code::UnknownWork,
        format!("no work has the key `{}`", key.value),
    )
    .at(reader.path(), key.span.clone(), "no bibliography has it");
    let keys = || works.iter().map(|work| work.key.value.as_str());
    let near = nearest(&key.value, keys());
    let place = near.and_then(|near| works.iter().find(|work| work.key.value == near));
    match place {
        Some(work) => finding.help(format!(
            "did you mean `{}`? It is in `{}`",
            work.key.value, work.file
        )),
        None => finding.help(
            "write the key of a work of `content/references.bib`, `.json` or `.yaml`, or add the work there",
        ),
    }
}

fn evidence(reader: &Reader<'_>, node: &Node, work: &Work) -> Evidence {
    if node.value == Value::Null {
        return Evidence::default();
    }
    let key = &work.key.value;
    let fields = Fields::new(reader, node, key).called(format!("`{key}`"));
    let text = |key| {
        fields
            .text(key)
            .map_or_else(String::new, |text| text.value.trim().to_owned())
    };
    let evidence = Evidence {
        kind: fields.choice("kind", &Kind::NAMES),
        strength: fields.choice("strength", &Strength::NAMES),
        population: text("population"),
        finding: text("finding"),
        limits: text("limits"),
        open_access: whole_address(&fields, "open_access"),
        archive: whole_address(&fields, "archive"),
        verified: verified(&fields),
        unsure: fields.texts("unsure").unwrap_or_default(),
        status: status(&fields),
        uncited: fields
            .text("uncited")
            .filter(|text| !text.value.trim().is_empty()),
    };
    if let (Some(Strength::A), Some(kind)) = (evidence.strength, evidence.kind)
        && is_never_strong(kind)
        && let Some(text) = fields.text("strength")
    {
        reader.report(
            Diagnostic::new(
                Code::ContradictoryWork,
                format!(
                    "`{}` is evidence of strength A and of the kind `{}`",
                    work.key.value,
                    kind.name()
                ),
            )
            .at(reader.path(), text.span, "the strongest there is")
            .help("A is for systematic reviews and consistent trials; lower the strength, or correct the kind"),
        );
    }
    fields.check_unknown();
    evidence
}

/// Kinds that test nothing.
fn is_never_strong(kind: Kind) -> bool {
    match kind {
        Kind::Theory | Kind::Experience | Kind::Book | Kind::Website => true,
        Kind::SystematicReview
        | Kind::Trial
        | Kind::Cohort
        | Kind::DiaryStudy
        | Kind::Survey
        | Kind::Laboratory
        | Kind::Interviews
        | Kind::Guideline
        | Kind::Overview => false,
    }
}

/// A whole address; empty when there is none or a wrong one.
fn whole_address(fields: &Fields<'_>, key: &'static str) -> String {
    let Some(text) = fields.text(key) else {
        return String::new();
    };
    let url = text.value.trim();
    if address::is_whole(url) {
        return url.to_owned();
    }
    let reader = fields.reader();
    reader.report(
        Diagnostic::new(
            Code::UnknownValue,
            format!("`{url}` is not a whole address, which `{key}` needs"),
        )
        .at(reader.path(), text.span, "")
        .help("write it from `https://` on, as the browser shows it"),
    );
    String::new()
}

/// `{by: jo, on: 2026-11-22}`, or `no`.
fn verified(fields: &Fields<'_>) -> Option<Verified> {
    let node = fields.node("verified")?;
    let reader = fields.reader();
    match &node.value {
        Value::Text(text) if text == "no" => None,
        Value::Flag(false) => None,
        Value::Table(_) => {
            let table = fields.below(node, "verified");
            let by = table.required_text("by", "write the id of a person of `content/people.yaml`");
            let on = required_date(&table, "on", "write the day, such as `on: 2026-11-21`");
            table.finish();
            Some(Verified { by: by?, on: on? })
        }
        Value::Null
        | Value::Flag(true)
        | Value::Integer(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::List(_) => {
            reader.wrong_type(
                node,
                "verified",
                "who and when",
                "write `{by: jo, on: 2026-11-21}` with the id of a person of `content/people.yaml`, or `no`",
            );
            None
        }
    }
}

/// `{is: retracted, checked: 2026-11-22, notice: https://...}`.
fn status(fields: &Fields<'_>) -> Option<Status> {
    let node = fields.node("status")?;
    let reader = fields.reader();
    if let Value::Text(word) = &node.value
        && Standing::NAMES.iter().any(|(name, _)| name == word)
    {
        reader.report(
            Diagnostic::new(Code::MissingKey, format!("`status` of {} has no `checked`", fields.name()))
                .at(reader.path(), node.span.clone(), "on which day?")
                .help(format!(
                    "write `status: {{is: {word}, checked: 2026-11-21}}` with the day on which you looked"
                )),
        );
        return None;
    }
    let table = fields.below(node, "status");
    // What is no table is reported as such, and lacks nothing besides.
    let is_table = node.value.as_table().is_some();
    let is = is_table.then(|| standing(&table)).flatten();
    let day = "write the day on which you looked, such as `checked: 2026-11-21`";
    let checked = is_table.then(|| required_date(&table, "checked", day));
    let checked = checked.flatten();
    let notice = whole_address(&table, "notice");
    table.finish();
    Some(Status {
        is: is?,
        checked: checked?,
        notice,
    })
}

/// What has become of the work: `is: retracted`.
fn standing(table: &Fields<'_>) -> Option<Standing> {
    let text = table.required_text(
        "is",
        "write `is: current`, `corrected`, `concern` or `retracted`",
    )?;
    let names = || Standing::NAMES.iter().map(|(name, _)| *name);
    let known = Standing::NAMES.iter().find(|(name, _)| *name == text.value);
    if known.is_none() {
        let reader = table.reader();
        reader.report(
            Diagnostic::new(
                Code::UnknownValue,
                format!("`{}` is not a status of a work", text.value),
            )
            .at(reader.path(), text.span, "not known")
            .suggest(
                &text.value,
                names(),
                format!("one of {}", quoted(&names().collect::<Vec<_>>())),
            ),
        );
    }
    known.map(|(_, standing)| *standing)
}

fn required_date(table: &Fields<'_>, key: &'static str, help: &str) -> Option<Date> {
    if table.node(key).is_none() {
        table.required_text(key, help);
        return None;
    }
    table.date(key).map(|date| date.value)
}

#[cfg(test)]
mod tests {
    use citationberg::json::Value as Csl;

    use super::*;
    use crate::diagnostic;
    use crate::records::works::bibtex;

    fn two_works() -> Vec<Work> {
        let bibliography = SourcePath::new("content/references.bib").expect("sound");
        let works = ["doe2014", "roe2015"].into_iter().map(|key| {
            let mut work = Work::new(Spanned::new(key.to_owned(), 0..0), &bibliography);
            work.set("title", Csl::String("T".to_owned()), 1..2);
            work.set("volume", Csl::String("7".to_owned()), 3..4);
            work
        });
        works.collect()
    }

    fn read_beside(text: &str) -> (Vec<Work>, Vec<String>) {
        let mut works = two_works();
        let path = SourcePath::new(FILE).expect("sound");
        let mut findings = Vec::new();
        read_text(&path, text, &mut works, &mut findings);
        let findings = findings
            .iter()
            .map(|finding| {
                let shown = diagnostic::shown(finding, text);
                format!("{shown}: {}", finding.help)
            })
            .collect();
        (works, findings)
    }

    #[test]
    fn all_that_is_known_stands_beside_the_work() {
        let text = "doe2014:\n  kind: diary-study\n  strength: B\n  population: 335 people\n  finding: >\n    Longer\n    affection.\n\
            \x20 limits: Few.\n  open_access: https://example.org/a.pdf\n  archive: http://example.org/\n\
            \x20 verified: {by: jo, on: 2026-11-22}\n  unsure: [volume]\n\
            \x20 status: {is: retracted, checked: 2026-11-22, notice: https://doi.org/10.1000/x}\nroe2015: {verified: no}\n";
        let (works, findings) = read_beside(text);
        assert_eq!(findings, [""; 0]);
        let evidence = &works[0].evidence;
        assert_eq!(evidence.kind, Some(Kind::DiaryStudy));
        assert_eq!(evidence.strength, Some(Strength::B));
        assert_eq!(evidence.finding, "Longer affection.");
        let verified = evidence.verified.as_ref().expect("verified");
        assert_eq!(&text[verified.by.span.clone()], "jo");
        assert_eq!(
            evidence.status.as_ref().map(|status| status.is),
            Some(Standing::Retracted)
        );
        assert_eq!(evidence.unsure[0].value, "volume");
        assert!(!works[0].has("volume"));
        assert!(works[0].fields.iter().all(|(name, _)| name != "volume"));
        assert_eq!(works[1].evidence, Evidence::default());
        assert!(works[1].has("volume"));
    }

    #[test]
    fn fields_that_are_unsure_have_the_names_of_the_bibliography_or_of_csl() {
        let bib = "@article{doe2014, title={T}, journal={J}, year=2014, number=2, pages={1--2}, eid={e1}}\n\
            @incollection{roe2015, title={T}, booktitle={B}, publisher={P}, address={A}, year=2015, number=4}";
        let path = SourcePath::new("content/references.bib").expect("sound");
        let mut works = bibtex::read(&path, bib, &mut Vec::new());
        let text = "doe2014: {unsure: [journal, year, number, pages, month_]}\n\
            roe2015: {unsure: [booktitle, publisher, address, number, issued, doi]}\n";
        let mut findings = Vec::new();
        let path = SourcePath::new(FILE).expect("sound");
        assert_eq!(
            read_text(&path, text, &mut works, &mut findings),
            Outcome::Read
        );
        let messages: Vec<_> = findings
            .iter()
            .map(|finding| finding.message.as_str())
            .collect();
        assert_eq!(messages, ["`doe2014` has no `month_`"]);
        for (work, kept) in works.iter().zip([
            vec!["id", "number", "title", "type"],
            vec!["id", "title", "type"],
        ]) {
            let names: Vec<_> = work.item.0.keys().map(String::as_str).collect();
            assert_eq!(names, kept);
        }
        assert_eq!(works[0].evidence.unsure[2].value, "issue");
    }

    #[test]
    fn a_file_that_cannot_be_read_says_so() {
        for (text, expected) in [
            (
                "doe2014: {kind: survey}\ndoe2014: {kind: survey}\n",
                Outcome::Broken,
            ),
            ("- doe2014\n", Outcome::Broken),
            ("# nothing yet\n", Outcome::Read),
        ] {
            let path = SourcePath::new(FILE).expect("sound");
            let mut findings = Vec::new();
            let outcome = read_text(&path, text, &mut [], &mut findings);
            assert_eq!(outcome, expected, "{text}");
            assert_eq!(!findings.is_empty(), outcome == Outcome::Broken, "{text}");
        }
    }

    #[test]
    fn what_lies_below_a_work_is_called_by_its_name() {
        let text = "doe2014: {verified: {by: jo}, status: {is: retractd}, kimd: survey}\nroe2015: {status: current}\n";
        let (path, mut works) = (SourcePath::new(FILE).expect("sound"), two_works());
        let mut findings = Vec::new();
        read_text(&path, text, &mut works, &mut findings);
        let messages: Vec<_> = findings
            .iter()
            .map(|finding| finding.message.as_str())
            .collect();
        assert_eq!(
            messages,
            [
                "`verified` of `doe2014` has no `on`",
                "`retractd` is not a status of a work",
                "`status` of `doe2014` has no `checked`",
                "unknown key `kimd` in `doe2014`",
                "`status` of `roe2015` has no `checked`",
            ]
        );
    }

    #[test]
    fn mistakes_are_found_at_their_places() {
        let text = "doe2015: {kind: survey}\ndoe2014:\n  kind: website\n  strength: A\n  open_access: www.example.org\n\
            \x20 verified: true\n  unsure: [volum]\n  status: retracted\n  finding_: x\n\
            roe2015:\n  verified: {by: jo}\n  status: {is: gone, notice: nowhere}\n  strength: E\n";
        assert_eq!(
            read_beside(text).1,
            [
                "unknown-work \"doe2015\": did you mean `doe2014`? It is in `content/references.bib`",
                "unknown-value \"www.example.org\": write it from `https://` on, as the browser shows it",
                "wrong-type \"true\": write `{by: jo, on: 2026-11-21}` with the id of a person of `content/people.yaml`, or `no`",
                "missing-key \"retracted\": write `status: {is: retracted, checked: 2026-11-21}` with the day on which you looked",
                "contradictory-work \"A\": A is for systematic reviews and consistent trials; lower the strength, or correct the kind",
                "unknown-key \"finding_\": did you mean `finding`?",
                "contradictory-work \"volum\": did you mean `volume`?",
                "unknown-value \"E\": one of `A`, `B`, `C` and `D`",
                "missing-key \"\": write the day, such as `on: 2026-11-21`",
                "unknown-value \"gone\": one of `current`, `corrected`, `concern` and `retracted`",
                "missing-key \"\": write the day on which you looked, such as `checked: 2026-11-21`",
                "unknown-value \"nowhere\": write it from `https://` on, as the browser shows it",
            ]
        );
    }
}
