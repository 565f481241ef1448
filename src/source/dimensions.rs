//! How large pictures are, so that a page can keep their place before they come.

/// Width and height of a drawing: its own, or those of the box that it is drawn in.
pub(super) fn of_drawing(text: &str) -> Option<(u32, u32)> {
    let element = &text[text.find("<svg")?..];
    let element = &element[..element.find('>')?];
    let attribute = |name: &str| {
        let start = element.find(&format!(" {name}=\""))? + name.len() + 3;
        element[start..].split('"').next()
    };
    let number = |text: &str| {
        let number = text.trim().trim_end_matches("px").parse::<f64>().ok()?;
        // Larger than any screen, or no size at all: better no size than a wrong one.
        (1.0..100_000.0)
            .contains(&number)
            .then_some(number.round() as u32)
    };
    if let (Some(width), Some(height)) = (attribute("width"), attribute("height")) {
        return Some((number(width)?, number(height)?));
    }
    let mut sides = attribute("viewBox")?
        .split([' ', ','])
        .filter(|side| !side.is_empty())
        .skip(2);
    let (width, height) = (number(sides.next()?)?, number(sides.next()?)?);
    // The sides of a small box are units to draw in, and not the size that is meant.
    (width >= 16 && height >= 16).then_some((width, height))
}

/// Width and height of a picture made of pixels; 0 for what no page can show.
pub(super) fn of_pixels(size: imagesize::ImageSize) -> (u32, u32) {
    (
        u32::try_from(size.width).unwrap_or(0),
        u32::try_from(size.height).unwrap_or(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_its_own_size_or_that_of_its_box() {
        let size = |attributes: &str| of_drawing(&format!("<svg {attributes}><path/></svg>"));
        let own = "x=\"1\" width=\"30\" height=\"20px\" viewBox=\"0 0 3 2\"";
        assert_eq!(size(own), Some((30, 20)));
        assert_eq!(
            size("xmlns=\"a\" viewBox=\"0 0 300.4 200\""),
            Some((300, 200))
        );
        assert_eq!(size("xmlns=\"a\" width=\"100%\" height=\"100%\""), None);
        assert_eq!(size("xmlns=\"a\" viewBox=\"0 0 1 1\""), None);
        assert_eq!(size("xmlns=\"a\""), None);
    }
}
