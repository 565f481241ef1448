//! Addresses as pages write them: whose host they name, and where on the site they lead.

/// True for a whole address that is not the site's own.
pub(super) fn is_foreign(address: &str, own: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    let is_whole = address.starts_with("//") || scheme.contains(':');
    is_whole && !starts_with(address, "data:") && !address.starts_with(own)
}

/// The host of a whole web address.
pub(super) fn host(address: &str) -> Option<&str> {
    let rest = match address.split_once("//") {
        Some(("", rest)) => rest,
        Some((scheme, rest))
            if scheme.eq_ignore_ascii_case("https:") || scheme.eq_ignore_ascii_case("http:") =>
        {
            rest
        }
        Some(_) | None => return None,
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    (!host.is_empty()).then_some(host)
}

/// An address of the site itself without the way to its root, and without a fragment.
pub(super) fn below_root<'a>(address: &'a str, own: &str) -> &'a str {
    let mut rest = address.strip_prefix(own).unwrap_or(address);
    while let Some(after) = rest.strip_prefix("../").or_else(|| rest.strip_prefix("./")) {
        rest = after;
    }
    // The page for wrong addresses names the root by its whole path.
    let base = own.splitn(4, '/').nth(3).unwrap_or_default();
    let rest = rest
        .strip_prefix('/')
        .map_or(rest, |rest| rest.strip_prefix(base).unwrap_or(rest));
    rest.split(['?', '#']).next().unwrap_or_default()
}

/// True when a text begins with these letters, small or large.
pub(super) fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|beginning| beginning.eq_ignore_ascii_case(start))
}
