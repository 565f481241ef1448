//! Takes `content/services.yaml` apart, and says what is wrong with an entry by itself.

use std::ops::Range;

use super::{Checked, FILE, Need, OnBill, Region, Service, TextLine};
use crate::data::{Fields, Node, Reader, Spanned, Value, quoted};
use crate::diagnostic::{Code, Diagnostic};
use crate::records::InLanguages;
use crate::records::list_file::{ListFile, check_id, same_id};
use crate::source::Inputs;

const LIST: ListFile = ListFile {
    path: FILE,
    called: "`services.yaml`",
    of: "places",
    begin: "begin each place with a line `- id: short-name`",
};

/// Reads the file; no regions when there is none.
pub fn read(inputs: &Inputs, findings: &mut Vec<Diagnostic>) -> Vec<Region> {
    LIST.read(inputs, findings, regions)
}

fn regions(reader: &Reader<'_>, entries: &[Node]) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for entry in entries {
        let Some(region) = region(&Fields::new(reader, entry, "region")) else {
            continue;
        };
        let known = regions.iter().find(|it| it.id.value == region.id.value);
        if let Some(first) = known {
            let ids = [&first.id, &region.id];
            let help = "give each place an id of its own, or put their services together";
            same_id(reader, "places", ids, help);
        } else {
            regions.push(region);
        }
    }
    regions
}

fn region(fields: &Fields<'_>) -> Option<Region> {
    let id = fields.required_text(
        "id",
        "write a short name, such as `id: malta`, that links can use",
    );
    let name = InLanguages::read(fields, "name");
    let note = InLanguages::read(fields, "note");
    let emergency = emergency(fields);
    let services = fields.list("services").iter();
    let services: Vec<_> = services
        .map(|node| service(&Fields::new(fields.reader(), node, "service"), Entry::Whole))
        .collect();
    fields.check_unknown();
    let id = id?;
    let report = |code, message: String, span: Range<usize>, help: String| {
        let reader = fields.reader();
        reader.report(
            Diagnostic::new(code, message)
                .at(reader.path(), span, "")
                .help(help),
        );
    };
    check_id(fields.reader(), &id);
    if name.is_empty() {
        report(
            Code::MissingKey,
            format!("the place `{}` has no `name`", id.value),
            id.span.clone(),
            "write what readers call it, such as `name: Malta`".to_owned(),
        );
    }
    if emergency.is_none() && services.is_empty() {
        report(
            Code::MissingKey,
            format!("the place `{}` names nobody to call", id.value),
            id.span.clone(),
            "write its emergency number, such as `emergency: 112`, or take the place away"
                .to_owned(),
        );
    }
    Some(Region {
        id,
        name,
        note,
        emergency,
        services,
    })
}

/// How much of an entry is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// A service with what it is for.
    Whole,
    /// An emergency number, which needs neither.
    Emergency,
}

/// `emergency: 112`, `emergency: [112, 999]`, or a table with all that a service can have.
fn emergency(fields: &Fields<'_>) -> Option<Service> {
    let node = fields.node("emergency")?;
    let reader = fields.reader();
    match &node.value {
        Value::Table(_) => {
            let table = Fields::new(reader, node, "emergency");
            Some(service(&table, Entry::Emergency))
        }
        Value::Null
        | Value::Flag(_)
        | Value::Integer(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::List(_) => Some(Service {
            span: node.span.clone(),
            needs: vec![Need::Emergency],
            name: String::new(),
            phones: phones(fields, "emergency"),
            text: None,
            chat: String::new(),
            web: String::new(),
            hours: InLanguages::default(),
            languages: InLanguages::default(),
            cost: InLanguages::default(),
            on_bill: OnBill::Unsaid,
            note: InLanguages::default(),
            checked: None,
        }),
    }
}

fn service(fields: &Fields<'_>, entry: Entry) -> Service {
    const ON_BILL: [(&str, OnBill); 3] = [
        ("yes", OnBill::Yes),
        ("no", OnBill::No),
        ("unknown", OnBill::Unknown),
    ];
    let name = fields.text("name");
    let found = fields.entries().first();
    let span = name.as_ref().map_or_else(
        || found.map_or(fields.span(), |(key, _)| key.span.clone()),
        |name| name.span.clone(),
    );
    let needs = match entry {
        Entry::Whole => needs(fields, &span),
        Entry::Emergency => vec![Need::Emergency],
    };
    let service = Service {
        needs,
        name: name.map_or_else(String::new, |name| name.value),
        phones: phones(fields, "phone"),
        text: text_line(fields),
        chat: address(fields, "chat"),
        web: address(fields, "web"),
        hours: InLanguages::read(fields, "hours"),
        languages: InLanguages::read(fields, "languages"),
        cost: InLanguages::read(fields, "cost"),
        on_bill: fields.choice("on_bill", &ON_BILL).unwrap_or_default(),
        note: InLanguages::read(fields, "note"),
        checked: checked(fields),
        span,
    };
    let has_way = !service.phones.is_empty()
        || service.text.is_some()
        || !service.chat.is_empty()
        || !service.web.is_empty();
    // A way that cannot be read was reported where it stands.
    let tries = ["phone", "text", "chat", "web"];
    let tried = |(key, _): &(Spanned<String>, Node)| tries.contains(&key.value.as_str());
    if !has_way && !fields.entries().iter().any(tried) {
        fields.reader().report(
            Diagnostic::new(Code::MissingKey, "there is no way to reach this service")
                .at(fields.reader().path(), service.span.clone(), "")
                .help("write at least one of `phone`, `text`, `chat` and `web`"),
        );
    }
    fields.check_unknown();
    service
}

/// What a service is for: a word, or a list of words.
fn needs(fields: &Fields<'_>, place: &Range<usize>) -> Vec<Need> {
    let reader = fields.reader();
    let all: Vec<_> = Need::NAMES.iter().map(|(name, _)| *name).collect();
    let Some(words) = fields.texts("need") else {
        if fields.node("need").is_none() {
            reader.report(
                Diagnostic::new(Code::MissingKey, "a service has no `need`")
                    .at(reader.path(), place.clone(), "")
                    .help(format!("say what it is for: one of {}", quoted(&all))),
            );
        }
        return Vec::new();
    };
    let mut needs = Vec::new();
    for word in words {
        match Need::NAMES.iter().find(|(name, _)| *name == word.value) {
            Some((_, need)) => needs.push(*need),
            None => reader.report(
                Diagnostic::new(
                    Code::UnknownValue,
                    format!("`{}` is not a `need`", word.value),
                )
                .at(reader.path(), word.span, "not known")
                .suggest(
                    &word.value,
                    all.iter().copied(),
                    format!("one of {}", quoted(&all)),
                ),
            ),
        }
    }
    needs
}

/// Telephone numbers: one, or a list.
fn phones(fields: &Fields<'_>, key: &'static str) -> Vec<String> {
    let numbers = fields.texts(key).unwrap_or_default();
    numbers
        .into_iter()
        .filter_map(|number| phone(fields.reader(), number))
        .collect()
}

fn phone(reader: &Reader<'_>, number: Spanned<String>) -> Option<String> {
    let can_be_called = number.value.chars().any(|c| c.is_ascii_digit())
        && !number.value.chars().any(char::is_alphabetic);
    if !can_be_called {
        reader.report(
            Diagnostic::new(
                Code::UnknownValue,
                format!("`{}` is not a telephone number", number.value),
            )
            .at(reader.path(), number.span, "cannot be called")
            .help("write the digits as people read them, such as `0123 456 789`; words belong into `name` or `note`"),
        );
        return None;
    }
    Some(number.value.trim().to_owned())
}

fn text_line(fields: &Fields<'_>) -> Option<TextLine> {
    let table = fields.table("text")?;
    let to = table.required_text(
        "to",
        "write the number that messages go to, such as `text: {to: 12345}`",
    );
    let word = table.text("word");
    table.finish();
    Some(TextLine {
        to: phone(fields.reader(), to?)?,
        word: word.map_or_else(String::new, |word| word.value),
    })
}

fn address(fields: &Fields<'_>, key: &'static str) -> String {
    let Some(address) = fields.text(key) else {
        return String::new();
    };
    if !address.value.starts_with("https://") {
        let reader = fields.reader();
        reader.report(
            Diagnostic::new(
                Code::UnknownValue,
                format!("`{}` is not a whole address", address.value),
            )
            .at(reader.path(), address.span, "")
            .help("write an address that begins with `https://`"),
        );
        return String::new();
    }
    address.value
}

/// A check is a day and a person; one without the other is none.
fn checked(fields: &Fields<'_>) -> Option<Checked> {
    let has = |wanted: &str| fields.entries().iter().any(|(key, _)| key.value == wanted);
    let (has_day, has_person) = (has("checked"), has("checked_by"));
    let on = fields.date("checked");
    let by = fields.text("checked_by");
    let reader = fields.reader();
    let half = |message: &str, span: Range<usize>, help: &str| {
        reader.report(
            Diagnostic::new(Code::MissingKey, message)
                .at(reader.path(), span, "")
                .help(help),
        );
    };
    match (&on, &by) {
        (Some(on), None) if !has_person => half(
            "a check that names nobody",
            on.span.clone(),
            "write who called, as `checked_by:` with an id of `content/people.yaml`",
        ),
        (None, Some(by)) if !has_day => half(
            "a check without a day",
            by.span.clone(),
            "write the day of the check, such as `checked: 2026-11-22`",
        ),
        _ => {}
    }
    Some(Checked { on: on?, by: by? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic;
    use crate::path::SourcePath;
    use crate::records::services::Standing;

    fn read(text: &str) -> (Vec<Region>, Vec<String>) {
        let path = SourcePath::new(FILE).expect("sound");
        let mut findings = Vec::new();
        let regions = LIST.parse(&path, text, &mut findings, regions);
        let findings = findings.into_iter().map(|finding| {
            let shown = diagnostic::shown(&finding, text);
            format!("{shown}: {} / {}", finding.message, finding.help)
        });
        (regions, findings.collect())
    }

    #[test]
    fn an_emergency_number_is_a_number_several_or_a_table() {
        let (regions, findings) = read(
            "- {id: a, name: A, emergency: 000}\n- {id: b, name: B, emergency: [112, 999]}\n- {id: c, name: C, emergency: {phone: 112, note: Here}}\n",
        );
        assert_eq!(findings, Vec::<String>::new());
        let phones = |region: &Region| region.emergency.as_ref().expect("there").phones.clone();
        let all: Vec<_> = regions.iter().map(phones).collect();
        assert_eq!(all, [vec!["000"], vec!["112", "999"], vec!["112"]]);
    }

    #[test]
    fn every_mistake_in_an_entry_is_found_at_its_place() {
        let (_, findings) = read(
            "- id: Far away\n  emergency: call us\n  services:\n    - need: [crises, abuse]\n      name: Line\n      phone: 123 HELP\n      web: http://line.example\n      on_bill: maybe\n      checked: 2026-01-01\n      hour: always\n    - name: Other\n",
        );
        assert_eq!(
            findings,
            [
                "unknown-value \"call us\": `call us` is not a telephone number / write the digits as people read them, such as `0123 456 789`; words belong into `name` or `note`",
                "unknown-value \"crises\": `crises` is not a `need` / did you mean `crisis`?",
                "unknown-value \"123 HELP\": `123 HELP` is not a telephone number / write the digits as people read them, such as `0123 456 789`; words belong into `name` or `note`",
                "unknown-value \"http://line.example\": `http://line.example` is not a whole address / write an address that begins with `https://`",
                "unknown-value \"maybe\": `maybe` is not a `on_bill` / one of `yes`, `no` and `unknown`",
                "missing-key \"2026-01-01\": a check that names nobody / write who called, as `checked_by:` with an id of `content/people.yaml`",
                "unknown-key \"hour\": unknown key `hour` in `services.yaml` / did you mean `hours`?",
                "missing-key \"Other\": a service has no `need` / say what it is for: one of `emergency`, `sexual-violence`, `abuse`, `crisis`, `sexual-health`, `lgbt`, `men`, `young-people`, `deaf-relay` and `other`",
                "missing-key \"Other\": there is no way to reach this service / write at least one of `phone`, `text`, `chat` and `web`",
                "unknown-value \"Far away\": `Far away` cannot be an id / write lower-case letters, digits and hyphens, such as `far-away`",
                "missing-key \"Far away\": the place `Far away` has no `name` / write what readers call it, such as `name: Malta`",
            ]
        );
    }

    #[test]
    fn a_check_holds_for_so_many_days() {
        let (regions, findings) = read(
            "- id: a\n  name: A\n  emergency: {phone: 112, checked: 2026-01-01, checked_by: jo}\n  services: [{need: crisis, phone: 1}]\n",
        );
        assert_eq!(findings, Vec::<String>::new());
        let standing = |place: usize, today: &str| {
            let service = regions[0].all().nth(place).expect("there");
            service.standing(today.parse().expect("a day"), 90)
        };
        assert_eq!(standing(0, "2026-04-01"), Standing::Current);
        assert_eq!(standing(0, "2026-04-02"), Standing::Stale);
        assert_eq!(standing(1, "2026-04-02"), Standing::Unchecked);
    }

    #[test]
    fn a_place_says_which_urgent_needs_nobody_answers() {
        let (regions, _) =
            read("- {id: a, name: A, services: [{need: [abuse, lgbt], phone: \"1\"}]}\n");
        let missing: Vec<_> = regions[0].missing().collect();
        assert_eq!(missing, [Need::SexualViolence, Need::Crisis]);
    }
}
