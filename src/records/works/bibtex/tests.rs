//! Files as people and programs write them, with the works that come of them.

use citationberg::json::{NameValue, Value};

use super::*;
use crate::records::works::dates;

fn read_all(text: &str) -> (Vec<Work>, Vec<Diagnostic>) {
    let path = SourcePath::new("content/references.bib").expect("sound");
    let mut findings = Vec::new();
    let works = read(&path, text, &mut findings);
    (works, findings)
}

/// `field=value` of the only entry, in the order of the names, without `id`.
fn shown(text: &str) -> String {
    let (works, findings) = read_all(text);
    assert_eq!(findings, [], "{text}");
    let shown = works[0].item.0.iter().filter(|(name, _)| *name != "id");
    shown
        .map(|(name, value)| format!("{name}={}", shown_value(value)))
        .collect::<Vec<_>>()
        .join("; ")
}

fn shown_value(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => dates::iso(date).unwrap_or_else(|| format!("{date:?}")),
        Value::Names(names) => names
            .iter()
            .map(|name| match name {
                NameValue::Literal(name) => format!("{{{}}}", name.literal),
                NameValue::Item(name) => [
                    name.non_dropping_particle.as_deref(),
                    name.dropping_particle.as_deref(),
                    Some(&name.family),
                    name.suffix.as_deref(),
                    name.given.as_deref(),
                ]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("|"),
            })
            .collect::<Vec<_>>()
            .join(" & "),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shown(text), expected, "{text}");
}

/// `code@"the words at the place": message / help` of all findings.
fn findings(text: &str) -> Vec<String> {
    read_all(text)
        .1
        .iter()
        .map(|finding| {
            let (start, end) = finding.labels[0].span;
            format!(
                "{}@{start}{:?}: {} / {}",
                finding.code,
                &text[start..end],
                finding.message,
                finding.help
            )
        })
        .collect()
}

#[test]
fn an_article_reads_alike_in_bibtex_and_biblatex() {
    let expected = "DOI=10.1000/182; author=Doe|Jane & van der|Berg|Jan & {World Example Organization}; \
        container-title=Journal of Examples; issue=2; issued=2014-05-03; page=10–19; \
        title=A title: With a subtitle; type=article-journal; volume=7";
    check(
        "@article{a, author = {Doe, Jane and Jan van der Berg and {World Example Organization}},\n\
         title = {A title: With a subtitle}, journal = \"Journal of Examples\", year = 2014,\n\
         month = may # \"~3\", volume = 7, number = {2}, pages = {10--19},\n\
         doi = {https://doi.org/10.1000/182}\n}",
        expected,
    );
    check(
        "@Article{a,\n\tauthor = {Doe, Jane and van der Berg, Jan and {World Example Organization}},\n\
         \tTitle = {A title}, subtitle = {With a subtitle},\n\tjournaltitle = {Journal of Examples},\n\
         \tdate = {2014-05-03},\n\tvolume = {7},\n\tnumber = {2},\n\tpages = {10-19},\n\
         \tdoi = {10.1000/182},\n\tfile = {C\\:\\\\a.pdf:application/pdf},\n}",
        expected,
    );
}

#[test]
fn each_kind_of_entry_has_its_kind_of_work() {
    check(
        "@incollection{a, author={Doe, J.}, title={Part}, booktitle={Whole}, editor={Roe, R. and Poe, P.}, \
         publisher={Press}, address={Town}, year={1999}, pages={1--2}, edition={2nd}, series={Series}, number={4}}",
        "author=Doe|J.; collection-number=4; collection-title=Series; container-title=Whole; edition=2; \
         editor=Roe|R. & Poe|P.; issued=1999; page=1–2; publisher=Press; publisher-place=Town; title=Part; \
         type=chapter",
    );
    check(
        "@phdthesis{a, author={Doe, J.}, title={T}, school={Example University}, year={2001}}",
        "author=Doe|J.; genre=PhD thesis; issued=2001; publisher=Example University; title=T; type=thesis",
    );
    check(
        "@thesis{a, author={Doe, J.}, title={T}, type={mathesis}, institution={Example University}, date={2001}}",
        "author=Doe|J.; genre=Master’s thesis; issued=2001; publisher=Example University; title=T; type=thesis",
    );
    check(
        "@techreport{a, author={{Example Group}}, title={T}, institution={Inst}, number={12}, year={2001}}",
        "author={Example Group}; genre=Technical report; issued=2001; number=12; publisher=Inst; title=T; \
         type=report",
    );
    check(
        "@online{a, author={{Example Service}}, title={T}, url={https://example.org/a_b--c}, \
         urldate={2026-11-21}, langid={british}}",
        "URL=https://example.org/a_b--c; accessed=2026-11-21; author={Example Service}; language=en-GB; title=T; \
         type=webpage",
    );
    check(
        "@misc{a, title={T}, howpublished={\\url{https://example.org}}, year={2020}}",
        "URL=https://example.org; issued=2020; title=T; type=webpage",
    );
    check(
        "@misc{a, author={Doe, J.}, title={T}, eprint={2003.13722}, archiveprefix={arXiv}, year={2020}}",
        "URL=https://arxiv.org/abs/2003.13722; author=Doe|J.; issued=2020; publisher=arXiv; title=T; type=article",
    );
    check(
        "@inproceedings{a, title={T}, booktitle={Proc}, eventtitle={Conf}, venue={Town}, isbn={978-1}, year=2001}",
        "ISBN=978-1; container-title=Proc; event-place=Town; event-title=Conf; issued=2001; title=T; \
         type=paper-conference",
    );
    check(
        "@video{a, title={T}, editor={Doe, J.}, editortype={director}, date={2001}, type={film}}",
        "director=Doe|J.; genre=film; issued=2001; title=T; type=motion_picture",
    );
    check(
        "@dataset{a, title={T}, version={2}}",
        "title=T; type=dataset; version=2",
    );
    check(
        "@book{a, title={T}, translator={Doe, J.}, volumes={2}, pagetotal={300}}",
        "number-of-pages=300; number-of-volumes=2; title=T; translator=Doe|J.; type=book",
    );
    check(
        "@unpublished{a, title={T}, pubstate={inpress}}",
        "status=in press; title=T; type=manuscript",
    );
}

#[test]
fn names_may_have_particles_suffixes_and_named_parts() {
    check(
        "@book{a, author = {King, Jr., Martin Luther and de la Cruz, Juana and {\\'E}tienne {\\O}sterg{\\aa}rd \
         and family=Berg, given=Jan, prefix=van der, useprefix=false and {Doe and Sons} and others}}",
        "author=King|Jr.|Martin Luther & de la|Cruz|Juana & Østergård|Étienne & van der|Berg|Jan & \
         {Doe and Sons} & {others}; type=book",
    );
}

#[test]
fn names_that_cannot_be_taken_apart_are_found_at_their_places() {
    let help = "write `Family, Given`, with `and` between people, and an organisation in braces: `{Example Group}`";
    assert_eq!(
        findings(
            "@book{a, author = {Doe, Jane and \"Quoted\" Name and Doe, Jane, Roe, Richard and \
             {A, B, C, \"D\"} and {\\\"O}st, G{\\\"o}ran}}"
        ),
        [
            format!(
                "unclear-name@33\"\\\"Quoted\\\" Name\": `\"Quoted\" Name` is not the name of a person: it has quotation marks / {help}"
            ),
            format!(
                "unclear-name@51\"Doe, Jane, Roe, Richard\": `Doe, Jane, Roe, Richard` is not the name of a person: it has more than two commas / {help}"
            ),
        ]
    );
}

#[test]
fn a_year_beside_another_date_is_found() {
    assert_eq!(
        findings("@book{a, year=2010, date={2012-01-01}}"),
        [
            "contradictory-work@14\"2010\": `a` has the `year` 2010 and the `date` 2012-01-01 / delete the one that is wrong",
        ]
    );
    check(
        "@book{a, year=2013, date={2012/2013}}",
        "issued=2012/2013; type=book",
    );
}

#[test]
fn a_whole_book_that_names_itself_twice_has_one_title() {
    for kind in ["book", "collection", "proceedings"] {
        check(
            &format!("@{kind}{{a, title={{Whole}}, booktitle={{Whole}}, editor={{Doe, J.}}}}"),
            "editor=Doe|J.; title=Whole; type=book",
        );
    }
}

#[test]
fn dates_may_be_ranges_seasons_and_words() {
    for (field, expected) in [
        ("date = {2013/2014}", "issued=2013/2014"),
        ("date = {2014-21}", "issued=2014-21"),
        ("date = {2014~}", "issued=2014~"),
        ("year = {2013--2014}", "issued=2013/2014"),
        ("date = {2013--2014}", "issued=2013/2014"),
        ("year = {c.~1950}", "issued=1950~"),
        ("year = {2014}, month = 12", "issued=2014-12"),
        (
            "year = {2014}, month = {Sept.}, day = {4}",
            "issued=2014-09-04",
        ),
        ("year = {in press}", "status=in press"),
    ] {
        let text = format!("@book{{a, {field}}}");
        let expected = format!("{expected}; type=book");
        let mut sorted: Vec<_> = expected.split("; ").collect();
        sorted.sort_unstable();
        assert_eq!(shown(&text), sorted.join("; "), "{field}");
    }
}

#[test]
fn abbreviations_comments_and_cross_references_are_followed() {
    let text = "% a@example.org{}\n@comment{jabref-meta: grouping:{x};}\n@preamble{\"\\newcommand{\\x}{y}\"}\n\
        @STRING{jex = \"Journal of \" # {Examples}}\n\
        @incollection{part, title={Part}, crossref={whole}}\n\
        @article{a, title={T}, journal=jex}\n\
        @book{whole, title={Whole}, subtitle={Sub}, editor={Doe, J.}, date={2001}, publisher={Press}}\n";
    let (works, findings) = read_all(text);
    assert_eq!(findings, []);
    assert_eq!(works.len(), 3);
    assert_eq!(works[1].text("container-title"), "Journal of Examples");
    assert_eq!(works[0].text("container-title"), "Whole: Sub");
    assert_eq!(works[0].text("title"), "Part");
    assert_eq!(works[0].text("publisher"), "Press");
    assert!(works[0].item.0.contains_key("issued"));
}

#[test]
fn keys_and_fields_know_their_places() {
    let text = "é\n@article{ doe2014 ,\n  title = {A {T}itle},\n  year = 2014\n}\n";
    let (works, _) = read_all(text);
    assert_eq!(&text[works[0].key.span.clone()], "doe2014");
    assert_eq!(&text[works[0].span_of("title")], "A {T}itle");
    assert_eq!(&text[works[0].span_of("issued")], "2014");
    assert_eq!(works[0].text("title"), "A Title");
}

#[test]
fn quotation_marks_in_braces_end_no_value() {
    check(
        r#"@book{a, title="A {"}quoted{"} word", author="Up, U.", year="2011"}"#,
        r#"author=Up|U.; issued=2011; title=A "quoted" word; type=book"#,
    );
}

#[test]
fn what_is_not_closed_or_lacks_its_comma_is_named_where_it_begins() {
    for (text, expected) in [
        (
            "@article{b title={x}}",
            "malformed-bibliography@10\"\": a comma is missing after the key `b` / write `b,`",
        ),
        (
            "@article{b\n title={x}}",
            "malformed-bibliography@10\"\": a comma is missing after the key `b` / write `b,`",
        ),
        (
            "@article{b, year=\"2000}\n@book{c, title={C}}",
            "malformed-bibliography@12\"year\": the value of `year` of `b` is not closed / \
             write the missing `\"` at the end of the value",
        ),
        (
            "@article{b,\n year=\"2000,\n title=\"T\"\n}",
            "malformed-bibliography@13\"year\": the value of `year` of `b` is not closed / \
             write the missing `\"` at the end of the value",
        ),
    ] {
        assert_eq!(findings(text), [expected], "{text}");
        let works = read_all(text).0;
        assert_eq!(works[0].key.value, "b", "the entry keeps its key");
    }
}

#[test]
fn a_mistake_in_one_entry_leaves_the_others() {
    let text = "@article{one,\n  title = {One,\n  year = {2001}\n}\n\n@article{two,\n  title = {Two}\n  year = 2002\n}\n\
        @book{three, title = , year = 2003}\n@book(four, title = {Four})\n@book{title = {No key}}\n\
        @book{six, title = jsm}\n@artikel{seven, title = {Seven}}\n@book{eight, title={E}, Title={F}}\n@book{nine,";
    let (works, _) = read_all(text);
    let keys: Vec<_> = works.iter().map(|work| work.key.value.as_str()).collect();
    assert_eq!(
        keys,
        [
            "one", "two", "three", "four", "six", "seven", "eight", "nine"
        ]
    );
    assert_eq!(works[3].text("title"), "Four");
    assert_eq!(
        findings(text),
        [
            "malformed-bibliography@16\"title\": the value of `title` of `one` is not closed / write the missing `}`: each `{` needs one",
            "malformed-bibliography@78\"\": a comma is missing / write a comma at the end of each field",
            "malformed-bibliography@108\"title\": `title` has no value / write it in braces, such as `title = {...}`, or delete the line",
            "malformed-bibliography@160\"book\": an entry has no key / write a short name and a comma after the brace: `@book{muise2014,`",
            "malformed-bibliography@202\"jsm\": no `@string` is called `jsm` / put words in braces: `{jsm}`",
            "duplicate@264\"Title\": `title` is there twice / keep one of the two lines",
            "malformed-bibliography@281\"nine\": the entry `nine` is not closed / write the missing `}`: each `{` needs one",
            "unknown-entry-type@208\"artikel\": no kind of entry is called `artikel` / did you mean `article`?",
        ]
    );
}
