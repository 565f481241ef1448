//! Whole pages, and the traps of the CSL engine.

use citationberg::json::Item;
use proptest::prelude::*;
use rayon::prelude::*;
use serde_json::json;

use super::*;
use crate::data::Spanned;
use crate::path::SourcePath;
use crate::records::works::{Evidence, Work};

/// The bundled styles that `site.toml` may call by a short name.
const STYLES: [&str; 6] = [
    "apa",
    "vancouver",
    "harvard",
    "mla",
    "chicago",
    "chicago-notes",
];

fn work(item: serde_json::Value) -> Work {
    let item: Item = serde_json::from_value(item).unwrap();
    let key = item.id().unwrap().into_owned();
    Work {
        slug: key.clone(),
        key: Spanned::new(key, 0..0),
        file: SourcePath::new("content/references.json").unwrap(),
        item,
        fields: Vec::new(),
        evidence: Evidence::default(),
    }
}

fn citer(style: &str, items: serde_json::Value) -> Citer {
    citer_in("en", style, items)
}

fn citer_in(language: &str, style: &str, items: serde_json::Value) -> Citer {
    let works = items.as_array().unwrap().iter().cloned().map(work);
    let works = Arc::new(Bibliography::new(works.collect()));
    let style = Arc::new(Style::bundled(style).unwrap());
    Citer::new(works, style, language)
}

/// A cluster from words such as `a`, `a@12` (page 12) or `-a` (no author).
fn cluster(citer: &Citer, form: Form, words: &str) -> Cluster {
    let items = words.split(' ').map(|word| {
        let (key, page) = word.split_once('@').unwrap_or((word, ""));
        ClusterItem {
            work: citer.works().find(key.trim_start_matches('-')).unwrap(),
            locator: (!page.is_empty()).then(|| Locator {
                label: "page",
                value: page.to_owned(),
            }),
            prefix: String::new(),
            suffix: String::new(),
            is_author_suppressed: key.starts_with('-'),
        }
    });
    Cluster {
        form,
        items: items.collect(),
    }
}

fn html(mark: &Mark) -> String {
    let pieces = mark.pieces.iter().map(|piece| match piece {
        Piece::Between(html) | Piece::Work { html, .. } => html.as_str(),
    });
    let pieces: String = pieces.collect();
    format!("{}{pieces}", mark.named)
}

/// The marks of a page, each written as words; `@` before the words makes the author part of the
/// sentence.
fn marks(citer: &Citer, page: &[&str]) -> Vec<String> {
    let clusters: Vec<_> = page
        .iter()
        .map(|words| match words.strip_prefix('@') {
            Some(words) => cluster(citer, Form::InText, words),
            None => cluster(citer, Form::Bracketed, words),
        })
        .collect();
    citer.page(&clusters).marks.iter().map(html).collect()
}

/// The entry of the first work.
fn entry(style: &str, item: serde_json::Value) -> String {
    let citer = citer(style, json!([item]));
    let key = citer.works().works()[0].key.value.clone();
    let page = [cluster(&citer, Form::Bracketed, &key)];
    citer.page(&page).entries.remove(0).html
}

fn article() -> serde_json::Value {
    json!({
        "id": "a", "type": "article-journal", "title": "On rest",
        "author": [{"family": "Exemplar", "given": "Ada"}],
        "issued": {"date-parts": [[2014]]},
        "container-title": "Journal of Examples", "volume": "40", "issue": "3", "page": "210-225",
    })
}

fn with(mut item: serde_json::Value, field: &str, value: serde_json::Value) -> serde_json::Value {
    item[field] = value;
    item
}

#[test]
fn titles_are_escaped_and_their_markup_is_kept() {
    let item = with(
        article(),
        "title",
        json!("<i>Rest</i> & <script>alert(1)</script>"),
    );
    let html = entry("apa", item);
    assert!(
        html.contains("<em>Rest</em> &amp; &lt;script&gt;"),
        "{html}"
    );
    assert!(!html.contains("<script"), "{html}");
}

#[test]
fn links_lead_to_web_addresses_only_and_say_nothing_of_the_reader() {
    let html = entry(
        "apa",
        with(article(), "DOI", json!("https://doi.org/10.5555/a\"b")),
    );
    let link = "<a href=\"https://doi.org/10.5555/a&quot;b\" rel=\"noreferrer noopener\">";
    assert!(html.contains(link), "{html}");
    let html = entry("apa", with(article(), "URL", json!("javascript:alert(1)")));
    assert!(!html.contains("<a "), "{html}");
}

#[test]
fn no_style_is_written_into_elements() {
    for style in STYLES {
        let html = entry(style, article());
        assert!(!html.contains("style="), "{style}: {html}");
        assert!(html.contains("Exemplar"), "{style}: {html}");
    }
}

#[test]
fn authors_are_printed_in_vancouver() {
    let html = entry("vancouver", article());
    let expected = "Exemplar A. On rest. Journal of Examples. 2014;40(3):210–25.";
    assert_eq!(html, expected);
}

#[test]
fn pages_keep_a_singular_label_where_the_style_wants_it() {
    let item = with(article(), "type", json!("chapter"));
    let html = entry("vancouver", item);
    assert!(html.contains("p. 210–25"), "{html}");
}

#[test]
fn editors_in_the_place_of_authors_are_called_editors() {
    let mut item = with(article(), "type", json!("book"));
    item["editor"] = item["author"].take();
    item.as_object_mut().unwrap().remove("author");
    item.as_object_mut().unwrap().remove("container-title");
    let html = entry("chicago", item.clone());
    assert!(html.starts_with("Exemplar, Ada, ed."), "{html}");
    let html = entry("apa", item);
    assert!(html.starts_with("Exemplar, A. (Ed.)"), "{html}");
}

#[test]
fn a_year_alone_is_followed_by_no_comma() {
    let item = with(article(), "type", json!("motion_picture"));
    let html = entry("apa", item);
    assert!(html.contains("(2014)"), "{html}");
}

#[test]
fn a_title_that_asks_is_not_followed_by_a_full_stop() {
    let html = entry("apa", with(article(), "title", json!("Is this rest?")));
    assert!(html.contains("Is this rest? <em>Journal"), "{html}");
}

#[test]
fn odd_dates_do_no_harm() {
    let check = |date: serde_json::Value, expected: &str| {
        let citer = citer("apa", json!([with(article(), "issued", date.clone())]));
        assert_eq!(marks(&citer, &["a"]), [expected], "{date}");
    };
    check(json!({"date-parts": [[2014], [2015]]}), "(Exemplar, 2014)");
    check(json!({"date-parts": []}), "(Exemplar, n.d.)");
    check(json!({"date-parts": [[]]}), "(Exemplar, n.d.)");
    check(json!({"date-parts": [[2014, 0]]}), "(Exemplar, 2014)");
    check(json!({"date-parts": [[2014, 13, 40]]}), "(Exemplar, 2014)");
    check(json!({"raw": "2014-05-06"}), "(Exemplar, 2014)");
}

#[test]
fn odd_names_do_no_harm() {
    let check = |names: serde_json::Value, expected: &str| {
        let citer = citer("apa", json!([with(article(), "author", names.clone())]));
        assert_eq!(marks(&citer, &["a"]), [expected], "{names}");
    };
    check(
        json!([{"family": "Society for rest"}]),
        "(Society for rest, 2014)",
    );
    check(json!([{"family": "", "given": "Ada"}]), "(Ada, 2014)");
    check(
        json!([{"family": "van der Berg", "given": "Jan"}]),
        "(van der Berg, 2014)",
    );
    check(json!([{"literal": " "}]), "(“On Rest,” 2014)");
    check(
        json!([{"family": "O'Rest", "given": "Ada"}]),
        "(O’Rest, 2014)",
    );
}

#[test]
fn title_case_leaves_names_and_signs_as_they_are_written() {
    let check = |title: &str, expected: &str| {
        let html = entry("mla", with(article(), "title", json!(title)));
        assert!(html.contains(expected), "{html}");
    };
    check("<i>exempla</i> at rest", "“<em>Exempla</em> at Rest.”");
    check("warmth of 37 °C", "“Warmth of 37 °C.”");
    check(
        "rest with COVID-19 and HIV-1",
        "“Rest with COVID-19 and HIV-1.”",
    );
    check("how mRNA rests", "“How mRNA Rests.”");
    check("breath and CO<sub>2</sub>", "“Breath and CO<sub>2</sub>.”");
    let kept = "rest <span class=\"nocase\">de la nuit</span> again";
    check(kept, "“Rest de la nuit Again.”");
}

#[test]
fn the_number_of_a_report_is_one_number() {
    let item = json!({
        "id": "a", "type": "report", "title": "On rest", "number": "2018-7", "genre": "Report",
        "author": [{"literal": "Ministry"}], "issued": {"date-parts": [[2018]]},
    });
    let html = entry("apa", item);
    assert!(html.contains("(Report No. 2018-7)"), "{html}");
}

#[test]
fn dates_keep_the_order_of_the_style_in_every_language() {
    let item = json!({
        "id": "a", "type": "webpage", "title": "Descanso", "author": [{"literal": "Ayuda"}],
        "issued": {"date-parts": [[2020, 11, 26]]}, "URL": "https://example.org/descanso",
    });
    let citer = citer_in("es", "apa", json!([item]));
    let page = citer.page(&[cluster(&citer, Form::Bracketed, "a")]);
    let html = &page.entries[0].html;
    assert!(html.starts_with("Ayuda. (2020, noviembre 26)."), "{html}");
}

fn library() -> serde_json::Value {
    let article = |id: &str, title: &str, year: i32, names: serde_json::Value| {
        json!({
            "id": id, "type": "article-journal", "title": title, "author": names,
            "issued": {"date-parts": [[year]]},
            "container-title": "Journal of Examples", "volume": "1", "page": "1-9",
        })
    };
    let one = json!([{"family": "Repeat", "given": "Rhea"}]);
    json!([
        article("zest", "Zest", 2015, one.clone()),
        article("calm", "Calm", 2015, one.clone()),
        article("late", "Late", 2017, one),
        article("ada", "Ada", 2010, json!([{"family": "Namesake", "given": "Ada"}])),
        article("bo", "Bo", 2011, json!([{"family": "Namesake", "given": "Bo"}])),
        article("two", "Two", 2012, json!([
            {"family": "Sample", "given": "Sam"}, {"family": "Specimen", "given": "Sue"}])),
        article("warm", "Warm", 2009, json!([
            {"family": "Third", "given": "T."}, {"family": "Fourth", "given": "F."},
            {"family": "Fifth", "given": "G."}])),
        article("cold", "Cold", 2009, json!([
            {"family": "Third", "given": "T."}, {"family": "Sixth", "given": "S."},
            {"family": "Seventh", "given": "V."}])),
        article("warmer", "Warmer", 2009, json!([
            {"family": "Third", "given": "T."}, {"family": "Fourth", "given": "F."},
            {"family": "Fifth", "given": "G."}])),
        {"id": "page", "type": "webpage", "title": "Advice", "URL": "https://example.org/advice",
         "author": [{"literal": "Helpline"}]},
        {"id": "page2", "type": "webpage", "title": "More advice",
         "URL": "https://example.org/more", "author": [{"literal": "Helpline"}]},
        {"id": "nobody", "type": "webpage", "title": "Nobody wrote this",
         "issued": {"date-parts": [[2020]]}, "URL": "https://example.org/nobody"},
    ])
}

fn check(style: &str, page: &[&str], expected: &[&str]) {
    let citer = citer(style, library());
    assert_eq!(marks(&citer, page), expected, "{style}");
}

#[test]
fn an_author_may_be_part_of_the_sentence() {
    check(
        "apa",
        &["@two", "@two@3", "@two zest", "-two", "-two@3"],
        &[
            "Sample &amp; Specimen (2012)",
            "Sample &amp; Specimen (2012, p. 3)",
            "Sample &amp; Specimen (2012; Repeat, 2015)",
            "(2012)",
            "(2012, p. 3)",
        ],
    );
    check(
        "mla",
        &["@two", "@two@3"],
        &["Sample and Specimen", "Sample and Specimen (3)"],
    );
    check(
        "vancouver",
        &["@two", "@warm"],
        &["Sample and Specimen (1)", "Third et al. (2)"],
    );
}

#[test]
fn works_by_one_author_in_one_year_carry_letters_in_the_order_of_the_list() {
    check("apa", &["zest"], &["(Repeat, 2015)"]);
    check(
        "apa",
        &["zest", "calm"],
        &["(Repeat, 2015b)", "(Repeat, 2015a)"],
    );
    check(
        "apa",
        &["zest calm late"],
        &["(Repeat, 2015a, 2015b, 2017)"],
    );
    check("apa", &["zest@3 late"], &["(Repeat, 2015, p. 3; 2017)"]);
    check("apa", &["page page2"], &["(Helpline, n.d.-a, n.d.-b)"]);
    let citer = citer("apa", library());
    let page = citer.page(&[cluster(&citer, Form::Bracketed, "zest calm")]);
    assert!(
        page.entries[0]
            .html
            .starts_with("Repeat, R. (2015a). Calm.")
    );
    assert!(
        page.entries[1]
            .html
            .starts_with("Repeat, R. (2015b). Zest.")
    );
}

#[test]
fn a_year_by_itself_keeps_its_brackets_its_letter_and_its_page() {
    check(
        "apa",
        &["zest", "calm", "-zest", "-zest@3", "two -zest"],
        &[
            "(Repeat, 2015b)",
            "(Repeat, 2015a)",
            "(2015b)",
            "(2015b, p. 3)",
            "(2015b; Sample &amp; Specimen, 2012)",
        ],
    );
}

#[test]
fn pages_are_shortened_as_the_style_has_it() {
    check("mla", &["two@212-214"], &["(Sample and Specimen 212–14)"]);
    check(
        "apa",
        &["two@212-214", "two@iv-vii"],
        &[
            "(Sample &amp; Specimen, 2012, pp. 212–214)",
            "(Sample &amp; Specimen, 2012, pp. iv–vii)",
        ],
    );
}

#[test]
fn works_of_the_same_people_in_a_crowd_carry_names_and_letters() {
    check(
        "apa",
        &["warm", "warmer@3", "cold"],
        &[
            "(Third, Fourth, et al., 2009a)",
            "(Third, Fourth, et al., 2009b, p. 3)",
            "(Third, Sixth, et al., 2009)",
        ],
    );
    check(
        "mla",
        &["warm", "warmer", "cold"],
        &[
            "(Third, Fourth, et al., “Warm”)",
            "(Third, Fourth, et al., “Warmer”)",
            "(Third, Sixth, et al.)",
        ],
    );
}

#[test]
fn authors_of_one_family_name_carry_initials() {
    check("apa", &["ada"], &["(Namesake, 2010)"]);
    check(
        "apa",
        &["ada", "bo"],
        &["(A. Namesake, 2010)", "(B. Namesake, 2011)"],
    );
}

#[test]
fn works_that_look_the_same_name_more_authors_and_their_entries_are_as_before() {
    check(
        "apa",
        &["warm", "cold"],
        &[
            "(Third, Fourth, et al., 2009)",
            "(Third, Sixth, et al., 2009)",
        ],
    );
    let citer = citer("apa", library());
    let page = citer.page(&[cluster(&citer, Form::Bracketed, "warm cold")]);
    let start = "Third, T., Fourth, F., &amp; Fifth, G. (2009). Warm.";
    assert!(
        page.entries[0].html.starts_with(start),
        "{}",
        page.entries[0].html
    );
}

#[test]
fn works_that_differ_in_nothing_but_their_title_are_all_told_apart() {
    check(
        "mla",
        &["zest", "calm"],
        &["(Repeat, “Zest”)", "(Repeat, “Calm”)"],
    );
}

#[test]
fn numbers_in_a_row_become_a_range() {
    check(
        "vancouver",
        &["zest calm late ada", "zest late ada", "bo zest"],
        &["(1–4)", "(1,3,4)", "(1,5)"],
    );
}

#[test]
fn words_before_and_after_works_stand_in_their_place() {
    let citer = citer("apa", library());
    let mut see = cluster(&citer, Form::Bracketed, "two zest ada");
    see.items[0].prefix = "see".to_owned();
    see.items[1].suffix = ", and others".to_owned();
    let page = citer.page(&[see]);
    let expected = "(see Sample &amp; Specimen, 2012; Repeat, 2015, and others; Namesake, 2010)";
    assert_eq!(html(&page.marks[0]), expected);
    assert_eq!(page.marks[0].pieces.len(), 7);
}

#[test]
fn notes_shorten_what_was_cited_before() {
    let citer = citer("chicago-notes", library());
    let marks = marks(&citer, &["two", "ada", "two@4", "@two"]);
    assert!(
        marks[0].starts_with("Sam Sample and Sue Specimen, “Two,”"),
        "{}",
        marks[0]
    );
    assert_eq!(marks[2], "Sample and Specimen, “Two,” 4.");
    assert_eq!(marks[3], "Sample and SpecimenSample and Specimen, “Two.”");
}

#[test]
fn words_follow_the_language_of_the_page() {
    let check = |language: &str, expected: &str| {
        let citer = citer_in(language, "apa", library());
        assert_eq!(marks(&citer, &["page@3"]), [expected], "{language}");
    };
    check("en", "(Helpline, n.d., p. 3)");
    check("es", "(Helpline, s.\u{a0}f., p. 3)");
    check("de", "(Helpline, o.\u{a0}J., S. 3)");
}

#[test]
fn works_have_a_short_name_whatever_the_style() {
    for style in STYLES {
        let citer = citer(style, library());
        let short = |key: &str| citer.short(citer.works().find(key).unwrap());
        assert_eq!(short("two"), "Sample & Specimen, 2012", "{style}");
        assert_eq!(short("warm"), "Third et al., 2009", "{style}");
        assert_eq!(short("page"), "Helpline, n.d.", "{style}");
    }
}

#[test]
fn a_page_that_cites_nothing_needs_no_engine() {
    let citer = citer("apa", library());
    assert_eq!(citer.page(&[]), Cited::default());
    assert!(citer.engine.get().is_none());
}

#[test]
fn every_bundled_style_can_be_read_and_cites() {
    for style in hayagriva::archive::ArchivedStyle::all() {
        let citer = citer(style.names()[0], library());
        let marks = marks(&citer, &["two zest", "@two@3"]);
        assert!(
            marks.iter().all(|mark| !mark.is_empty()),
            "{style:?}: {marks:?}"
        );
    }
}

/// Whether the author is part of the sentence, and the works: which, with a locator, without an author.
type Written = (bool, Vec<(u32, bool, bool)>);

fn pages(works: u32) -> impl Strategy<Value = Vec<Written>> {
    let items = prop::collection::vec((0..works, any::<bool>(), any::<bool>()), 1..4);
    prop::collection::vec((prop::bool::weighted(0.2), items), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    /// Asking the engine only about works that read the same gives what asking it about all works of
    /// the page at once gives, in whatever order pages are printed. Brackets and delimiters are ours in
    /// both: how whole citations read is held against another program by `tests/citations/compare.py`.
    #[test]
    fn pages_put_together_equal_pages_printed_whole(pages in prop::collection::vec(pages(12), 1..4)) {
        for style in STYLES {
            let kept = citer(style, library());
            let other = citer(style, library());
            for page in &pages {
                let clusters: Vec<_> = page
                    .iter()
                    .map(|(is_in_text, items)| {
                        let mut cluster = Cluster {
                            form: if *is_in_text { Form::InText } else { Form::Bracketed },
                            items: Vec::new(),
                        };
                        for (work, has_page, is_author_suppressed) in items {
                            cluster.items.push(ClusterItem {
                                work: WorkId(*work),
                                locator: has_page.then(|| Locator { label: "page", value: "7".to_owned() }),
                                prefix: String::new(),
                                suffix: String::new(),
                                is_author_suppressed: *is_author_suppressed,
                            });
                        }
                        cluster
                    })
                    .collect();
                let whole = page::print(&other, &clusters, Grouping::Whole);
                prop_assert_eq!(kept.page(&clusters), whole, "{}", style);
            }
        }
    }
}

#[test]
fn pages_are_the_same_in_whatever_order_threads_ask_for_them() {
    const PAGES: [&[&str]; 6] = [
        &["zest", "calm late@3"],
        &["calm zest", "@two", "warm"],
        &["ada", "bo", "@ada@3", "-bo@4"],
        &["warm cold", "page page2", "nobody", "warmer"],
        &["late", "zest@7", "zest@7", "cold"],
        &["page2", "page", "two ada bo", "-zest"],
    ];
    let print = |citer: &Citer, page: usize| {
        let clusters: Vec<_> = PAGES[page]
            .iter()
            .map(|words| match words.strip_prefix('@') {
                Some(words) => cluster(citer, Form::InText, words),
                None => cluster(citer, Form::Bracketed, words),
            })
            .collect();
        citer.page(&clusters)
    };
    for style in STYLES {
        let alone: Vec<_> = (0..PAGES.len())
            .map(|page| print(&citer(style, library()), page))
            .collect();
        let shared = citer(style, library());
        std::thread::scope(|scope| {
            for thread in 0..12 {
                let (shared, alone, print) = (&shared, &alone, &print);
                scope.spawn(move || {
                    for step in 0..alone.len() {
                        let is_forward = thread % 2 == 0;
                        let step = if is_forward {
                            step
                        } else {
                            alone.len() - 1 - step
                        };
                        let page = (step + thread / 2) % alone.len();
                        assert_eq!(print(shared, page), alone[page], "{style}, page {page}");
                    }
                });
            }
        });
    }
}

/// `cargo test --release --lib citations -- --ignored --nocapture` prints how long it takes to print
/// 10,000 pages with five citations each, drawn from 500 works.
#[test]
#[ignore = "prints a time"]
fn ten_thousand_pages() {
    for style in STYLES {
        let items: Vec<_> = (0..500_u32)
            .map(|index| {
                let family = format!("Family{}", index * 7 % 400);
                json!({
                    "id": format!("w{index:03}"), "type": "article-journal",
                    "title": format!("A title of some length, number {index}"),
                    "author": [
                        {"family": family, "given": format!("{} B.", char::from(b'A' + (index % 26) as u8))},
                        {"family": "Other", "given": "Olga"}, {"family": "Third", "given": "Theo"}],
                    "issued": {"date-parts": [[2000 + index % 24, 1 + index % 12]]},
                    "container-title": "Journal of Invented Examples",
                    "volume": index.to_string(), "page": "100-110", "DOI": format!("10.5555/{index}"),
                })
            })
            .collect();
        let citer = citer(style, serde_json::Value::Array(items));
        let start = std::time::Instant::now();
        let length: usize = (0..10_000_u32)
            .into_par_iter()
            .map(|page| {
                let clusters: Vec<_> = (0..5_u32)
                    .map(|place| {
                        let work = (page * 131 + place * 97 + page * page % 53) % 500;
                        cluster(&citer, Form::Bracketed, &format!("w{work:03}"))
                    })
                    .collect();
                citer.page(&clusters).entries.len()
            })
            .sum();
        println!("{style}: {length} entries in {:?}", start.elapsed());
    }
}
