//! Entries, and works as odd as they come.

use serde_json::json;

use super::*;

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
    for style in Style::USUAL {
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
fn a_paper_in_an_edited_volume_keeps_its_pages_and_its_publisher() {
    let item = json!({
        "id": "a", "type": "paper-conference", "title": "On rest",
        "author": [{"family": "Exemplar", "given": "Ada"}],
        "editor": [{"family": "Chair", "given": "Cleo"}],
        "issued": {"date-parts": [[2020]]}, "container-title": "Proceedings of Examples",
        "page": "12-15", "publisher": "Press",
    });
    let html = entry("apa", item);
    let end = "In C. Chair (Ed.), <em>Proceedings of Examples</em> (pp. 12–15). Press.";
    assert!(html.ends_with(end), "{html}");
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
    check(
        "iPhone use in the iPhone age",
        "“iPhone Use in the iPhone Age.”",
    );
    check("breath and CO<sub>2</sub>", "“Breath and CO<sub>2</sub>.”");
    let kept = "rest <span class=\"nocase\">de la nuit</span> again";
    check(kept, "“Rest de la nuit Again.”");
}

#[test]
fn small_words_stay_small_unless_they_begin_a_title_or_its_second_part() {
    let check = |title: &str, expected: &str| {
        let html = entry("mla", with(article(), "title", json!(title)));
        assert!(html.contains(expected), "{html}");
    };
    check("a talk about rest", "“A Talk about Rest.”");
    check(
        "two hands, the left (and the right)",
        "“Two Hands, the Left (and the Right).”",
    );
    check(
        "rest: the end? a follow-up",
        "“Rest: The End? A Follow-Up.”",
    );
    check(
        "<i>the</i> rest, or <i>the</i> calm",
        "“<em>The</em> Rest, or <em>the</em> Calm.”",
    );
    check("rest without them", "“Rest Without Them.”");
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
