//! Which articles were written last.

use std::path::Path;
use std::time::SystemTime;

use walkdir::WalkDir;

use super::{is_passed_over, site_path};
use crate::path::SourcePath;

/// The articles of a site folder, the one that was saved last first.
///
/// The times of files are known here and nowhere else: nothing that is published depends on them.
pub fn articles(root: &Path) -> Vec<SourcePath> {
    let files = WalkDir::new(root.join("content")).into_iter().flatten();
    let mut found: Vec<(SystemTime, SourcePath)> = files
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = site_path(root, entry.path())?;
            let is_article = path.extension() == "md" && !is_passed_over(&path);
            let saved = entry.metadata().ok()?.modified().ok()?;
            is_article.then_some((saved, path))
        })
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.into_iter().map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};
    use std::time::Duration;

    #[test]
    fn the_article_that_was_saved_last_comes_first() {
        let site = tempfile::tempdir().expect("a folder");
        let folder = site.path().join("content/caring");
        fs::create_dir_all(&folder).expect("made");
        let begin = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        for (name, age) in [
            ("a.md", 30),
            ("b.md", 10),
            (".c.md", 5),
            ("d.png", 1),
            ("e.md", 20),
        ] {
            let file = File::create(folder.join(name)).expect("made");
            let saved = begin - Duration::from_secs(age);
            file.set_modified(saved).expect("set");
        }
        let found: Vec<_> = articles(site.path())
            .iter()
            .map(SourcePath::to_string)
            .collect();
        assert_eq!(
            found,
            [
                "content/caring/b.md",
                "content/caring/e.md",
                "content/caring/a.md"
            ]
        );
    }
}
