//! `_headers`: what a host is to send with every page, in the form that several static hosts read.
//!
//! The README's settings for nginx say the same; a test keeps the two equal.

use super::gathered::Gathered;
use crate::path::UrlPath;
use crate::site::Site;

/// Where it is published. Hosts look for it at the top of the output folder, whatever path the site
/// is served below.
const NAME: &str = "_headers";

/// What a page may never ask its reader's device for. Only names that browsers know: for others they
/// complain. Writing to the clipboard is not here, because a press on "copy the link" may do that.
const FEATURES: [&str; 26] = [
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];

/// Where it is published, unless the site does without.
pub fn url(site: &Site) -> Option<UrlPath> {
    UrlPath::new(NAME).filter(|_| site.config.output.headers)
}

/// The file.
pub fn render(site: &Site, gathered: &Gathered) -> String {
    let base = site.config.base_url.path();
    let features: Vec<_> = FEATURES.iter().map(|name| format!("{name}=()")).collect();
    let mut text = format!("{base}*\n");
    for (name, value) in [
        (
            "Content-Security-Policy",
            // Only a header can say that no page may be shown inside another site's.
            format!("{}; frame-ancestors 'none'", gathered.loads.policy()),
        ),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Permissions-Policy", features.join(", ")),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
    ] {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    // Hosts that send early hints send these before the page itself.
    for sheet in &gathered.stylesheets {
        text.push_str(&format!("  Link: <{base}{sheet}>; rel=preload; as=style\n"));
    }
    text.push_str(&format!(
        "\n{base}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    ));
    text
}
