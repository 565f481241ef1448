//! Pictures that weigh more than a page should make anybody load.

use super::Subject;
use crate::checks::weight::grouped;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Target;
use crate::site::PageKind;
use crate::theme::Budgets;

/// What a picture may weigh where no budget says otherwise, in bytes.
const MOST: usize = 200_000;

/// Checks every picture of the text and of front matter.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let site = subject.site;
    let document = subject.document;
    for image in document.bodies().flat_map(|body| &body.images) {
        let Target::File { path, .. } = &image.target else {
            continue;
        };
        let Some(file) = site.image_file(document, path) else {
            continue; // `images` tells that it is not there.
        };
        let kind = kind(subject);
        let files = [&site.config.budgets].into_iter();
        let budget = Budgets::of(files.chain(site.theme.budgets()), kind);
        let most = budget.picture.unwrap_or(MOST);
        let weight = site.inputs.file(&file).map_or(0, |file| file.size());
        if weight <= most {
            continue;
        }
        let pixels = site
            .dimensions(&file)
            .map_or_else(String::new, |(width, height)| {
                format!(" and is {width} by {height} pixels")
            });
        let message = format!(
            "the picture `{path}` weighs {} bytes{pixels}, where {} are planned",
            grouped(weight),
            grouped(most)
        );
        findings.push(
            Diagnostic::new(Code::HeavyPicture, message)
                .at(&document.path, image.span.clone(), "")
                .help(format!(
                    "1,600 pixels in width are enough for any screen; save it as WebP or as a JPEG of middling quality, or allow more with `picture = {}` below `[budget.{}]` in `site.toml`",
                    weight.div_ceil(1000) * 1000,
                    kind.name(),
                )),
        );
    }
}

/// The kind of page that a document makes, as far as budgets ask.
fn kind(subject: &Subject<'_>) -> PageKind {
    let written = subject.keys.kind;
    let mut names = crate::document::front_matter::Kind::NAMES.iter();
    let name = names.find(|(_, kind)| Some(*kind) == written);
    let name = name.map_or("article", |(name, _)| *name);
    let mut kinds = PageKind::ALL.into_iter();
    kinds
        .find(|kind| kind.name() == name)
        .unwrap_or(PageKind::Article)
}
