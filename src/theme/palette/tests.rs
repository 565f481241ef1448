//! Which rules are judged, and which are not.

use lightningcss::stylesheet::{ParserOptions, StyleSheet};

use super::*;

fn said(css: &str) -> Vec<String> {
    let tokens = ":root{--ink:#000;--paper:#fff;--mid:#777;--soft:#ddd;}\n\
        @media (prefers-color-scheme:dark){:root{--ink:#fff;--paper:#000;--soft:#888;}}\n";
    let palette = Palette::new(tokens, [css].into_iter());
    let sheet = StyleSheet::parse(css, ParserOptions::default()).expect("a stylesheet");
    let mut findings = Vec::new();
    check(&sheet.rules, &palette, &|_| None, &mut findings);
    findings
        .into_iter()
        .map(|finding| {
            finding
                .message
                .replace("words of `", "")
                .replace(" reach a contrast of ", " ")
        })
        .collect()
}

#[test]
fn words_that_are_too_close_to_their_ground_are_found() {
    for (css, expected) in [
        (
            "a{color:#999;background:#eee}",
            "a` 2.45 in the light scheme and need 4.50",
        ),
        (
            "a{color:var(--mid);background-color:var(--paper)}",
            "a` 4.47 in the light scheme and need 4.50",
        ),
        (
            "a{color:var(--ink);background:var(--soft)}",
            "a` 3.54 in the dark scheme and need 4.50",
        ),
        (
            "a{color:#000;background:#fff}@media (prefers-color-scheme:dark){a{background:#222}}",
            "a` 1.31 in the dark scheme and need 4.50",
        ),
        (
            "@media (width > 40rem){a{color:#999;background:#eee}}",
            "a` 2.45 in the light scheme and need 4.50",
        ),
        (
            ".x{& a{color:#999;background:#eee}}",
            ".x & a` 2.45 in the light scheme and need 4.50",
        ),
        (
            "h1{color:#aaa;background:#fff}",
            "h1` 2.32 in the light scheme and need 3.00",
        ),
        (
            "a{color:color-mix(in srgb,var(--paper) 60%,var(--ink));background:var(--paper)}",
            "a` 2.84 in the light scheme and need 4.50",
        ),
    ] {
        assert_eq!(said(css), [expected], "{css}");
    }
}

#[test]
fn what_nobody_can_tell_is_not_judged() {
    for css in [
        "a{color:#444;background:#eee}",
        "a{color:#999}a b{background:#eee}",
        "a{color:#999;background:url(x.png)}",
        "a{color:#999;background:rgb(0 0 0 / 10%)}",
        "a{color:#999;background:none}",
        "a{color:#999;background:var(--own)}.b{--own:#eee}.c{--own:#000}",
        "a{color:#999;background:var(--lost)}",
        "a{color:var(--mid);background:#888}.dark{--mid:#fff}",
        "a{color:#888;background:#fff;font-size:1.5rem}",
        "a{color:#888;background:#fff;font-size:19px;font-weight:700}",
        "a{color:#888;background:#fff;opacity:.9}",
        "a:disabled{color:#999;background:#eee}",
        "a{color:#999;background:currentColor}",
        "a{color:var(--ink);background:var(--ink)}",
        "@media (forced-colors:active){a{color:#999;background:#eee}}",
        "a{color:var(--ink);background:var(--paper)}",
        "a{color:#000;background:light-dark(#fff,#ddd)}",
    ] {
        assert_eq!(said(css), Vec::<String>::new(), "{css}");
    }
}
