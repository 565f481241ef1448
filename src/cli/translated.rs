//! `afterword translated`.

use afterword::checks::translations::uneven;
use afterword::diagnostic::{Diagnostic, Severity};
use afterword::document::Document;
use afterword::path::SourcePath;
use afterword::pipeline::{Loaded, Options, Workspace};
use afterword::records::reviews::shown;
use afterword::records::translations;
use afterword::scaffold::translations::{NewTranslation, write_translations};
use afterword::site::{LanguageId, Site, Written};

use super::args::Translated;
use super::review::{document, person};
use super::words::count;
use super::{End, Failure, expect_site, print, system_date};

/// Writes down that translations say what their source says now.
pub fn run(command: &Translated) -> Result<End, Failure> {
    expect_site(&command.folder.site)?;
    let today = system_date();
    let on = command.on.unwrap_or(today);
    if on > today {
        return Err(usage(
            format!("{on} is still to come"),
            "write the day on which the translation was finished, or leave `--on` out for today",
        ));
    }
    // A page may be translated before it is published, but whoever says "all" does not mean drafts.
    let options = Options {
        today,
        drafts: !command.all,
        base_url: None,
    };
    let loaded = Workspace::new(&command.folder.site, options).load()?;
    let site = &loaded.site;
    if let Some(by) = &command.by {
        person(site, by, "translate")?;
    }
    let pairs = asked(site, command)?;
    let faults = faults(&loaded, &pairs, command);
    if !faults.is_empty() {
        print::diagnostics(&faults, &*loaded.inputs);
        print::failure("nothing was written down", "mend what is shown above first");
        return Ok(End::SiteHasErrors);
    }
    let new: Vec<_> = pairs
        .iter()
        .map(|pair| record(site, pair, command, on))
        .collect();
    write_translations(&command.folder.site, &new)?;
    let mut text = format!("Wrote down in `{}`, as of {on}:\n", translations::FILE);
    for ((translation, source), record) in pairs.iter().zip(&new) {
        let paragraphs = count(record.paragraphs.len(), "paragraph");
        let words = match record.words.len() {
            0 => String::new(),
            number => format!(" and {number} sets of words"),
        };
        text.push_str(&format!(
            "  `{}` says what `{}` says, {paragraphs}{words}\n",
            shown(&translation.path),
            shown(&source.document.path)
        ));
    }
    print::result(&text);
    Ok(End::Done)
}

/// A translation and its source.
type Pair<'a> = (&'a Document, &'a Written);

/// The translations that the command names.
fn asked<'a>(site: &'a Site, command: &Translated) -> Result<Vec<Pair<'a>>, Failure> {
    if !command.all {
        let pages = command.pages.iter();
        return pages
            .map(|page| pair(site, document(site, page)?))
            .collect();
    }
    let topics = site.topics();
    let written = topics.flat_map(|topic| topic.documents.iter().skip(1).flatten());
    let visible = written.filter(|written| written.hidden.is_none());
    let pairs = visible.filter_map(|written| {
        let document = &*written.document;
        Some((document, site.source_of(document)?))
    });
    let pairs: Vec<_> = pairs.collect();
    if pairs.is_empty() {
        let message = "the site has no translations".to_owned();
        return Err(usage(
            message,
            "write one beside its source, such as `low-mood.es.md` beside `low-mood.md`",
        ));
    }
    Ok(pairs)
}

fn pair<'a>(site: &'a Site, document: &'a Document) -> Result<Pair<'a>, Failure> {
    site.source_of(document)
        .map(|source| (document, source))
        .ok_or_else(|| {
            let first = site.language_code(LanguageId::FIRST);
            usage(
                format!("`{}` is no translation", shown(&document.path)),
                &format!(
                    "name a page that is not in `{first}` and has a source that is, such as `low-mood.es.md` beside `low-mood.md`"
                ),
            )
        })
}

/// What has to be mended before: errors of a page, of its source or of the records, and a translation
/// that is not built like its source.
fn faults(loaded: &Loaded, pairs: &[Pair<'_>], command: &Translated) -> Vec<Diagnostic> {
    let is_of = |path: &SourcePath| {
        let mut files = pairs
            .iter()
            .flat_map(|(translation, source)| [&translation.path, &source.document.path]);
        path.as_str() == translations::FILE || files.any(|file| file == path)
    };
    let is_error = |finding: &&Diagnostic| {
        let mut labels = finding.labels.iter().take(1);
        finding.severity == Severity::Error && labels.any(|label| is_of(&label.path))
    };
    let mut faults: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(is_error)
        .cloned()
        .collect();
    if !command.uneven {
        let pairs = pairs.iter();
        faults.extend(
            pairs.filter_map(|(translation, source)| uneven(translation, &source.document, None)),
        );
    }
    faults
}

fn record(
    site: &Site,
    (translation, source): &Pair<'_>,
    command: &Translated,
    on: jiff::civil::Date,
) -> NewTranslation {
    let paragraphs = source.document.paragraphs().iter();
    let language = site.language_code(LanguageId::FIRST);
    let words = site.picker_of_source(source).map(|picker| {
        let words = picker.all_words().into_iter();
        words
            .map(|words| (words.name(), words.hash(language)))
            .collect()
    });
    NewTranslation {
        page: translation.path.clone(),
        on,
        by: command.by.clone(),
        is_uneven: command.uneven && uneven(translation, &source.document, None).is_some(),
        paragraphs: paragraphs.map(|it| (it.kind, it.hash)).collect(),
        words: words.unwrap_or_default(),
    }
}

fn usage(message: String, help: &str) -> Failure {
    Failure::Usage {
        message,
        help: help.to_owned(),
    }
}
