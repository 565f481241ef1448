//! What is said of pages, a line of HTML each. To add a mistake or something that is none: a line in
//! one of the tables.

use super::addresses::Addresses;
use super::page::read;

/// The messages about a page with this in its `<main>`, `|` between them.
fn said(main: &str) -> String {
    let html = format!(
        "<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>T</title>\
         <meta name=viewport content=a></head><body><main><h1>T</h1>{main}</main></body></html>"
    );
    of_page(&html)
}

fn compare(wrong: &mut Vec<String>, html: &str, said: &str, expected: &str) {
    if said != expected {
        wrong.push(format!(
            "{html}\n  said     {said}\n  expected {expected}\n"
        ));
    }
}

fn of_page(html: &str) -> String {
    let read = read(html, "index.html", &Addresses::default());
    let messages = read.faults.into_iter().map(|fault| fault.message);
    messages.collect::<Vec<_>>().join(" | ")
}

#[test]
fn what_the_standard_allows_is_no_fault() {
    let mut wrong = Vec::new();
    for main in [
        "<ul><li>a<li>b<ul><li>c</ul></ul>",
        "<p>a<p>b<div>c</div>",
        "<dl><dt>a<dd>b<dt>c<dd>d</dl><dl><div><dt>a</dt><dd>b</dd></div></dl>",
        "<table><caption>a</caption><colgroup><col></colgroup><thead><tr><th>a<th>b<tbody><tr><td>c<td>d<tr><td colspan=2>e</table>",
        "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        "<a href=#top><div><p>a</p></div></a>",
        "<details><summary><h2>a</h2></summary><p>b</p></details>",
        "<fieldset><legend>a</legend><label>b <input></label><label for=c>d</label><input id=c></fieldset>",
        "<select aria-label=a><optgroup label=b><option>c<option selected>d</optgroup></select>",
        "<svg viewBox='0 0 1 1' role=img aria-label=a><g><path d='M0 0'/><linearGradient id=x /></g><title>a</title></svg>",
        "<p><svg><a href=#top><text>a</text></a></svg></p>",
        "<template><tr><td id=a></td></tr></template><template><p id=a>b</p></template>",
        "<picture><source srcset='data:x 1x'><img src='data:x' alt=''></picture>",
        "<video controls><source src='data:x'><track src='data:x'><p>a</p></video>",
        "<figure><img src='data:x' alt=a><figcaption><p>b</p></figcaption></figure>",
        "<p>a <!-- <b> --> & < b &amp; <br/> c</p><pre><code>a</code></pre>",
        "<my-part><p>a</p></my-part><ruby>a<rt>b</ruby>",
        "<button type=button aria-label=a><svg></svg></button>",
        "<a href=#top><img src='data:x' alt=a></a><a href=#top title=a></a>",
        "<noscript><p>a</p></noscript><script type=module src='data:x'></script>",
        "<P CLASS=a>b</P><INPUT TYPE=HIDDEN name=a>",
    ] {
        compare(&mut wrong, main, &said(main), "");
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn what_browsers_have_to_repair_is_a_fault() {
    let mut wrong = Vec::new();
    for (main, expected) in [
        ("<p>a <div>b</div></p>", "`<div>` stands in a paragraph"),
        ("<p><b>a</p>", "`<b>` is not ended before `</p>`"),
        ("<div><p>a</p>", "`<div>` is not ended before `</main>`"),
        ("</em>", "`</em>` ends nothing"),
        ("<ul><p>a</p></ul>", "`<p>` may not stand in `<ul>`"),
        ("<ul>a</ul>", "words stand in `<ul>` itself"),
        ("<span><p>a</p></span>", "`<p>` may not stand in `<span>`"),
        ("<h2><div>a</div></h2>", "`<div>` may not stand in `<h2>`"),
        (
            "<a href=#top>a <button>b</button></a>",
            "`<button>` may not stand anywhere in `<a>`",
        ),
        (
            "<a href=#top><b>a <a href=#top>b</a></b></a>",
            "`<a>` may not stand anywhere in `<a>`",
        ),
        ("<li>a</li>", "`<li>` may not stand in `<main>`"),
        ("<div><td>a</td></div>", "`<td>` may not stand in `<div>`"),
        ("<blink>a</blink>", "`<blink>` is obsolete"),
        (
            "<hedline>a</hedline>",
            "there is no element `<hedline>` in HTML",
        ),
        ("<div/>a</div>", "`<div />` does not end `div`"),
        ("<br></br>", "`<br>` has no end tag"),
        ("<p id=a id=b>c</p>", "`id` is there twice on one `<p>`"),
        ("<p id=a>b</p><p id=a>c</p>", "the id `a` is there twice"),
        ("<p id='a b'>c</p>", "the id `a b` holds a space"),
        ("<p align=left>a</p>", "`align` on `<p>` is obsolete"),
        (
            "<p title=\"a\"b\">c</p>",
            "a quotation mark or a sign is lost in `<p>`: `b\"`",
        ),
        (
            "<p aria-lable=a>b</p>",
            "there is no attribute `aria-lable`",
        ),
        (
            "<p aria-labelledby=a>b</p>",
            "`aria-labelledby` names `a`, and the page has no such id",
        ),
        (
            "<input type=tex aria-label=a>",
            "`type` of `<input>` cannot be `tex`",
        ),
        (
            "<img src='data:x' alt=a width=9px>",
            "`width` of `<img>` is `9px`, and no whole number",
        ),
        (
            "<details open=yes><summary>a</summary></details>",
            "`open` of `<details>` is there or not, and cannot be `yes`",
        ),
        ("<a href=#b>a</a>", "`#b` leads to no id of the page"),
        ("<a href=''>a</a>", "a link of `<a>` has no address"),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            "a row of a table has 1 cell, where the first has 2",
        ),
        (
            "<dl><dt><h2>a</h2></dt><dd>b</dd></dl>",
            "`<h2>` may not stand anywhere in `<dt>`",
        ),
        (
            "<form><form></form></form>",
            "`<form>` may not stand anywhere in `<form>`",
        ),
        ("<svg><g></svg>", "`<g>` is not ended before `</svg>`"),
        ("<h3>a</h3>", "`<h3>` follows `<h1>`"),
        ("<h1>a</h1>", "the page has two `<h1>`"),
        ("<input>", "an `<input>` has no label"),
        (
            "<input id=a><label for=b>c</label><p id=b>d</p>",
            "an `<input>` has no label",
        ),
        ("<img src='data:x'>", "a picture has no `alt`"),
        ("<a href=#top><svg></svg></a>", "a link has no words"),
        (
            "<a href=#top><span aria-hidden=true>a</span></a>",
            "a link has no words",
        ),
        ("<button></button>", "a button has no words"),
        ("<h2></h2>", "a heading has no words"),
        (
            "<svg role=img></svg>",
            "a drawing with the role `img` has no name",
        ),
        (
            "<nav>a</nav><nav aria-label=b>c</nav>",
            "one of several `<nav>` has no label",
        ),
        (
            "<nav aria-label=b>a</nav><nav aria-label=b>c</nav>",
            "two `<nav>` have the label `b`",
        ),
    ] {
        compare(&mut wrong, main, &said(main), expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn what_every_page_needs_is_missed() {
    assert_eq!(
        of_page("<p>a"),
        "`<p>` stands outside of the page | the page does not begin with `<!doctype html>` | `<html>` has no `lang` | the page has no `<title>` | the page does not say that it is UTF-8 | the page has no `viewport` | the page has no `<main>` | the page has no `<h1>`"
    );
    let page = |body: &str| {
        format!(
            "<!doctype html><html lang=a><head><meta charset=utf-8><title>T</title><meta name=viewport content=a></head><body>{body}<main id=m><h1>T</h1></main></body></html>"
        )
    };
    for (body, expected) in [
        ("<a href=#m>a</a><a href=#top>b</a>", ""),
        ("<a href=#top>b</a>", ""),
        (
            "<a href=mailto:a@b.example>b</a>",
            "no link leads past the menu to the text",
        ),
        (
            "<p id=n>b</p><a href=#n>a</a>",
            "the first link leads to `n`, and `<main>` is not called so",
        ),
    ] {
        assert_eq!(of_page(&page(body)), expected, "{body}");
    }
}

#[test]
fn data_for_search_engines_are_held_against_their_page() {
    for (data, expected) in [
        (
            r#"{"@context":"https://schema.org","@type":"Person","name":"A"}"#,
            "",
        ),
        (
            "{",
            "they are no JSON: EOF while parsing an object at line 1 column 1",
        ),
        (
            r#"{"@type":"Thing"}"#,
            "they do not say that they are in the words of schema.org",
        ),
        (
            r#"{"@context":"https://schema.org","@type":"ListItem","item":"x/"}"#,
            "a `ListItem` has no `position` | `x/` leads to nothing that is published",
        ),
        (
            r#"{"@context":"https://schema.org","@type":"Article","name":"Other","url":"https://a.example/","inLanguage":"es","datePublished":"2026-02-30","reviewedBy":{"@type":"Person","name":"B"}}"#,
            "they call the page `Other`, and neither its `<title>` nor its `<h1>` does | they say that the page is in `es`, and it is in `en` | they name a reviewer and no day of the review | `datePublished` is `2026-02-30`, and no day such as `2026-11-22`",
        ),
    ] {
        let main = format!(
            "<link rel=canonical href='https://a.example/'><script type='application/ld+json'>{data}</script>"
        );
        let said = said(&main).replace("data for search engines: ", "");
        assert_eq!(said, expected, "{data}");
    }
}
