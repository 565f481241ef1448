//! The style page, which shows every part of a theme in every state: `new site --from specimen`.
//!
//! It is built with each theme that we ship. When a theme learns something new, a test here fails until
//! `themes/default/archetypes/specimen` shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use afterword::scaffold::{self, SitePattern};
use afterword::theme::{ArgumentKind, contract};

use crate::built::Built;
use crate::folder::{Outcome, SiteFolder, load, repository};
use crate::house_rules;
use crate::html::Html;

/// The themes that are in the program.
const THEMES: [&str; 2] = ["default", "daylight"];

/// Templates that no page is made with by itself.
const PARTS: [&str; 2] = ["base.html", "specimen.html"];

fn specimen(theme: &str) -> SiteFolder {
    let folder = tempfile::tempdir().expect("a folder");
    scaffold::new_site(folder.path(), SitePattern::Specimen).expect("made");
    let site = SiteFolder::copy_of(folder.path());
    let settings = site.read("site.toml");
    let named = settings.replace("name = \"default\"", &format!("name = \"{theme}\""));
    site.write("site.toml", named);
    site
}

#[track_caller]
fn published(site: &SiteFolder) -> Built {
    match site.build() {
        Outcome::Published(built, report) => {
            assert_eq!(report, "", "nothing is amiss");
            built
        }
        Outcome::Refused(report) => panic!("{report}"),
    }
}

#[test]
fn the_style_page_builds_without_a_word_and_keeps_every_rule_with_each_theme() {
    for theme in THEMES {
        let site = specimen(theme);
        let folders = published(&site);
        let mut broken = house_rules::broken(&folders);
        site.link_to_files();
        let files = published(&site);
        broken.extend(house_rules::broken(&files));
        broken.extend(house_rules::links_to_folders(&files));
        assert!(broken.is_empty(), "{theme}\n{}", broken.join("\n"));
    }
}

#[test]
fn every_directive_is_on_the_style_page_with_each_argument_and_each_choice() {
    for name in THEMES {
        let site = specimen(name);
        let loaded = load(&site.root());
        let mut shown: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let topics = loaded.site.topics();
        let documents = topics.flat_map(|topic| topic.documents.iter().flatten());
        for body in documents.flat_map(|written| written.document.bodies()) {
            for directive in &body.directives {
                let said = shown.entry(directive.name.value.as_str()).or_default();
                for argument in &directive.arguments {
                    let key = &argument.name.value;
                    said.insert(key.clone());
                    if let Some(value) = &argument.value {
                        said.insert(format!("{key}={}", value.value));
                    }
                }
            }
        }
        let theme = &loaded.site.theme;
        let mut lacking = Vec::new();
        for spec in theme
            .directive_names()
            .filter_map(|name| theme.directive(name))
        {
            let name = spec.name.as_str();
            let Some(said) = shown.get(name) else {
                lacking.push(format!("`:::{name}`"));
                continue;
            };
            for argument in &spec.arguments {
                let wanted = match argument.kind {
                    ArgumentKind::Choice => {
                        let choices = argument.choices.iter();
                        choices
                            .map(|choice| format!("{}={choice}", argument.name))
                            .collect()
                    }
                    ArgumentKind::Text
                    | ArgumentKind::Integer
                    | ArgumentKind::Flag
                    | ArgumentKind::Image
                    | ArgumentKind::Link => vec![argument.name.clone()],
                };
                let unsaid = wanted.into_iter().filter(|wanted| !said.contains(wanted));
                lacking.extend(unsaid.map(|wanted| format!("`{wanted}` of `:::{name}`")));
            }
        }
        assert!(
            lacking.is_empty(),
            "write them in themes/default/archetypes/specimen/content: {}",
            lacking.join(", ")
        );
    }
}

#[test]
fn every_kind_of_page_is_on_the_style_page() {
    let site = specimen("default");
    let built = published(&site);
    let loaded = load(&site.root());
    let is_shown = |kind: &str| match kind {
        "redirect" => built
            .html()
            .any(|(_, text)| text.contains("http-equiv=\"refresh\"")),
        kind => built.html().any(|(_, text)| {
            text.contains(&format!("class=\"kind-{kind} "))
                || text.contains(&format!("class=\"kind-{kind}\""))
        }),
    };
    let templates = loaded.site.theme.template_names();
    let lacking: Vec<_> = templates
        .filter(|name| !PARTS.contains(name))
        .filter(|name| !is_shown(name.trim_end_matches(".html")))
        .collect();
    assert!(lacking.is_empty(), "no page of {lacking:?}");
}

#[test]
fn every_token_and_every_picture_is_on_the_front_page_of_the_style_page() {
    for theme in THEMES {
        let site = specimen(theme);
        let built = published(&site);
        let page = Html::read(built.text("index.html").expect("a front page"));
        let words: BTreeSet<String> = ["h3", "dt", "p"]
            .iter()
            .flat_map(|name| page.all(name))
            .map(|element| element.words.trim().to_owned())
            .collect();
        let loaded = load(&site.root());
        let described = loaded.site.theme.described();
        assert!(described.tokens.len() > 10, "the theme has tokens");
        let tokens = described.tokens.iter().map(|token| &token.name);
        let art = described.keys.iter().filter(|key| key.name == "art");
        let names = tokens.chain(art.flat_map(|key| &key.choices));
        let lacking: Vec<_> = names.filter(|name| !words.contains(*name)).collect();
        assert!(lacking.is_empty(), "{theme}: {lacking:?}");
    }
}

#[test]
fn every_page_of_the_style_page_says_what_it_is_and_is_kept_from_search_engines() {
    let built = published(&specimen("default"));
    for (path, text) in built.html() {
        let html = Html::read(text);
        if html
            .all("meta")
            .any(|meta| meta.get("http-equiv") == Some("refresh"))
        {
            continue;
        }
        let says = html
            .all("p")
            .any(|p| p.words.starts_with("A specimen: ") || p.words.starts_with("Un espécimen: "));
        assert!(says, "{path} does not say that it is a specimen");
        let robots = html
            .all("meta")
            .find(|meta| meta.get("name") == Some("robots"));
        let robots = robots.and_then(|meta| meta.get("content"));
        assert_eq!(robots, Some("noindex"), "{path}");
        assert!(
            !text.contains("ld+json"),
            "{path} tells search engines of people"
        );
    }
    assert!(
        built.text("sitemap.xml").is_none(),
        "no list for search engines"
    );
    let draft = built.files.keys().find(|path| path.contains("a-draft"));
    assert_eq!(draft, None, "a draft does not show");
}

#[test]
fn the_style_page_shows_each_state_of_a_review_and_of_a_source() {
    let built = published(&specimen("default"));
    let all: String = built.html().map(|(_, text)| text).collect();
    let said = |path: &str, words: &str| {
        let text = built.text(&format!("{path}/index.html")).expect(path);
        assert!(text.contains(words), "{path} does not say \"{words}\"");
    };
    // A text of this section that was changed is reviewed anew in the folder of the pattern with
    // `afterword review reviews/current.md --by specimen-reviewer --on 2025-06-01 --due 2125-06-01`,
    // and the old record taken out.
    said("reviews/awaiting", "Awaits clinical review");
    said("reviews/current", "Next review due");
    said("reviews/changed", "Since then, and not yet reviewed again");
    said("reviews/overdue", "has not been made yet");
    said("evidence/strong", "strong evidence:");
    said("evidence/fair", "fair or strong evidence:");
    said("evidence/limited", "small or single studies, or better:");
    said("evidence/untested", "has not been tested:");
    said("evidence/unrated", "has not been rated yet:");
    said("evidence/standing", "It has been corrected since.");
    said("evidence/standing", "Its publisher has doubts about it.");
    said("evidence/standing", "It has been withdrawn.");
    said("es/text", "class=\"fallback\"");
    // When the source of the first is changed, it is recorded anew with
    // `afterword translated reviews/awaiting.es.md --by specimen-author --on 2025-11-21`.
    said("es/reviews/awaiting", "Traducido del inglés por");
    said(
        "es/reviews/awaiting",
        "la que mantenemos al día.</small></p>",
    );
    said("es", "Desde entonces ha cambiado en 2 lugares.");
    said("around-an-article", "class=\"before\"");
    for strength in ["gA", "gB", "gC", "gD"] {
        assert!(all.contains(strength), "{strength}");
    }
    for kind in [
        "strength_none",
        "source_unknown",
        "source_unchecked",
        "source_free",
    ] {
        let words = load(&specimen("default").root());
        let words = words.site.theme.words("en").text(kind).to_owned();
        assert!(all.contains(&words), "{words}");
    }
}

#[test]
fn the_second_theme_says_all_of_its_difference_in_under_two_hundred_lines() {
    let folder = repository().join("themes/daylight");
    let mut lines = 0;
    let mut folders = vec![folder.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                lines += text.lines().count();
            }
        }
    }
    assert!((50..200).contains(&lines), "{lines} lines");
    let manifest = fs::read_to_string(folder.join("theme.toml")).expect("text");
    assert!(manifest.contains("extends = \"default\""));
}

#[test]
fn the_second_theme_is_another_one_and_needs_a_line_of_the_settings_and_nothing_else() {
    let theme_of = |site: &SiteFolder| load(&site.root()).site.theme.described().clone();
    let (first, second) = (
        theme_of(&specimen("default")),
        theme_of(&specimen("daylight")),
    );
    assert_eq!((&*first.name, &*second.name), ("default", "daylight"));
    let color = |theme: &contract::Theme, name: &str| {
        let token = theme.tokens.iter().find(|token| token.name == name);
        token.map(|token| token.light.clone()).expect(name)
    };
    for name in ["paper", "ink", "plum"] {
        assert_ne!(color(&first, name), color(&second, name), "{name}");
    }
    // What it does not say it has from its parent.
    assert_eq!(second.directives.len(), first.directives.len());
    assert_eq!(color(&second, "band"), "#0B3F45");
}

#[test]
fn a_folder_of_a_site_takes_the_place_of_a_built_in_theme_of_its_name() {
    let site = specimen("daylight");
    site.write(
        "themes/daylight/theme.toml",
        "name = \"daylight\"\nextends = \"default\"\n",
    );
    let loaded = load(&site.root());
    let described = loaded.site.theme.described();
    assert_eq!((&*described.name, &*described.about), ("daylight", ""));
    assert!(described.tokens.iter().all(|token| token.name != "band"));
}
