//! "Open in editor": starts the editor of the computer where the preview runs, at a file, a line and a
//! column.
//!
//! Which editor: the one of `--editor`; else that of `VISUAL` or `EDITOR`, when it has a window of its
//! own; else the first of [`EDITORS`] that is installed. No shell is involved: a file's name is one
//! argument, whatever is in it. Only files of the site folder are opened.
//!
//! To add an editor: a line in [`EDITORS`], with the form in which it wants the place.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::path::SourcePath;

/// A place in a file of the site, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: SourcePath,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

/// The editors that are looked for, best known first, with their arguments.
const EDITORS: [(&str, &[&str]); 22] = [
    ("code", &["--goto", "{file}:{line}:{column}"]),
    ("codium", &["--goto", "{file}:{line}:{column}"]),
    ("code-insiders", &["--goto", "{file}:{line}:{column}"]),
    ("cursor", &["--goto", "{file}:{line}:{column}"]),
    ("subl", &["{file}:{line}:{column}"]),
    ("sublime_text", &["{file}:{line}:{column}"]),
    ("zed", &["{file}:{line}:{column}"]),
    ("zeditor", &["{file}:{line}:{column}"]),
    (
        "kate",
        &["--line", "{line}", "--column", "{column}", "{file}"],
    ),
    (
        "kwrite",
        &["--line", "{line}", "--column", "{column}", "{file}"],
    ),
    ("gedit", &["+{line}:{column}", "{file}"]),
    ("xed", &["+{line}", "{file}"]),
    ("pluma", &["+{line}", "{file}"]),
    (
        "mousepad",
        &["--line={line}", "--column={column}", "{file}"],
    ),
    ("geany", &["--line={line}", "--column={column}", "{file}"]),
    ("mate", &["--line", "{line}:{column}", "{file}"]),
    ("bbedit", &["+{line}", "{file}"]),
    (
        "idea",
        &["--line", "{line}", "--column", "{column}", "{file}"],
    ),
    (
        "webstorm",
        &["--line", "{line}", "--column", "{column}", "{file}"],
    ),
    ("notepad++", &["-n{line}", "-c{column}", "{file}"]),
    ("gvim", &["+call cursor({line},{column})", "{file}"]),
    ("emacsclient", &["--no-wait", "+{line}:{column}", "{file}"]),
];

/// An editor, and how it is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    program: PathBuf,
    arguments: Vec<String>,
}

impl Editor {
    /// The editor that was asked for, or the one that is found.
    pub fn choose(asked: Option<&str>) -> Option<Self> {
        if let Some(asked) = asked {
            return Self::of_command(asked);
        }
        let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| {
            let command = std::env::var(name).ok()?;
            Self::of_command(&command).filter(|editor| form_of(&editor.program).is_some())
        });
        let known = EDITORS.iter().map(|(name, _)| *name);
        let installed = known.filter_map(|name| {
            Some(Self {
                program: on_path(name)?,
                arguments: Vec::new(),
            })
        });
        named.chain(installed).next()
    }

    /// A command as somebody writes it: a program and perhaps arguments, with spaces between them.
    fn of_command(command: &str) -> Option<Self> {
        // The path of a program may hold spaces.
        if Path::new(command).is_file() {
            return Some(Self {
                program: command.into(),
                arguments: Vec::new(),
            });
        }
        let mut words = command.split_whitespace().map(str::to_owned);
        Some(Self {
            program: words.next()?.into(),
            arguments: words.collect(),
        })
    }

    /// Its arguments for a place.
    fn arguments(&self, file: &str, place: &Place) -> Vec<String> {
        let written = &self.arguments;
        let mut form = written.clone();
        if !written.iter().any(|argument| argument.contains("{file}")) {
            let known = form_of(&self.program).unwrap_or(&["{file}"]);
            form.extend(known.iter().map(|&argument| argument.to_owned()));
        }
        let fill = |argument: String| {
            argument
                .replace("{line}", &place.line.to_string())
                .replace("{column}", &place.column.to_string())
                // Last: nothing in the name of a file is filled in.
                .replace("{file}", file)
        };
        form.into_iter().map(fill).collect()
    }

    /// Starts it, and does not wait for its end.
    pub fn start(&self, root: &Path, place: &Place) -> std::io::Result<()> {
        let file = file_within(root, &place.file)
            .ok_or_else(|| std::io::Error::other("there is no such file in the site folder"))?;
        let mut child = Command::new(&self.program)
            .args(self.arguments(&file.to_string_lossy(), place))
            .current_dir(root)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // Somebody has to take note of its end; what it was is nobody's business.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

/// The form of a known editor, by the name of its program.
fn form_of(program: &Path) -> Option<&'static [&'static str]> {
    let name = program.file_stem()?.to_str()?;
    let known = EDITORS.iter().find(|(known, _)| *known == name);
    known.map(|(_, form)| *form)
}

fn on_path(name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd", ".bat"]
    } else {
        &[""]
    };
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| {
            endings
                .iter()
                .map(move |ending| folder.join(format!("{name}{ending}")))
        })
        .find(|file| file.is_file())
}

/// Where a file lies, unless it lies elsewhere than it says.
pub fn file_within(root: &Path, file: &SourcePath) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let file = file.below(&root).canonicalize().ok()?;
    (file.starts_with(&root) && file.is_file()).then_some(file)
}

/// Reads what a link or a form says: `file=content/a.md&line=3&column=1`.
pub fn read(query: &str) -> Option<Place> {
    let value = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .filter(|(key, _)| *key == name)
            .find_map(|(_, value)| decode(value))
    };
    let file = value("file")?;
    let is_sound = !file.contains(['\\', '\0', ':']) && !file.contains(char::is_control);
    Some(Place {
        file: SourcePath::new(&file).filter(|_| is_sound)?,
        line: number(value("line")),
        column: number(value("column")),
    })
}

fn number(written: Option<String>) -> u32 {
    let number = written.and_then(|digits| digits.parse().ok());
    number.unwrap_or(1).max(1)
}

/// A value within a query.
pub fn encode(text: &str) -> String {
    let mut query = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
                query.push(char::from(byte));
            }
            _ => query.push_str(&format!("%{byte:02X}")),
        }
    }
    query
}

fn decode(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let (digits, after) = rest.split_at_checked(2)?;
                bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
                rest = after;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written_and_never_leaves_the_site() {
        let name = "content/a b&c=d+é%.md";
        let place = read(&format!("file={}&line=3&column=9", encode(name))).expect("a place");
        assert_eq!(
            (place.file.as_str(), place.line, place.column),
            (name, 3, 9)
        );
        let place = read("column=x&file=site.toml").expect("a place");
        assert_eq!((place.line, place.column), (1, 1));
        for outside in [
            "",
            "line=1",
            "file=",
            "file=/etc/passwd",
            "file=../x",
            "file=content/%2e%2e/x",
            "file=content%5c..%5cx",
            "file=C:/x",
            "file=a%00b",
            "file=%ff",
        ] {
            assert_eq!(read(outside), None, "{outside}");
        }
    }

    #[test]
    fn each_editor_is_told_the_place_in_its_own_way() {
        let place = Place {
            file: SourcePath::new("content/a.md").expect("sound"),
            line: 3,
            column: 9,
        };
        let check = |command: &str, expected: &str| {
            let editor = Editor::of_command(command).expect("an editor");
            assert_eq!(
                editor.arguments("/s/{line} a.md", &place).join("|"),
                expected,
                "{command}"
            );
        };
        check("code --wait", "--wait|--goto|/s/{line} a.md:3:9");
        check("/opt/bin/subl", "/s/{line} a.md:3:9");
        check("kate", "--line|3|--column|9|/s/{line} a.md");
        check("my-editor", "/s/{line} a.md");
        check("my-editor {file} -l{line}", "/s/{line} a.md|-l3");
    }
}
