//! The room as a whole: themes on disk, findings at their places, pages as HTML.

use super::Theme;
use super::testing::{Folder, directive_root, lines, root};

const THEME: &str = "name = \"plain\"\n";
const SITE: &str = "[theme]\nname = \"plain\"\n";

/// What loading a theme `plain` with these files says.
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let mut all = vec![("site.toml", SITE), ("themes/plain/theme.toml", THEME)];
    all.extend_from_slice(files);
    let (_, findings, inputs) = Folder::new(&all).load(&["en"]);
    assert_eq!(lines(&inputs, &findings), expected);
}

/// What a template of the theme `plain` renders.
fn rendered(template: &str, more: &[(&str, &str)]) -> String {
    let mut all = vec![
        ("site.toml", SITE),
        ("themes/plain/theme.toml", THEME),
        ("themes/plain/templates/page.html", template),
        (
            "themes/plain/strings/en.toml",
            "hi = \"Hi {name}\"\n[n]\none=\"{count} page\"\nother=\"{count} pages\"\n",
        ),
    ];
    all.extend_from_slice(more);
    let folder = Folder::new(&all);
    let (theme, findings, inputs) = folder.load(&["en"]);
    assert_eq!(lines(&inputs, &findings), Vec::<String>::new());
    match theme.render_page("page.html", root(&theme, "en")) {
        Ok(html) => html,
        Err(findings) => lines(&inputs, &findings).join("\n"),
    }
}

#[test]
fn a_theme_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Theme>();
}

#[test]
fn the_default_theme_loads_without_a_finding_and_renders_its_pages() {
    let folder = Folder::new(&[("site.toml", "")]);
    let (theme, findings, inputs) = folder.load(&["en", "es"]);
    assert_eq!(lines(&inputs, &findings), Vec::<String>::new());
    for template in theme.template_names() {
        let html = theme.render_page(template, root(&theme, "es"));
        let html = html.unwrap_or_else(|findings| panic!("{:#?}", lines(&inputs, &findings)));
        assert!(html.contains("<html lang=\"es\""), "{template}: {html}");
    }
    assert!(theme.assets().contains_key("main.css"));
}

#[test]
fn one_word_that_a_language_lacks_is_spoken_of_as_one() {
    let words: String = [
        "cite_label",
        "footnote_back",
        "footnote_ref",
        "footnotes_title",
        "heading_link",
        "helpful_subject",
        "report_subject",
        "table_label",
        "task_done",
        "task_open",
        "title_of_not_found",
        "title_of_people",
        "title_of_redirect",
        "title_of_sources",
        "title_of_tags",
    ]
    .map(|key| format!("{key} = \"x\"\n"))
    .concat();
    let folder = Folder::new(&[
        ("site.toml", SITE),
        ("themes/plain/theme.toml", THEME),
        ("themes/plain/strings/en.toml", "home = \"Home\"\n"),
        ("themes/plain/strings/nl.toml", &words),
    ]);
    let (_, findings, inputs) = folder.load(&["en", "nl"]);
    assert_eq!(
        lines(&inputs, &findings),
        [
            "untranslated-string : the interface lacks one word in `nl` and shows it in `en`: `home` / write it in `themes/plain/strings/nl.toml`"
        ]
    );
}

#[test]
fn functions_give_addresses_and_words() {
    let css = ("themes/plain/assets/art/dot.svg", "<svg/>");
    let html = rendered(
        "{{ root }}{{ asset(path=\"art/dot.svg\") }} {{ text(key=\"n\", count=page.minutes) }} \
         {{ text(key=\"n\", count=1) }} {{ text(key=\"hi\", name=page.title) }} \
         {{ text(key=\"hi\", name=page.key_messages[0]) }} {{ link(to=\"about/privacy.md\") }}|{{ link(to=\"no.md\") }}",
        &[css],
    );
    let (asset, rest) = html.split_once(' ').expect("words");
    assert!(
        asset.starts_with("../assets/art/dot.") && asset.ends_with(".svg"),
        "{asset}"
    );
    assert_eq!(
        rest,
        "2 pages 1 page Hi Sleep &amp; rest Hi Rest <b>early</b> about/privacy/|"
    );
}

#[test]
fn functions_work_in_components_too() {
    let html = rendered(
        "{% component c(name, @site) %}{{ text(key=\"hi\", name=name) }} {{ link(to=\"about/privacy.md\") }}{% endcomponent c %}\
         {{ <c name=\"Ada\" /> }}",
        &[],
    );
    assert_eq!(html, "Hi Ada about/privacy/");
}

#[test]
fn a_directive_sees_its_arguments_and_its_body() {
    let folder = Folder::new(&[
        ("site.toml", SITE),
        (
            "themes/plain/theme.toml",
            "name = \"plain\"\n[directives.note]\nabout = \"\"\n[directives.note.arguments.title]\nkind = \"text\"\n",
        ),
        (
            "themes/plain/templates/directives/note.html",
            "<b>{{ args.title }}</b>{{ body }}",
        ),
    ]);
    let (theme, findings, inputs) = folder.load(&["en"]);
    assert_eq!(lines(&inputs, &findings), Vec::<String>::new());
    let html = theme.render_directive("note", directive_root(&theme, &[("title", "A & B")]));
    assert_eq!(html.as_deref(), Ok("<b>A &amp; B</b><p>Body</p>"));
    assert_eq!(theme.directive_names().collect::<Vec<_>>(), ["note"]);
}

#[test]
fn a_child_theme_overrides_one_file_and_extends_the_rest() {
    let folder = Folder::new(&[
        ("site.toml", "[theme]\nname = \"child\"\n"),
        (
            "themes/child/theme.toml",
            "name = \"child\"\nextends = \"plain\"\n",
        ),
        ("themes/child/strings/en.toml", "b = \"child\"\n"),
        (
            "themes/child/templates/page.html",
            "{% extends \"plain/page.html\" %}{% block x %}[{{ super() }}]{% endblock x %}",
        ),
        ("themes/plain/theme.toml", THEME),
        ("themes/plain/strings/en.toml", "a = \"A\"\nb = \"plain\"\n"),
        (
            "themes/plain/templates/base.html",
            "{{ t.a }} {{ t.b }} {% block x %}base{% endblock x %}",
        ),
        (
            "themes/plain/templates/page.html",
            "{% extends \"base.html\" %}{% block x %}page{% endblock x %}",
        ),
    ]);
    let (theme, findings, inputs) = folder.load(&["en"]);
    assert_eq!(lines(&inputs, &findings), Vec::<String>::new());
    assert_eq!(
        theme
            .render_page("page.html", root(&theme, "en"))
            .as_deref(),
        Ok("A child [page]")
    );
}

#[test]
fn every_broken_template_is_found_in_one_run_at_its_place() {
    check(
        &[
            ("themes/plain/templates/a.html", "{{ page.title "),
            (
                "themes/plain/templates/b.html",
                "<p>\n{{ page.title | uper }}{{ txt(key=\"x\") }}{{ <crd /> }}",
            ),
            (
                "themes/plain/templates/c.html",
                "{% extends \"bass.html\" %}",
            ),
            (
                "themes/plain/templates/base.html",
                "{% include \"a.html\" %}{% include \"nil.html\" %}",
            ),
            ("themes/plain/templates/d.html", "{% extends \"d.html\" %}"),
        ],
        &[
            "template-error themes/plain/templates/a.html:\"title\": unexpected end of input / ",
            "template-error themes/plain/templates/b.html:\"uper\": there is no filter `uper` / did you mean `upper`?",
            "template-error themes/plain/templates/b.html:\"txt\": there is no function `txt` / did you mean `text`?",
            "template-error themes/plain/templates/b.html:\"crd\": there is no component `crd` / no template has a component",
            "missing-template themes/plain/templates/base.html:\"nil.html\": there is no template `nil.html` / a template is named by its path below `templates/`",
            "missing-template themes/plain/templates/c.html:\"bass.html\": there is no template `bass.html` / did you mean `base.html`?",
            "template-error themes/plain/templates/d.html:\"d.html\": the template `plain/d.html` extends itself / take one `extends` out",
        ],
    );
}

#[test]
fn what_fails_while_a_page_is_rendered_is_found_with_the_way_there() {
    let failing = |template, parts| {
        let mut files = vec![
            ("site.toml", SITE),
            ("themes/plain/theme.toml", THEME),
            ("themes/plain/assets/main.css", "a{color:red}"),
            ("themes/plain/templates/page.html", template),
        ];
        files.extend_from_slice(parts);
        let (theme, findings, inputs) = Folder::new(&files).load(&["en"]);
        assert_eq!(lines(&inputs, &findings), Vec::<String>::new());
        let error = theme
            .render_page("page.html", root(&theme, "en"))
            .expect_err("fails");
        lines(&inputs, &error)
            .join("\n")
            .replace("themes/plain/templates/", "")
    };
    assert_eq!(
        failing("<p>\n{{ page.extra.nope }}", &[]),
        "unknown-variable page.html:\"nope\": field `nope` is not defined / a value that may be missing is written with `or`: `{{ this or \"\" }}`"
    );
    assert_eq!(
        failing("{{ asset(path=\"man\" ~ \".css\") }}", &[]),
        "missing-asset page.html:\"asset(path=\\\"man\\\" ~ \\\".css\\\")\": the theme has no asset `man.css` / did you mean `main.css`?"
    );
    assert_eq!(
        failing(
            "{% include \"parts/a.html\" %}",
            &[(
                "themes/plain/templates/parts/a.html",
                "{{ page.title + 1 }}"
            )]
        ),
        "template-error parts/a.html:\"page.title + 1\" + page.html:\"\\\"parts/a.html\\\"\": `+` requires both operands to be numbers, found `string` and `i64` / "
    );
    assert_eq!(
        failing(
            "{% component c() %}{{ link(to=\"a\") }}{% endcomponent c %}\n{{ <c /> }}",
            &[]
        ),
        "template-error page.html:\"link(to=\\\"a\\\")\" + page.html:\"<c />\": `link` needs `site`, which a component sees only as its parameter `@site` / "
    );
    assert_eq!(
        failing(
            "{% component c() %}{{ <c /> }}{% endcomponent c %}{{ <c /> }}",
            &[]
        ),
        "template-error page.html:\"\": maximum render recursion depth for components exceeded / "
    );
}

#[test]
fn a_template_that_is_not_there_or_is_broken_cannot_be_rendered() {
    let folder = Folder::new(&[
        ("site.toml", SITE),
        ("themes/plain/theme.toml", THEME),
        ("themes/plain/templates/page.html", "{{ page.title "),
    ]);
    let (theme, findings, inputs) = folder.load(&["en"]);
    assert_eq!(findings.len(), 1);
    assert_eq!(
        theme.render_page("page.html", root(&theme, "en")),
        Err(Vec::new())
    );
    let missing = theme
        .render_page("pgae.html", root(&theme, "en"))
        .expect_err("fails");
    assert_eq!(
        lines(&inputs, &missing),
        ["missing-template : the theme has no template `pgae.html` / did you mean `page.html`?"]
    );
}

#[test]
fn a_theme_that_is_not_there_is_named_where_it_was_asked_for() {
    let folder = Folder::new(&[
        ("site.toml", "[theme]\nname = \"plian\"\n"),
        ("themes/plain/theme.toml", THEME),
    ]);
    let (theme, findings, inputs) = folder.load(&["en"]);
    assert_eq!(
        lines(&inputs, &findings),
        [
            "missing-theme site.toml:\"\\\"plian\\\"\": there is no theme `plian` / did you mean `plain`?"
        ]
    );
    assert!(
        theme.has_template("article.html"),
        "the built-in theme stands in"
    );
}

#[test]
fn a_circle_of_themes_is_found_with_every_step() {
    let folder = Folder::new(&[
        ("site.toml", SITE),
        (
            "themes/plain/theme.toml",
            "name = \"plain\"\nextends = \"other\"\n",
        ),
        (
            "themes/other/theme.toml",
            "name = \"other\"\nextends = \"plain\"\n",
        ),
    ]);
    let (_, findings, inputs) = folder.load(&["en"]);
    assert_eq!(
        lines(&inputs, &findings),
        [
            "theme-cycle themes/plain/theme.toml:\"\\\"other\\\"\" + themes/other/theme.toml:\"\\\"plain\\\"\": the themes `plain` and `other` extend each other in a circle / take one `extends` out"
        ]
    );
}

#[test]
fn an_override_that_extends_itself_is_told_how_to_extend_its_parent() {
    let folder = Folder::new(&[
        ("site.toml", "[theme]\nname = \"child\"\n"),
        (
            "themes/child/theme.toml",
            "name = \"child\"\nextends = \"plain\"\n",
        ),
        (
            "themes/child/templates/page.html",
            "{% extends \"page.html\" %}",
        ),
        ("themes/plain/theme.toml", THEME),
        ("themes/plain/templates/page.html", "x"),
    ]);
    let (_, findings, inputs) = folder.load(&["en"]);
    assert_eq!(
        lines(&inputs, &findings),
        [
            "template-error themes/child/templates/page.html:\"page.html\": the template `child/page.html` extends itself / to change the parent theme's, write `{% extends \"plain/page.html\" %}`"
        ]
    );
}

#[test]
fn every_mistake_of_a_manifest_is_found_in_one_run() {
    let manifest = "name = \"plan\"\nlicence = \"MIT\"\n\
        [tokens.a]\nkind = \"colour\"\nlight = \"#000\"\n\
        [directives.d]\nbody = \"needed\"\nitems_at_least = 0\none_of = [[\"x\", \"z\"]]\n\
        [directives.d.arguments.x]\nkind = \"choice\"\n\
        [directives.d.arguments.y]\nkind = \"integer\"\ndefault = \"many\"\nmax_from = \"w\"\n";
    let folder = Folder::new(&[
        ("site.toml", SITE),
        ("themes/plain/theme.toml", manifest),
        ("themes/plain/templates/directives/d.html", ""),
    ]);
    let (_, findings, inputs) = folder.load(&["en"]);
    let found: Vec<String> = lines(&inputs, &findings)
        .iter()
        .map(|line| line.replace("themes/plain/theme.toml:", ""))
        .collect();
    assert_eq!(
        found,
        [
            "unknown-value \"\\\"plan\\\"\": the theme in `plain` calls itself `plan` / write `name = \"plain\"`, or rename the folder",
            "unknown-key \"licence\": unknown key `licence` in `theme.toml` / did you mean `license`?",
            "unknown-value \"\\\"colour\\\"\": `colour` is not a `kind` / did you mean `color`?",
            "unknown-value \"\\\"needed\\\"\": `needed` is not a `body` / one of `required`, `optional`, `none` and `rows`",
            "unknown-value \"0\": `items_at_least` is 0, and has to be at least 1 / write a whole number, such as `2`",
            "unknown-value \"[[\\\"x\\\", \\\"z\\\"]]\": `one_of` names `z`, which `d` does not have / its arguments are `x` and `y`",
            "unknown-value \"\\\"choice\\\"\": the argument `x` is a choice without choices / write `choices = [\"one\", \"two\"]`",
            "unknown-value \"\\\"many\\\"\": `many` is not a value that `y` may have / the default is written as an author would write it",
            "unknown-value \"\\\"w\\\"\": `max_from` names `w`, which `d` does not have / its arguments are `x` and `y`",
        ]
    );
}
