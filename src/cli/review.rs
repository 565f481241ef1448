//! `afterword review`.

use afterword::diagnostic::{Diagnostic, Severity, nearest};
use afterword::document::Document;
use afterword::path::{SourcePath, UrlPath};
use afterword::pipeline::{Loaded, Options, Workspace};
use afterword::records::Person;
use afterword::records::reviews::{self, shown};
use afterword::scaffold::records::{self, NewReview};
use afterword::site::Site;

use super::args::Review;
use super::{End, Failure, expect_site, print, system_date};

/// Writes down that somebody has reviewed a page as it is now.
pub fn run(command: &Review) -> Result<End, Failure> {
    expect_site(&command.folder.site)?;
    let today = system_date();
    let on = command.on.unwrap_or(today);
    check_days(command, on, today)?;
    // A page may be reviewed before it is published.
    let options = Options {
        today,
        drafts: true,
        base_url: None,
    };
    let loaded = Workspace::new(&command.folder.site, options).load()?;
    let site = &loaded.site;
    let document = document(site, &command.page)?;
    let errors = errors_of(&loaded, &document.path);
    if !errors.is_empty() {
        print::diagnostics(&errors, &*loaded.inputs);
        print::failure(
            "no review was written down",
            "mend what is shown above first, so that the text that is reviewed is the one that readers see",
        );
        return Ok(End::SiteHasErrors);
    }
    let person = person(site, &command.by, "review")?;
    let keys = site.keys_of(document);
    let review = NewReview {
        page: document.path.clone(),
        by: person.id.value.clone(),
        on,
        checked: command.checked.clone().unwrap_or_default(),
        due: command.due,
        fingerprint: site.fingerprint(document, keys),
    };
    refuse_repetition(site, &review)?;
    records::add_review(&command.folder.site, &review)?;
    let page = shown(&document.path);
    let due = command.due.unwrap_or_else(|| site.usual_due(on));
    let mut text = format!(
        "Wrote down in `{}` that {} has reviewed `{page}` on {on}.\nThe next review is due on {due}.\n",
        reviews::FILE,
        person.name
    );
    let mut authors = keys.authors.iter().flatten();
    if authors.any(|author| author.value == review.by) {
        text.push_str(&format!(
            "\n{} is an author of this page, which `afterword check` will warn of.\n",
            person.name
        ));
    }
    print::result(&text);
    Ok(End::Done)
}

fn check_days(
    command: &Review,
    on: jiff::civil::Date,
    today: jiff::civil::Date,
) -> Result<(), Failure> {
    if on > today {
        return Err(usage(
            format!("{on} is still to come"),
            "write the day on which the page was reviewed, or leave `--on` out for today",
        ));
    }
    match command.due {
        Some(due) if due <= on => Err(usage(
            format!("the next review would be due on {due}, not after this one"),
            "write a later day, or leave `--due` out for the usual time",
        )),
        Some(_) | None => Ok(()),
    }
}

/// The article that somebody names by its file or by its address.
pub(super) fn document<'a>(site: &'a Site, written: &str) -> Result<&'a Document, Failure> {
    let name = written.strip_prefix("./").unwrap_or(written);
    let name = name.strip_prefix("content/").unwrap_or(name);
    let documents = || {
        let topics = site.topics();
        topics
            .flat_map(|topic| topic.documents.iter().flatten())
            .map(|written| &*written.document)
    };
    let with_ending = format!("{name}.md");
    let by_file = documents().find(|document| {
        let file = shown(&document.path);
        file == name || file == with_ending
    });
    let by_address = || {
        let address = written.split(['#', '?']).next().unwrap_or_default();
        let base = site.config.base_url.absolute("");
        let address = address.strip_prefix(&base).unwrap_or(address);
        let address = address.strip_suffix("index.html").unwrap_or(address);
        let url = UrlPath::new(&format!("{}/", address.trim_end_matches('/')))?;
        site.page(site.page_at(&url)?).document.as_deref()
    };
    by_file.or_else(by_address).ok_or_else(|| {
        let files: Vec<_> = documents().map(|document| shown(&document.path)).collect();
        let near = nearest(&with_ending, files.iter().copied())
            .or_else(|| nearest(name, files.iter().copied()));
        let help = near.map_or_else(
            || {
                "write the path of the page's file below `content/`, such as \
                 `caring/low-mood.md`, or the page's address"
                    .to_owned()
            },
            |near| format!("did you mean `{near}`?"),
        );
        usage(format!("no page at `{written}`"), &help)
    })
}

pub(super) fn person<'a>(site: &'a Site, id: &str, done: &str) -> Result<&'a Person, Failure> {
    let Some((_, person)) = site.person(id) else {
        let ids = site.people.iter().map(|person| person.id.value.as_str());
        let help = nearest(id, ids).map_or_else(
            || "add the person to `content/people.yaml` first".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(usage(format!("nobody has the id `{id}`"), &help));
    };
    if person.is_example && !site.config.features.specimen {
        return Err(usage(
            format!("`{id}` is an invented example, who cannot {done} anything"),
            "add a real person to `content/people.yaml`, without `example: true`",
        ));
    }
    Ok(person)
}

/// The errors of an article, and those of the file that the record goes into.
fn errors_of(loaded: &Loaded, page: &SourcePath) -> Vec<Diagnostic> {
    let is_here = |finding: &&Diagnostic| {
        let mut labels = finding.labels.iter().take(1);
        finding.severity == Severity::Error
            && labels.any(|label| label.path == *page || label.path.as_str() == reviews::FILE)
    };
    loaded.diagnostics.iter().filter(is_here).cloned().collect()
}

fn refuse_repetition(site: &Site, review: &NewReview) -> Result<(), Failure> {
    let mut known = site.reviews.iter();
    let is_there = known.any(|known| {
        known.page.value == review.page
            && known.by.value == review.by
            && known.on.value == review.on
            && known.text == review.fingerprint.text
    });
    if !is_there {
        return Ok(());
    }
    Err(usage(
        format!(
            "`{}` has this review by `{}` on {} already",
            reviews::FILE,
            review.by,
            review.on
        ),
        "the text is still the one of that record; nothing was changed",
    ))
}

fn usage(message: String, help: &str) -> Failure {
    Failure::Usage {
        message,
        help: help.to_owned(),
    }
}
