//! Fills the contract for one page, and has the theme render it.

use super::body::BodyRenderer;
use super::feedback::{self, Matter};
use super::finish::{Finished, finish};
use super::other_languages;
use super::references;
use super::sources::{self, ExportFormat};
use super::terms::Marker;
use super::views::{self, Views};
use super::{cards, pickers, reviews, services, structured_data, translations};
use crate::contacts;
use crate::diagnostic::Diagnostic;
use crate::document::body;
use crate::path::UrlPath;
use crate::site::{LanguageId, Page, PageId, PageKind, Site};
use crate::theme::contract::{self, Address, Heading, Root, Section, Tag, Translation};
use crate::theme::shape::{Html, Shared};

/// How many related pages are shown at most.
const RELATED: usize = 4;

/// The HTML of a page, and what it contacts. `addresses` are for a page that tells them.
pub fn render(
    site: &Site,
    views: &Views,
    id: PageId,
    addresses: Vec<Address>,
) -> Result<Finished, Vec<Diagnostic>> {
    let page = site.page(id);
    let template = match &page.keys.template {
        Some(template) => template_file(&template.value),
        None => page.kind.template().to_owned(),
    };
    let root = if page.kind == PageKind::NotFound {
        // Served at any depth, so it names the site's root by its whole path.
        site.config.base_url.path().to_owned()
    } else {
        page.url.to_root()
    };
    let mut view = view(site, views, id);
    fill_lists(site, views, id, &mut view);
    view.addresses = addresses;
    let mut findings = Vec::new();
    if let Some(document) = &page.document {
        let mut renderer = BodyRenderer::new(site, views, document, id, &root);
        view.content_note = document
            .content_note
            .as_ref()
            .map_or_else(Html::default, |note| renderer.text(note));
        view.key_messages = document
            .key_messages
            .iter()
            .map(|message| renderer.text(message))
            .collect();
        if matches!(page.kind, PageKind::Faq | PageKind::Help) {
            (view.body, view.questions) = renderer.questions(&document.body);
        } else {
            view.body = renderer.text(&document.body);
        }
        view.footnotes = renderer.footnotes(&document.body);
        if let Some(mut marker) = Marker::new(site, id, &root) {
            marker.mark(&mut view.body);
            for question in &mut view.questions {
                marker.mark(&mut question.answer);
            }
            view.terms = marker.terms(views, page, &root);
        }
        view.changes = reviews::changes(&mut renderer, views, page.language, document);
        if let Some(description) = &document.description {
            view.lead = renderer.text(description);
        }
        let cited = renderer.take_citations();
        view.certainty = references::certainty(site, &cited.works);
        view.references = cited.references;
        view.toc = table_of_contents(&document.body.headings);
        findings = renderer.findings;
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    view.structured_data = structured_data::render(site, id, &view);
    let mut root = root_view(site, views, page.language, root, view);
    if let Some(picker) = site.picker_of(page) {
        root.t = pickers::words(site, page.language, picker);
    }
    let html = site.theme.render_page(&template, root)?;
    let html = other_languages::mark(site, page.language, &page.url, html);
    let document = page.document.as_deref();
    finish(site, views.stylesheets(), document, &template, html)
}

/// The page at an old address, which sends the reader on.
pub fn render_redirect(
    site: &Site,
    views: &Views,
    index: usize,
) -> Result<Finished, Vec<Diagnostic>> {
    let redirect = &site.redirects[index];
    let language = site.page(redirect.to).language;
    let mut view = view(site, views, redirect.to);
    let words = site.theme.words(site.language_code(language));
    view.kind = "redirect".to_owned();
    words.text("title_of_redirect").clone_into(&mut view.title);
    view.short_title.clone_from(&view.title);
    view.is_listed = false;
    view.redirect_url = site.page_address(redirect.to);
    view.pages = vec![views.card(redirect.to)];
    view.url = address_of(&redirect.from);
    let root = root_view(site, views, language, redirect.from.to_root(), view);
    let html = site.theme.render_page("redirect.html", root)?;
    let html = other_languages::mark(site, language, &redirect.from, html);
    finish(site, views.stylesheets(), None, "redirect.html", html)
}

/// The file name of a template that front matter names with or without its ending.
pub fn template_file(name: &str) -> String {
    if name.ends_with(".html") {
        name.to_owned()
    } else {
        format!("{name}.html")
    }
}

fn address_of(url: &UrlPath) -> String {
    url.relative().to_owned()
}

fn root_view(
    site: &Site,
    views: &Views,
    language: LanguageId,
    root: String,
    page: contract::Page,
) -> Root {
    let words = site.theme.words(site.language_code(language));
    Root {
        site: views.site(language),
        page,
        root,
        t: words.shared(),
    }
}

/// The title that others may see. That of a study may say a lot, so the page of a source is called after
/// its authors and year, or after the library where nobody is named.
fn short_title(site: &Site, page: &Page) -> String {
    let Some(id) = page.source else {
        return page.short_title().to_owned();
    };
    let work = site.works.work(id);
    let is_named = work.has("author") || work.has("editor");
    match page.parent.filter(|_| !is_named) {
        Some(library) => site.page(library).short_title().to_owned(),
        None => site.citer(page.language).short(id),
    }
}

/// What a page has of its own, without texts and lists.
fn view(site: &Site, views: &Views, id: PageId) -> contract::Page {
    let page = site.page(id);
    let direction = |language| {
        site.theme
            .words(site.language_code(language))
            .direction
            .to_owned()
    };
    let dates = views.dates(page.language);
    let words = page
        .document
        .as_ref()
        .map_or(0, |document| document.body.words);
    let original = original(site, id);
    contract::Page {
        title: page.title.to_string(),
        short_title: short_title(site, page),
        description: page.description().to_owned(),
        kind: page.kind.name().to_owned(),
        url: site.page_address(id),
        absolute_url: site.config.base_url.absolute(&site.page_address(original)),
        language: site.language_code(page.language).to_owned(),
        direction: direction(page.language),
        text_language: site.language_code(page.text_language).to_owned(),
        text_direction: direction(page.text_language),
        is_fallback: page.is_fallback(),
        is_listed: site.is_listed(id),
        body: Html::default(),
        footnotes: Html::default(),
        lead: Html(super::escaped(page.description())),
        references: Vec::new(),
        certainty: None,
        bibtex_url: sources::export_url(site, id, ExportFormat::Bibtex),
        csl_json_url: sources::export_url(site, id, ExportFormat::CslJson),
        cards_url: cards::url(site, id),
        helpful_url: feedback::url(site, id, Matter::Helpful),
        report_url: feedback::url(site, id, Matter::Mistake),
        sources: Vec::new(),
        source: None,
        cited_in: Vec::new(),
        review: reviews::view(site, views, id),
        changes: Vec::new(),
        structured_data: Html::default(),
        policy: contacts::PLACEHOLDER.to_owned(),
        toc: Vec::new(),
        questions: Vec::new(),
        regions: Vec::new(),
        picker: pickers::view(site, views, id),
        addresses: Vec::new(),
        terms: Vec::new(),
        key_messages: Vec::new(),
        content_note: Html::default(),
        authors: authors(site, views, page),
        published: page
            .keys
            .published
            .as_ref()
            .map(|date| dates.view(date.value)),
        updated: page
            .keys
            .updated
            .as_ref()
            .map(|date| dates.view(date.value)),
        words,
        minutes: views::minutes(words),
        tags: tags(views, page),
        breadcrumbs: breadcrumbs(site, views, page),
        previous: page.previous.map(|id| views.card(id)),
        next: page.next.map(|id| views.card(id)),
        related: Vec::new(),
        translations: editions(site, id),
        translation: translations::view(site, views, page),
        pages: Vec::new(),
        sections: Vec::new(),
        all_tags: Vec::new(),
        people: Vec::new(),
        person: None,
        redirect_url: String::new(),
        extra: views::extra(page),
    }
}

/// The page whose text this one shows: itself, or the one that a fallback repeats.
fn original(site: &Site, id: PageId) -> PageId {
    let page = site.page(id);
    page.topic
        .and_then(|topic| site.edition_of(topic, page.text_language))
        .unwrap_or(id)
}

fn authors(site: &Site, views: &Views, page: &Page) -> Vec<Shared<contract::Person>> {
    let ids = page.keys.authors.iter().flatten();
    ids.filter_map(|author| {
        let (index, _) = site.person(&author.value)?;
        Some(views.person(page.language, index))
    })
    .collect()
}

fn tags(views: &Views, page: &Page) -> Vec<Shared<contract::Link>> {
    page.tags.iter().map(|tag| views.link(*tag)).collect()
}

fn breadcrumbs(site: &Site, views: &Views, page: &Page) -> Vec<Shared<contract::Link>> {
    let mut above = Vec::new();
    let mut next = page.parent;
    while let Some(id) = next {
        above.push(views.link(id));
        next = site.page(id).parent;
    }
    above.reverse();
    above
}

/// The page in every language. Where it is not, its reader finds the home page.
fn editions(site: &Site, id: PageId) -> Vec<Translation> {
    if site.config.languages.len() < 2 {
        return Vec::new();
    }
    let page = site.page(id);
    site.languages()
        .map(|language| {
            let there = site.counterpart(id, language);
            let other = there.unwrap_or(site.edition(language).home);
            let code = site.language_code(language);
            let words = site.theme.words(code);
            Translation {
                code: code.to_owned(),
                name: words.name.clone(),
                direction: words.direction.to_owned(),
                url: site.page_address(other),
                absolute_url: site.config.base_url.absolute(&site.page_address(other)),
                is_current: language == page.language,
                is_fallback: there.is_none() || site.page(other).is_fallback(),
            }
        })
        .collect()
}

/// The lists of a page: what lies below it, what goes well with it, tags, people.
fn fill_lists(site: &Site, views: &Views, id: PageId, view: &mut contract::Page) {
    let page = site.page(id);
    let is_section = |child: &PageId| site.page(*child).kind == PageKind::Section;
    match page.kind {
        PageKind::Home | PageKind::Section => {
            let pages = page
                .children
                .iter()
                .copied()
                .filter(|child| !is_section(child));
            view.pages = views.cards(pages);
            view.sections = page
                .children
                .iter()
                .copied()
                .filter(is_section)
                .map(|section| section_view(site, views, section))
                .collect();
        }
        PageKind::Tag => view.pages = views.cards(page.children.iter().copied()),
        PageKind::Tags => {
            let tags = site.edition(page.language).tags.iter();
            view.all_tags = tags
                .map(|id| {
                    let tag = site.page(*id);
                    Tag {
                        title: tag.title.to_string(),
                        description: tag.description().to_owned(),
                        url: site.page_address(*id),
                        count: tag.children.len(),
                        extra: views::extra(tag),
                    }
                })
                .collect();
        }
        PageKind::People => view.people = views.people(page.language),
        PageKind::Person => {
            view.person = page.person.map(|index| views.person(page.language, index));
            view.pages = views.cards(written_by(site, page));
        }
        PageKind::Article
        | PageKind::Page
        | PageKind::Faq
        | PageKind::Picker
        | PageKind::Glossary
        | PageKind::PickerList
        | PageKind::Promises => {
            view.related = related(site, views, id);
        }
        PageKind::Help => {
            view.related = related(site, views, id);
            view.regions = services::regions(site, views, page.language);
        }
        PageKind::Sources => {
            let order = site.citer(page.language).order().into_iter();
            let cited = order.filter(|work| site.cited.contains(work));
            view.sources = cited
                .map(|work| views.source(page.language, work))
                .collect();
        }
        PageKind::Source => {
            if let Some(work) = page.source {
                let sources = views.sources(page.language);
                view.source = Some(views.source(page.language, work));
                view.cited_in = sources.cited_in(site, views, page.language, work);
            }
        }
        PageKind::NotFound => {}
    }
}

fn section_view(site: &Site, views: &Views, section: PageId) -> Section {
    let below = site.page(section).children.iter().copied();
    Section {
        card: views.card(section),
        pages: views.cards(below),
    }
}

fn written_by(site: &Site, person_page: &Page) -> Vec<PageId> {
    let Some(person) = person_page.person.map(|index| &site.people[index].id.value) else {
        return Vec::new();
    };
    let wrote = |id: &PageId| {
        let page = site.page(*id);
        page.language == person_page.language
            && page.kind.is_content()
            && page
                .keys
                .authors
                .iter()
                .flatten()
                .any(|author| author.value == *person)
    };
    site.ids().filter(wrote).collect()
}

fn related(site: &Site, views: &Views, id: PageId) -> Vec<Shared<contract::Card>> {
    let page = site.page(id);
    let mut related = Vec::new();
    if let Some(document) = &page.document {
        for path in page.keys.related.iter().flatten() {
            // What leads nowhere is reported by `checks::links`.
            related.extend(site.related_page(document, page.language, &path.value).ok());
        }
    }
    let mut besides = related.clone();
    besides.push(id);
    related.extend(site.related_by_tags(id, &besides));
    related.truncate(RELATED.max(page.keys.related.as_ref().map_or(0, Vec::len)));
    views.cards(related)
}

/// Headings nested by level; those inside directives are not part of it.
fn table_of_contents(headings: &[body::Heading]) -> Vec<Heading> {
    let listed: Vec<_> = headings
        .iter()
        .filter(|heading| !heading.is_nested)
        .collect();
    nested(&listed)
}

fn nested(headings: &[&body::Heading]) -> Vec<Heading> {
    let mut list = Vec::new();
    let mut rest = headings;
    while let Some((first, after)) = rest.split_first() {
        let below = after
            .iter()
            .take_while(|heading| heading.level > first.level)
            .count();
        list.push(Heading {
            id: first.id.clone(),
            title: Html(first.html.clone()),
            level: usize::from(first.level),
            children: nested(&after[..below]),
        });
        rest = &after[below..];
    }
    list
}
