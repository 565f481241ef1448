//! Pickers that cannot be: pages without a file, files without a page, and what their ideas name that
//! is not there.
//!
//! What is wrong with a file by itself is found when it is read, and passed on here; what its answers
//! leave is looked at in [`choices`]. A file that only drafts name is left alone.

mod choices;
mod left;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::{Subject, citations, languages, links};
use crate::data::{Spanned, quoted};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::document::front_matter::Kind;
use crate::document::{Document, Target};
use crate::records::pickers::{Idea, Values, is_file};
use crate::records::{InLanguages, Picker};
use crate::site::Site;
use crate::site::links::relative_path;

/// What to do about evidence that is no work.
const NO_WORK: &str = "correct the key, describe the work in the bibliography, or write `evidence: personal preference` for a matter of taste";

/// The pickers that a visible page shows.
pub fn shown(site: &Site) -> impl Iterator<Item = &Picker> {
    let documents = site.topics().flat_map(|topic| &topic.documents);
    let visible = documents
        .flatten()
        .filter(|written| written.hidden.is_none() && written.keys.kind == Some(Kind::Picker));
    let files: BTreeSet<_> = visible
        .filter_map(|written| written.document.picker_file())
        .collect();
    let pickers = site.pickers.iter();
    pickers.filter(move |picker| files.contains(&picker.file))
}

/// A page of kind `picker` has a file, and no other page has one.
pub fn check_page(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    let is_picker = subject.keys.kind == Some(Kind::Picker);
    let at =
        |code, message, span, label| Diagnostic::new(code, message).at(&document.path, span, label);
    findings.push(match &document.front_matter.picker {
        None if is_picker => {
            let message = "a page of kind `picker`, and no key `picker`";
            let span = document.title_span();
            at(Code::MissingKey, message, span, "has nothing to choose from")
                .help("name the file, such as `picker: activities.yaml`, or take the line `kind: picker` away")
        }
        Some(file) if !is_picker => {
            let message = "`picker` on a page of another kind";
            let span = file.span.clone();
            at(Code::UnknownKey, message, span, "nothing reads this key")
                .help("write `kind: picker`, or take the line away")
        }
        Some(file) if !is_there(subject.site, document) => {
            missing_file(subject.site, document, file)
        }
        None | Some(_) => return,
    });
}

fn is_there(site: &Site, document: &Document) -> bool {
    let file = document.picker_file();
    file.is_some_and(|file| site.pickers.iter().any(|picker| picker.file == file))
}

fn missing_file(site: &Site, document: &Document, written: &Spanned<String>) -> Diagnostic {
    let files = site.inputs.below("content").map(|(path, _)| path);
    // `_defaults.yaml` and the like hold settings of a folder.
    let files = files.filter(|path| is_file(path) && !path.file_name().starts_with('_'));
    let paths: Vec<_> = files
        .map(|path| relative_path(&document.path, path))
        .collect();
    let name_of = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let near = nearest(&written.value, paths.iter().map(String::as_str)).or_else(|| {
        let names: Vec<_> = paths.iter().map(|path| name_of(path)).collect();
        let name = name_of(&written.value);
        let near = nearest(&name, names.iter().map(String::as_str))?;
        let place = names.iter().position(|name| name == near)?;
        Some(paths[place].as_str())
    });
    let help = near.map_or_else(
        || "write the path of a `.yaml` file below `content/`, seen from this file".to_owned(),
        |near| format!("the nearest is `{near}`"),
    );
    Diagnostic::new(
        Code::MissingFile,
        format!("no YAML file at `{}`", written.value),
    )
    .at(&document.path, written.span.clone(), "not found")
    .help(help)
}

/// The files of pickers that are shown.
pub fn check(site: &Site, findings: &mut Vec<Diagnostic>) {
    for picker in shown(site) {
        findings.extend(picker.findings.iter().cloned());
        for words in texts(picker) {
            languages::check(site, &picker.file, words, findings);
        }
        for (name, _) in &picker.words {
            findings.extend(unknown_words(site, picker, name));
        }
        for idea in &picker.ideas {
            let keys = idea.evidence.works().iter();
            let unknown = keys.filter(|key| site.works.find(&key.value).is_none());
            findings
                .extend(unknown.map(|key| citations::unknown(site, &picker.file, key, NO_WORK)));
            findings.extend(unknown_picture(site, picker, idea));
            if let Some(see) = &idea.see {
                check_see(site, picker, see, findings);
            }
        }
        choices::check(picker, &site.config.first_language().code, findings);
    }
}

/// A theme's pictures are what a page may name as `art` in `extra`.
fn unknown_picture(site: &Site, picker: &Picker, idea: &Idea) -> Option<Diagnostic> {
    let written = idea.picture.as_ref()?;
    let known = site.theme.extra_choices("art")?;
    if known.contains(&written.value) {
        return None;
    }
    let message = format!("the theme has no picture called `{}`", written.value);
    let names = known.iter().map(String::as_str);
    let all = format!("one of `{}`", known.join("`, `"));
    Some(
        Diagnostic::new(Code::UnknownValue, message)
            .at(&picker.file, written.span.clone(), "not known")
            .suggest(&written.value, names, all),
    )
}

/// All words for readers.
fn texts(picker: &Picker) -> Vec<&InLanguages> {
    let mut texts: Vec<_> = picker.words.iter().map(|(_, words)| words).collect();
    for facet in &picker.facets {
        texts.extend([&facet.name, &facet.question, &facet.help]);
        match &facet.values {
            Values::Words(named) => texts.extend(named.iter().map(|(_, name)| name)),
            Values::Numbers(unit) => texts.push(unit),
        }
        texts.extend(facet.choices.iter().map(|choice| &choice.name));
    }
    for list in &picker.lists {
        texts.extend([&list.title, &list.description]);
    }
    for idea in &picker.ideas {
        texts.extend([&idea.name, &idea.how, &idea.not_for, &idea.safety]);
    }
    texts
}

/// Words that the theme does not have, and so never shows.
fn unknown_words(site: &Site, picker: &Picker, name: &Spanned<String>) -> Option<Diagnostic> {
    let strings = site.theme.words(&site.config.first_language().code);
    let names: Vec<_> = strings
        .keys()
        .filter_map(|key| key.strip_prefix("picker_"))
        .collect();
    if names.contains(&name.value.as_str()) {
        return None;
    }
    let help = match names.as_slice() {
        [] => "take the line away: the theme has no words that begin with `picker_`".to_owned(),
        names => format!("the theme has {}", quoted(names)),
    };
    let message = format!("the theme has no words `picker_{}`", name.value);
    Some(
        Diagnostic::new(Code::UnknownKey, message)
            .at(&picker.file, name.span.clone(), "nothing shows these words")
            .suggest(&name.value, names.iter().copied(), help),
    )
}

/// A page that tells more, for readers of each language.
fn check_see(site: &Site, picker: &Picker, see: &Spanned<String>, findings: &mut Vec<Diagnostic>) {
    let target = Target::new(&see.value);
    let (path, heading) = match &target {
        Target::File { path, fragment } if path.ends_with(".md") => (path, fragment),
        Target::File { .. }
        | Target::External(_)
        | Target::Contact(_)
        | Target::Here(_)
        | Target::Wiki { .. }
        | Target::Refused { .. } => {
            let message = format!("`{}` is not the path of a page", see.value);
            findings.push(
                Diagnostic::new(Code::BrokenLink, message)
                    .at(&picker.file, see.span.clone(), "leads nowhere")
                    .help("write the path of the page's `.md` file, seen from this file"),
            );
            return;
        }
    };
    let text = site.inputs.text_of(&picker.file);
    let text = text.map_or("", |text| &**text);
    // The same problem in two languages is one: `diagnostic::sort` drops what is there twice.
    for language in site.languages() {
        if let Err(problem) = site.page_seen_from(&picker.file, language, (path, heading)) {
            findings.push(links::finding_in(
                (&picker.file, text),
                &see.span,
                path,
                problem,
            ));
        }
    }
}
