//! Site folders for tests: made in a temporary place, opened and built as the program would do it.
//!
//! All calls of the generator's interface stand here, so that changing it changes one place.

use std::fs;
use std::path::{Path, PathBuf};

use afterword::diagnostic::{self, Diagnostic, terminal};
use afterword::pipeline::{self, BuildOutcome, Loaded, Options, Workspace};
use tempfile::TempDir;

use crate::built::Built;

/// The day on which the sites of tests are built.
pub const TODAY: &str = "2026-06-15";

const SITE_TOML: &str = "title = \"A small site\"\nbase_url = \"https://small.example/\"\n";
const FRONT_PAGE: &str = "---\ntitle: Start\n---\n\nWelcome.\n";

/// A site in a temporary folder.
pub struct SiteFolder {
    folder: TempDir,
}

/// What became of a site.
pub enum Outcome {
    /// It was published; with the warnings, as a terminal without colours shows them.
    Published(Built, String),
    /// It has errors; they and the warnings, as a terminal without colours shows them.
    Refused(String),
}

/// How a test wants a site to be made.
pub fn options() -> Options {
    Options {
        today: TODAY.parse().expect("a day"),
        drafts: false,
        base_url: None,
    }
}

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl SiteFolder {
    /// A site with a front page and nothing else.
    pub fn new() -> Self {
        let site = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        site.fill();
        site
    }

    /// A copy of a folder of `tests/sites/`. What it leaves out, a settings file and a front page, is
    /// added.
    pub fn copy_of(original: &Path) -> Self {
        let site = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        for part in ["site.toml", "content", "themes", ".dictionaries"] {
            copy(&original.join(part), &site.path().join("site").join(part));
        }
        site.fill();
        site
    }

    fn fill(&self) {
        for (file, text) in [("site.toml", SITE_TOML), ("content/_index.md", FRONT_PAGE)] {
            if !self.root().join(file).exists() {
                self.write(file, text);
            }
        }
    }

    /// The temporary folder that holds the site folder, and nothing else at first.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The site folder.
    pub fn root(&self) -> PathBuf {
        self.path().join("site")
    }

    /// Writes a file of the site.
    pub fn write(&self, file: &str, contents: impl AsRef<[u8]>) {
        let path = self.root().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, contents).expect("written");
    }

    /// The text of a file of the site.
    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root().join(file)).expect("text")
    }

    /// Has the site write its links to the files of pages, for a folder without a server.
    pub fn link_to_files(&self) {
        let settings = self.read("site.toml");
        let settings = match settings.split_once("[output]\n") {
            Some((before, after)) => format!("{before}[output]\nlinks = \"file\"\n{after}"),
            None => format!("{settings}\n[output]\nlinks = \"file\"\n"),
        };
        self.write("site.toml", settings);
    }

    /// Builds the site into a new folder beside it.
    pub fn build(&self) -> Outcome {
        self.build_with(options(), "public")
    }

    /// Builds the site with options, into a folder beside it.
    pub fn build_with(&self, options: Options, out: &str) -> Outcome {
        build(&self.root(), options, &self.path().join(out))
    }

    /// What is wrong with the site, as a terminal without colours shows it.
    pub fn report(&self) -> String {
        match self.build() {
            Outcome::Published(_, report) | Outcome::Refused(report) => report,
        }
    }
}

/// A site that is read, with what was found on the way.
pub fn load(root: &Path) -> Loaded {
    Workspace::new(root, options())
        .load()
        .expect("the folder can be read")
}

/// Builds the site in a folder into another one.
pub fn build(root: &Path, options: Options, out: &Path) -> Outcome {
    let loaded = Workspace::new(root, options)
        .load()
        .expect("the folder can be read");
    let findings = all_findings(&loaded);
    let report = terminal::render(&findings, &*loaded.inputs, false);
    if findings
        .iter()
        .any(|finding| finding.severity == diagnostic::Severity::Error)
    {
        return Outcome::Refused(report);
    }
    match pipeline::build(&loaded, out, &|_| ()).expect("the folder can be written") {
        BuildOutcome::Published { .. } => {
            Outcome::Published(Built::read(out, &loaded.site.config.base_url), report)
        }
        BuildOutcome::Refused { diagnostics } => panic!("a check did not find {diagnostics:?}"),
    }
}

/// What `afterword check` would tell.
pub fn all_findings(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut findings = loaded.diagnostics.clone();
    findings.extend(
        pipeline::check(loaded, &|_| ())
            .expect("nothing is written")
            .diagnostics,
    );
    diagnostic::sort(&mut findings);
    findings
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("made");
        for entry in fs::read_dir(from).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else if from.exists() {
        fs::create_dir_all(to.parent().expect("a folder")).expect("made");
        fs::copy(from, to).expect("copied");
    }
}
