//! `afterword new site` and `afterword new page`.

use std::path::Path;

use afterword::scaffold::{self, NewPage as Page};

use super::args::{NewPage, NewSite};
use super::{End, Failure, expect_site, print, system_date, words};

/// Makes a small complete site.
pub fn site(command: &NewSite) -> Result<End, Failure> {
    let files = scaffold::new_site(&command.folder, command.from)?;
    let here = command.folder == Path::new(".");
    let folder = command.folder.display();
    let mut text = if here {
        format!(
            "Made a site of {} here.\n\nNext:\n",
            words::count(files.len(), "file")
        )
    } else {
        let files = words::count(files.len(), "file");
        format!(
            "Made a site of {files} in `{folder}`.\n\nNext:\n  cd {}\n",
            quoted(&command.folder)
        )
    };
    text.push_str(
        "  afterword preview      see it in a browser while you write\n  \
         afterword build        make it ready to be published\n\n\
         Its name, its address and its practice are in `site.toml`; its pages are in `content`.\n\
         VS Code completes and explains what may stand there.\n",
    );
    print::result(&text);
    Ok(End::Done)
}

/// Makes a page from the theme's pattern.
pub fn page(command: &NewPage) -> Result<End, Failure> {
    expect_site(&command.folder.site)?;
    expect_language(command)?;
    let Page {
        path,
        address,
        section_without_index,
    } = scaffold::new_page(
        &command.folder.site,
        &command.name,
        command.kind,
        system_date(),
    )?;
    let mut text = format!("Made `{path}`, to be served at `{address}`.\n\nNext:\n");
    text.push_str("  write its title, description and text in that file\n");
    if let Some(index) = section_without_index {
        text.push_str(&format!(
            "  give its section a title, in a new file `{index}`\n"
        ));
    }
    text.push_str("  afterword preview --drafts      see it in a browser while you write\n");
    print::result(&text);
    Ok(End::Done)
}

/// Says so when a name asks for a language that the site does not have.
fn expect_language(command: &NewPage) -> Result<(), Failure> {
    let Some(code) = command.name.language() else {
        return Ok(());
    };
    let languages = scaffold::languages(&command.folder.site)?;
    if languages.iter().any(|known| known == code) {
        return Ok(());
    }
    Err(Failure::Usage {
        message: format!("the site has no language `{code}`"),
        help: format!(
            "add `[languages.{code}]` to `site.toml` first, or leave `.{code}` out of the name; the site has `{}`",
            languages.join("`, `")
        ),
    })
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+@:,\\".contains(c);
    if path.chars().all(plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}
