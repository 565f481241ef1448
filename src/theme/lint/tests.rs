//! Each rule, with the templates that keep it and those that do not.

use crate::theme::testing::{Folder, lines};

const MANIFEST: &str = "name = \"plain\"\n\
    [directives.figure]\nabout = \"\"\n[directives.figure.arguments.src]\nkind = \"image\"\n\
    [directives.figure.arguments.caption]\nkind = \"text\"\n";
const STRINGS: &str =
    "hi = \"Hi {name}\"\nplain = \"Plain\"\n[n]\none=\"{count} page\"\nother=\"{count} pages\"\n";

/// What the checks say of a template `page.html`, each finding as `"marked": message / help`.
fn check(template: &str, expected: &[&str]) {
    check_files(&[("page.html", template)], expected);
}

fn check_files(templates: &[(&str, &str)], expected: &[&str]) {
    let paths: Vec<String> = templates
        .iter()
        .map(|(name, _)| format!("themes/plain/templates/{name}"))
        .collect();
    let mut files = vec![
        ("site.toml", "[theme]\nname = \"plain\"\n"),
        ("themes/plain/theme.toml", MANIFEST),
        ("themes/plain/strings/en.toml", STRINGS),
        ("themes/plain/assets/main.css", "a{color:red}"),
        ("themes/plain/templates/directives/figure.html", ""),
    ];
    files.extend(
        paths
            .iter()
            .map(String::as_str)
            .zip(templates.iter().map(|(_, text)| *text)),
    );
    let (_, findings, inputs) = Folder::new(&files).load(&["en"]);
    let found: Vec<String> = lines(&inputs, &findings)
        .iter()
        .map(|line| line.replace("themes/plain/templates/", ""))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn sound_templates_raise_no_alarm() {
    for sound in [
        "{{ page.title }}{{ page['title'] }}{{ page.previous?.title }}{{ page.previous.title }}",
        "{% for c in page.pages %}{{ c.title }}{{ loop.index }}{% if loop.last %}{% endif %}{% else %}{{ root }}{% endfor %}",
        "{% for k, v in site.extra %}{{ k }}{{ v.anything.goes }}{% endfor %}",
        "{% set x = page.pages | first %}{{ x.title }}{% set y %}{{ x?.url }}{% endset %}{{ y | safe }}",
        "{% for c in page.pages %}{% set z = c.title %}{% set_global w = z %}{% endfor %}{{ w }}",
        "{{ page.extra.a.b or 'x' }}{{ unknown or 'x' }}{{ unknown | default(value='x') }}{{ unknown is defined }}{{ page.titel is defined }}",
        "{{ page.updated.iso if page.updated else site.home.url }}{{ page.title ~ '/' ~ page.url }}",
        "{{ [c.title for c in page.pages if c.minutes > 3] | length }}{{ {'a': page.title, ...site.extra}['a'] }}{{ -1 + page.minutes * 2 ** 2 // 3 % 4 }}",
        "{% raw %}{{ nothing.of.this }}{% endraw %}{# {{ nor.this }} #}{{- page.title -}}",
        "{{ page.pages[0].title }}{{ page.pages[0:2:1] | length }}{{ not page.title in ['a', \"b\"] and page.minutes not in [1] }}",
        "{% filter upper %}{{ page.title }}{% endfilter %}{{ text(key='n', count=2) }}{{ text(key=page.kind) }}{{ t.plain }}{{ t[page.kind] }}",
        "{{ asset(path='main.css') }}{{ asset(path='main' ~ '.css') }}{{ link(to='a.md') }}{% for i in range(end=3) %}{{ i }}{% endfor %}",
        "{% component c(page, n: integer = 1, @site, ...rest) {\"about\": \"x\"} %}{{ page.title }}{{ n }}{{ site.title }}{{ rest.x }}{{ body }}{% endcomponent c %}{{ <c page={page} z=\"1\" /> }}{% <c {...page.extra}> %}<b>{{ page.url }}</b>{% </c> %}",
        "{{ `back` }}{{ 1.5 }}{{ true }}{{ none }}{{ (page.title | upper) }}{% if page.minutes is divisible_by(divisor=2) and page.title is not containing(pat='x') %}{% elif page.words %}{% else %}{% endif %}",
    ] {
        check(sound, &[]);
    }
}

#[test]
fn an_unknown_value_is_found_at_its_place_with_the_nearest_name() {
    check(
        "{{ page.titel }}\n{{ pge.title }}",
        &[
            "unknown-variable page.html:\"titel\": there is no value `page.titel` / did you mean `title`?",
            "unknown-variable page.html:\"pge\": there is no value `pge` / did you mean `page`?",
        ],
    );
    check(
        "{{ site.zzzzzz or 'x' }}",
        &[
            "unknown-variable page.html:\"zzzzzz\": there is no value `site.zzzzzz` / known are `title`, `tagline`, `language`, `home`, `practice`, `languages`, `menu`, `footer`, `feed_url`, `tags_url`, `sources_url`, `process`, `funding`, `corrections`, `leave_url`, `files`, `is_specimen`, `theme` and `extra`",
        ],
    );
    check(
        "{{ page.pages.title }}{{ page.title.x }}",
        &[
            "unknown-variable page.html:\"title\": `page.pages` is a list and has no `title` / go through it: `{% for one in page.pages %}`",
            "unknown-variable page.html:\"x\": `page.title` is text and has no `x` / ",
        ],
    );
}

#[test]
fn what_is_known_of_a_value_goes_through_loops_variables_and_components() {
    check(
        "{% set all = page.related %}{% for c in all %}{{ c.titel }}{% endfor %}\
         {% set d = page.updated or page.published %}{{ d.txt }}\
         {% component one(of) %}{{ of.ulr }}{{ page.title }}{% endcomponent one %}\
         {% for c in page.pages %}{{ <one of={c} /> }}{% endfor %}",
        &[
            "unknown-variable page.html:\"titel\": there is no value `c.titel` / did you mean `title`?",
            "unknown-variable page.html:\"txt\": there is no value `d.txt` / did you mean `text`?",
            "unknown-variable page.html:\"ulr\": there is no value `of.ulr` / did you mean `url`?",
            "unknown-variable page.html:\"page\": there is no value `page` / add `@page` to the parameters of `one`",
        ],
    );
    check(
        "{% component one(of, n=1) %}{{ of }}{{ n }}{% endcomponent one %}{{ <one fo=\"x\" /> }}",
        &[
            "template-error page.html:\"one\": the component `one` needs `of` / write `of={...}`",
            "template-error page.html:\"fo\": the component `one` has no parameter `fo` / did you mean `of`?",
        ],
    );
}

#[test]
fn blocks_see_what_their_frame_sets_and_includes_see_the_loop_around_them() {
    check_files(
        &[
            (
                "base.html",
                "{% set accent = 'x' %}{% block a %}{% endblock a %}",
            ),
            (
                "page.html",
                "{% extends \"base.html\" %}{% block a %}{{ accent }}{% for c in page.pages %}{% include \"parts/c.html\" %}{% endfor %}{% endblock a %}",
            ),
            ("parts/c.html", "{{ c.title }}{{ c.titel }}"),
        ],
        &[
            "unknown-variable parts/c.html:\"titel\": there is no value `c.titel` / did you mean `title`?",
        ],
    );
}

#[test]
fn a_directive_sees_the_arguments_that_it_declares() {
    check_files(
        &[
            (
                "directives/figure.html",
                "{% extends \"parts/frame.html\" %}{% block b %}{{ args.src }}{{ args.src_width }}{{ args.captoin }}{{ page.title }}{% endblock b %}",
            ),
            (
                "parts/frame.html",
                "{{ args.caption }}{{ body }}{{ number }}{% block b %}{% endblock b %}",
            ),
        ],
        &[
            "unknown-variable directives/figure.html:\"captoin\": there is no value `args.captoin` / did you mean `caption`?",
            "unknown-variable directives/figure.html:\"page\": there is no value `page` / known are `args`, `body`, `rows`, `ideas`, `picker`, `number`, `site`, `root`, `t` and `language`",
        ],
    );
}

#[test]
fn literal_words_and_assets_are_looked_up() {
    check(
        "{{ t.plian }}{{ text(key=\"hello\") }}{{ asset(path=\"mian.css\") }}{{ asset(path=\"main.css\", x=1) }}{{ link() }}",
        &[
            "missing-string page.html:\"plian\": no strings file has the key `plian` / did you mean `plain`?",
            "missing-string page.html:\"hello\": no strings file has the key `hello` / write it in `themes/plain/strings/en.toml`",
            "missing-asset page.html:\"mian.css\": the theme has no asset `mian.css` / did you mean `main.css`?",
            "template-error page.html:\"x\": `asset` has no argument `x` / it takes `path`",
            "template-error page.html:\"link\": `link` needs the argument `to` / as in `{% set privacy = link(to=\"about/privacy.md\") %}`",
        ],
    );
    check(
        "{{ text(key=\"hi\", nam=1) }}{{ text(key=\"n\") }}{{ t.n }}{{ t.hi }}",
        &[
            "template-error page.html:\"text\": the words of `hi` need the argument `name` / write `text(key=\"hi\", name=...)`",
            "template-error page.html:\"nam\": the words of `hi` do not use `nam` / did you mean `name`?",
            "template-error page.html:\"text\": the words of `n` need the argument `count` / write `text(key=\"n\", count=...)`",
            "template-error page.html:\"n\": the words of `n` need the argument `count` / write `text(key=\"n\", count=...)`",
            "template-error page.html:\"hi\": the words of `hi` need the argument `name` / write `text(key=\"hi\", name=...)`",
        ],
    );
}

#[test]
fn a_declared_directive_has_a_template() {
    let theme = "name = \"plain\"\n[directives.note]\nabout = \"\"\n";
    let (_, findings, inputs) = Folder::new(&[
        ("site.toml", "[theme]\nname = \"plain\"\n"),
        ("themes/plain/theme.toml", theme),
    ])
    .load(&["en"]);
    assert_eq!(
        lines(&inputs, &findings),
        [
            "missing-template themes/plain/theme.toml:\"note\": the directive `note` has no template / write `themes/plain/templates/directives/note.html`"
        ],
    );
}
