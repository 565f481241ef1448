//! Scripts, styles and handlers that stand in a template, and what it would load from other sites.
//!
//! The policy of every page keeps them out, so they would do nothing but puzzle. What a template puts
//! together of values is looked at when a page is made of it.

use super::templates::TemplateFiles;
use crate::contacts::{Breach, Contacts, Stylesheets};
use crate::diagnostic::Diagnostic;

/// No address of a template begins so: where the site will be served, a theme does not know.
const OWN: &str = "https://nowhere.invalid/";

/// Looks through every template.
pub(super) fn check(files: &TemplateFiles, findings: &mut Vec<Diagnostic>) {
    let none = Stylesheets::default();
    for file in files.by_name.values() {
        let html = without_tags(&file.text);
        for (mut breach, span) in Contacts::of(&html, OWN, &none).breaches {
            let label = match &mut breach {
                Breach::Foreign { address, .. } => {
                    file.text[span.clone()].clone_into(address);
                    "loaded by every page made of this"
                }
                Breach::Script | Breach::Style | Breach::Attribute(_) | Breach::ScriptLink => "",
            };
            findings.push(breach.finding().at(&file.path, span, label));
        }
    }
}

/// The words of a template, with everything at its place: values as one letter again and again, so
/// that addresses made of them are no address of another site; the rest of its language as spaces.
fn without_tags(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest
        .find("{{")
        .into_iter()
        .chain(rest.find("{%"))
        .chain(rest.find("{#"))
        .min()
    {
        html.push_str(&rest[..start]);
        let (end, filler) = match &rest[start..start + 2] {
            "{{" => ("}}", "x"),
            "{%" => ("%}", " "),
            _ => ("#}", " "),
        };
        let inside = &rest[start..];
        let length = inside.find(end).map_or(inside.len(), |at| at + end.len());
        html.push_str(&filler.repeat(length));
        rest = &inside[length..];
    }
    html.push_str(rest);
    html
}

#[cfg(test)]
mod tests {
    use crate::theme::testing::{Folder, lines};

    #[track_caller]
    fn check(template: &str, expected: &[&str]) {
        let folder = Folder::new(&[
            ("site.toml", "[theme]\nname = \"plain\"\n"),
            ("themes/plain/theme.toml", "name = \"plain\"\n"),
            ("themes/plain/assets/a.js", ""),
            ("themes/plain/templates/page.html", template),
        ]);
        let (_, findings, inputs) = folder.load(&["en"]);
        let lines = lines(&inputs, &findings);
        let places: Vec<_> = lines
            .iter()
            .filter_map(|line| line.split(": ").next())
            .map(|line| line.replace("themes/plain/templates/page.html", "page"))
            .collect();
        assert_eq!(places, expected, "{template}: {lines:?}");
    }

    #[test]
    fn what_a_policy_keeps_out_is_found_at_its_place_in_the_template() {
        check(
            "é{{ page.title }}<script>x</script>",
            &["inline-code page:\"<script>\""],
        );
        check(
            "{% if page.title %}<p{# > #} style=\"color:{{ page.title }}\">{% endif %}",
            &["inline-code page:\"style\""],
        );
        check(
            "<button onclick=\"x()\">",
            &["inline-code page:\"onclick\""],
        );
        check(
            "<link rel=\"stylesheet\" href=\"https://{{ page.title }}.example/a.css\">",
            &["foreign-resource page:\"https://{{ page.title }}.example/a.css\""],
        );
    }

    #[test]
    fn what_a_template_may_do_is_left_alone() {
        check(
            "<script src=\"{{ root }}{{ asset(path=\"a.js\") }}\"></script>\
             <script type=\"application/ld+json\">{{ page.structured_data }}</script>\
             {# <style> #}<img src=\"{% if root %}{{ root }}{% endif %}a.png\" alt=\"\">\
             <a href=\"{{ site.leave_url }}\">x</a>",
            &[],
        );
    }
}
