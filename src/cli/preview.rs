//! `afterword preview`.

use std::sync::Arc;

use afterword::preview::{self, News, Settings};

use super::args::Preview;
use super::{End, Failure, print, system_date, workspace};

/// Serves the site until Ctrl-C.
pub fn run(command: &Preview) -> Result<End, Failure> {
    let workspace = workspace(&command.reading, None)?;
    let fixed_day = command.reading.today;
    preview::run(Settings {
        site: command.reading.folder.site.clone(),
        workspace,
        renew: Box::new(move |options| options.today = fixed_day.unwrap_or_else(system_date)),
        port: command.port,
        listener: Arc::new(|news| tell(&news)),
    })?;
    Ok(End::Done)
}

fn tell(news: &News<'_>) {
    match news {
        News::Serving(url) => print::result(&format!("Preview at {url} (Ctrl-C ends it)\n")),
        News::Loaded {
            changed,
            outcome,
            took,
        } => {
            match outcome {
                Ok(loaded) => print::diagnostics(&loaded.diagnostics, &*loaded.inputs),
                Err(error) => print::failure(&error.to_string(), &error.help),
            }
            if let Some(what) = summary(changed) {
                let state = match outcome {
                    Ok(loaded) if loaded.has_errors() => "with errors",
                    Ok(_) => "shown",
                    Err(_) => "cannot be read",
                };
                print::news(&format!("{what}: {state} after {} ms\n", took.as_millis()));
            }
        }
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

/// `content/a.md`, or `content/a.md and 3 more`.
fn summary(changed: &[String]) -> Option<String> {
    match changed {
        [] => None,
        [one] => Some(one.clone()),
        [first, rest @ ..] => Some(format!("{first} and {} more", rest.len())),
    }
}
