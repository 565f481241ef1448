//! `afterword preview`.

use std::io::IsTerminal;
use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};
use std::sync::Arc;

use afterword::path::SourcePath;
use afterword::preview::{self, News, Reach, Settings};
use qrcode::{EcLevel, QrCode, render::unicode::Dense1x2};

use super::args::Preview;
use super::{End, Failure, print, system_date, workspace};

/// Serves the site until Ctrl-C.
pub fn run(command: &Preview) -> Result<End, Failure> {
    let reach = reach(command.host.as_deref())?;
    let workspace = workspace(&command.reading, None)?;
    let fixed_day = command.reading.today;
    let opens = !command.no_open && has_somebody_before_it();
    preview::run(Settings {
        site: command.reading.folder.site.clone(),
        workspace,
        renew: Box::new(move |options| options.today = fixed_day.unwrap_or_else(system_date)),
        port: command.port,
        reach,
        editor: command.editor.clone(),
        listener: Arc::new(move |news| tell(&news, opens)),
    })?;
    Ok(End::Done)
}

/// Where `--host` wants the preview to be seen.
fn reach(host: Option<&str>) -> Result<Reach, Failure> {
    let Some(host) = host else {
        return Ok(Reach::Here);
    };
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(Reach::Network {
            address,
            names: Vec::new(),
        });
    }
    let is_name = host.split('.').all(|part| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    });
    if is_name {
        return Ok(Reach::Network {
            address: Ipv4Addr::UNSPECIFIED.into(),
            names: vec![host.to_owned()],
        });
    }
    Err(Failure::Usage {
        message: format!("`{host}` is neither an address nor a name"),
        help: "write an address of this computer such as `192.168.1.5`, its name such as \
               `studio.local`, or nothing for all its addresses"
            .to_owned(),
    })
}

/// Whether a browser that opens would be seen: not where another program runs this one, and not at the
/// other end of an `ssh`.
fn has_somebody_before_it() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let has_desktop = !cfg!(all(unix, not(target_os = "macos")))
        || is_set("DISPLAY")
        || is_set("WAYLAND_DISPLAY");
    std::io::stdout().is_terminal() && has_desktop && !is_set("CI") && !is_set("SSH_CONNECTION")
}

/// Opens an address in the browser that the system names. When it has none, the address has been printed
/// and nothing more needs to be said.
fn open(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let child = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = child {
        // Somebody has to take note of its end.
        std::thread::spawn(move || child.wait());
    }
}

fn tell(news: &News<'_>, opens: bool) {
    match news {
        News::Serving {
            url,
            network,
            latest,
        } => {
            print::result(&format!("Preview at {url} (Ctrl-C ends it)\n"));
            if let Some(network) = network {
                tell_network(network, latest);
            }
            if opens {
                open(&format!("{}{latest}", url.trim_end_matches('/')));
            }
        }
        News::Loaded {
            changed,
            outcome,
            took,
        } => {
            if let Err(error) = outcome {
                print::failure(&error.to_string(), &error.help);
            } else if let Some(what) = summary(changed) {
                print::news(&format!("{what}: shown after {} ms\n", took.as_millis()));
            }
        }
        News::Checked(loaded) => print::diagnostics(&loaded.diagnostics, &*loaded.inputs),
        News::PageFailed {
            path,
            diagnostics,
            loaded,
        } => {
            print::diagnostics(diagnostics, &*loaded.inputs);
            print::news(&format!("`{path}` cannot be shown\n"));
        }
    }
}

/// Says where others can see it, with a code for the camera of a phone, and what that means.
fn tell_network(url: &str, latest: &str) {
    print::result(&format!("On your network at {url}\n"));
    if std::io::stdout().is_terminal()
        && let Some(code) = code(&format!("{}{latest}", url.trim_end_matches('/')))
    {
        print::result(&format!("\n{}\n", black_on_white(&code)));
    }
    print::news(
        "Everybody on the same network can read the whole site there, with what is not published \
         yet if you show drafts, and what the author's desk says of it. Nothing can be changed or \
         opened from there. Use `--host` on a network that you trust, and end it when you are done.\n",
    );
}

/// A QR code for a terminal, two rows of it in each line.
fn code(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    Some(code.render::<Dense1x2>().build())
}

/// Black on white, whatever the terminal's colours are: some cameras read nothing else.
fn black_on_white(code: &str) -> String {
    code.lines()
        .map(|line| format!("\x1b[38;5;16m\x1b[48;5;231m{line}\x1b[0m\n"))
        .collect()
}

/// `content/a.md`, or `content/a.md and 3 more`.
fn summary(changed: &[SourcePath]) -> Option<String> {
    match changed {
        [] => None,
        [one] => Some(one.to_string()),
        [first, rest @ ..] => Some(format!("{first} and {} more", rest.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_an_address_a_name_or_all_there_are() {
        assert_eq!(reach(None).expect("fine"), Reach::Here);
        let network = |address: &str, names: &[&str]| Reach::Network {
            address: address.parse().expect("an address"),
            names: names.iter().map(|&name| name.to_owned()).collect(),
        };
        for (written, expected) in [
            ("0.0.0.0", network("0.0.0.0", &[])),
            ("192.168.1.5", network("192.168.1.5", &[])),
            ("studio.local", network("0.0.0.0", &["studio.local"])),
        ] {
            assert_eq!(reach(Some(written)).expect("fine"), expected, "{written}");
        }
        for nonsense in ["http://x", "a b", "a..b", ""] {
            assert!(reach(Some(nonsense)).is_err(), "{nonsense}");
        }
    }

    #[test]
    fn the_code_has_a_quiet_margin_and_two_rows_in_each_line() {
        let code = code("http://192.168.1.5:4000/caring/").expect("a code");
        let lines: Vec<_> = code.lines().collect();
        let width = lines[0].chars().count();
        // 25 modules and four on each side.
        assert_eq!((width, lines.len()), (33, 17));
        assert!(
            lines[0]
                .chars()
                .all(|c| c == lines[0].chars().next().expect("a character"))
        );
    }
}
