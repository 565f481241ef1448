//! Where the site is served.

use crate::data::{Reader, Spanned};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::UrlPath;

/// A whole address with the path under which the site lies: `https://example.org/aftercare/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// Reads an address; `None` when it is not `http(s)://host/path/`.
    pub fn new(written: &str) -> Option<Self> {
        let rest = written
            .strip_prefix("https://")
            .or_else(|| written.strip_prefix("http://"))?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let is_host = !host.is_empty()
            && host
                .chars()
                .all(|c| c.is_alphanumeric() || "-.:[]".contains(c));
        let path = path.trim_end_matches('/');
        let path = if path.is_empty() {
            UrlPath::root()
        } else {
            UrlPath::new(&format!("{path}/"))?
        };
        let origin = &written[..written.len() - rest.len() + host.len()];
        is_host.then(|| Self {
            origin: origin.to_owned(),
            path: path.as_str().to_owned(),
        })
    }

    /// The address for this run: the one chosen on the command line, else that of `site.toml`.
    pub(super) fn choose(
        written: Option<&Spanned<String>>,
        chosen: Option<&str>,
        reader: &Reader<'_>,
    ) -> Self {
        let unknown = Self {
            origin: "https://example.invalid".to_owned(),
            path: "/".to_owned(),
        };
        let report = |finding: Diagnostic| {
            reader.report(
                finding
                    .help("write it like `https://example.org/` or `https://example.org/guide/`"),
            );
            unknown.clone()
        };
        if let Some(chosen) = chosen {
            return Self::new(chosen).unwrap_or_else(|| {
                report(Diagnostic::new(
                    Code::UnknownValue,
                    format!("`--base-url {chosen}` is not a whole address"),
                ))
            });
        }
        let Some(written) = written else {
            return unknown;
        };
        Self::new(&written.value).unwrap_or_else(|| {
            report(
                Diagnostic::new(
                    Code::UnknownValue,
                    format!("`{}` is not a whole address", written.value),
                )
                .at(reader.path(), written.span.clone(), ""),
            )
        })
    }

    /// The whole address of a place of the site.
    pub fn absolute(&self, url: &str) -> String {
        format!("{}{}{url}", self.origin, self.path)
    }

    /// The path under which the site lies: `/` or `/aftercare/`.
    pub fn path(&self) -> &str {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_has_a_host_and_a_path() {
        let path = |written| BaseUrl::new(written).map(|url| url.absolute("a/"));
        assert_eq!(path("https://a.org").as_deref(), Some("https://a.org/a/"));
        assert_eq!(
            path("http://localhost:8/x/y").as_deref(),
            Some("http://localhost:8/x/y/a/")
        );
        for bad in [
            "a.org",
            "ftp://a.org/",
            "https://",
            "https://a b/",
            "https://a.org/?q",
        ] {
            assert_eq!(path(bad), None, "{bad}");
        }
    }
}
