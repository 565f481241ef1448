//! Descriptions of pictures that are there and do not help: the name of a file, "image of", an essay,
//! or what stands beside the picture anyway.
//!
//! Pictures without any description are [`images`](super::images)'s.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::outline::Picture;

/// So many characters are read aloud without a pause in which one could stop.
const MOST_CHARACTERS: usize = 150;

/// What a description need not say: whoever hears it is told that it is a picture.
const BEGINNINGS: [&str; 20] = [
    "a drawing of",
    "a photo of",
    "a picture of",
    "an illustration of",
    "an image of",
    "dibujo de",
    "drawing of",
    "foto de",
    "fotografía de",
    "ilustración de",
    "illustration of",
    "image of",
    "image showing",
    "imagen de",
    "imagen que",
    "photo of",
    "photograph of",
    "picture of",
    "picture showing",
    "una imagen de",
];

/// Endings of pictures.
const ENDINGS: [&str; 9] = [
    "avif", "gif", "heic", "jpeg", "jpg", "png", "svg", "tiff", "webp",
];

/// Checks the description of every picture of the text.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for picture in &subject.document.outline().pictures {
        let Some((code, message, help)) = of_one(picture) else {
            continue;
        };
        findings.push(
            Diagnostic::new(code, message)
                .at(&subject.document.path, picture.span.clone(), "")
                .help(help),
        );
    }
}

fn of_one(picture: &Picture) -> Option<(Code, String, String)> {
    let alt = picture.alt.trim();
    let plain = alt.to_lowercase();
    if alt.is_empty() {
        return None;
    }
    if is_file_name(&plain) {
        return Some((
            Code::AltFileName,
            format!("a picture whose description is the name of a file: `{alt}`"),
            "write what it shows, as you would tell it on the telephone".to_owned(),
        ));
    }
    let beginning = BEGINNINGS.iter().find(|beginning| {
        let rest = plain.strip_prefix(*beginning);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    if let Some(beginning) = beginning {
        return Some((
            Code::AltPrefix,
            format!("a description that begins with `{beginning}`"),
            "begin with what it shows: that it is a picture is said without it".to_owned(),
        ));
    }
    let characters = alt.chars().count();
    if characters > MOST_CHARACTERS {
        return Some((
            Code::LongAlt,
            format!("a description of {characters} characters; the limit is {MOST_CHARACTERS}"),
            "say the one thing that matters, and tell the rest in the text beside it".to_owned(),
        ));
    }
    let beside = picture.beside.iter().chain([&picture.title]);
    let is_said = beside.map(|words| words.trim().to_lowercase());
    let end = |words: &str| words.trim_end_matches(['.', '!', ':']).to_owned();
    let is_said = is_said.filter(|words| !words.is_empty());
    let is_said = is_said.into_iter().any(|words| end(&words) == end(&plain));
    is_said.then(|| {
        (
            Code::RepeatedAlt,
            "a description that says what stands beside the picture".to_owned(),
            "say what the words beside it do not; if they say all, write `![](file \"decorative\")`"
                .to_owned(),
        )
    })
}

/// `IMG_2041.jpg`, `leaf-2.png`, `DSC00012`.
fn is_file_name(plain: &str) -> bool {
    if plain.contains(char::is_whitespace) {
        return false;
    }
    let ending = plain.rsplit_once('.').map(|(_, ending)| ending);
    let is_file = ending.is_some_and(|ending| ENDINGS.contains(&ending));
    let from_camera = [
        "img_",
        "img-",
        "dsc_",
        "dsc0",
        "pxl_",
        "screenshot_",
        "screenshot-",
    ];
    is_file || from_camera.iter().any(|begin| plain.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(alt: &str, beside: &str, expected: Option<Code>) {
        let picture = Picture {
            alt: alt.to_owned(),
            span: 0..0,
            title: String::new(),
            beside: vec![beside.to_owned()],
        };
        assert_eq!(of_one(&picture).map(|(code, ..)| code), expected, "{alt}");
    }

    #[test]
    fn a_description_says_what_is_seen_and_nothing_else() {
        check("Two cups on a table", "Tea for two.", None);
        check("Image of two cups", "", Some(Code::AltPrefix));
        check("Imagen de dos tazas", "", Some(Code::AltPrefix));
        check("Images often deceive", "", None);
        check("IMG_2041", "", Some(Code::AltFileName));
        check("two-cups.webp", "", Some(Code::AltFileName));
        check("e.g. a cup.jpg file", "", None);
        check(
            "Two cups on a table",
            "Two cups on a table.",
            Some(Code::RepeatedAlt),
        );
        check(&"a".repeat(151), "", Some(Code::LongAlt));
        check(&"a".repeat(150), "", None);
    }
}
