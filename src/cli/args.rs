//! Every command and option with its help: what `--help` prints is written here and in [`texts`], and nowhere
//! else.

mod texts;

use std::path::PathBuf;

use afterword::scaffold::{Archetype, PageName, SitePattern};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use texts::{ReadingAges, Review, Reviews, Translated};

/// Makes a website for health education from articles written in Markdown
#[derive(Debug, Parser)]
#[command(name = "afterword", version, propagate_version = true, after_help = TOP_EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

const TOP_EXAMPLES: &str = "\
EXAMPLES
  afterword new site my-site       make a small complete site to begin with
  afterword preview                see the site of this folder while you write
  afterword check                  look for mistakes, write nothing
  afterword build                  make the site, ready to be published

EXIT CODES
  0  done
  1  the site has errors
  2  the command line makes no sense
  3  the machine said no (a disk, a port, a permission)";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the site, ready to be published
    Build(Build),
    /// Look for mistakes everywhere, and write nothing
    Check(Check),
    /// Show the site in a browser, and follow every change
    Preview(Preview),
    /// Make a new site or a new page
    #[command(subcommand, after_help = NEW_EXAMPLES)]
    New(New),
    /// Write down that somebody has reviewed a page as it is now
    Review(Review),
    /// List the pages that need review, and when
    Reviews(Reviews),
    /// Write down that translations say what their source says now
    Translated(Translated),
    /// List how hard each page is to read
    Reading(ReadingAges),
    /// Say what a message means and how to mend it
    Explain(Explain),
    /// Tell editors what each file may hold
    Schema(Schema),
    /// Print completions for a shell
    Completions(Completions),
}

/// Which site a command is about.
#[derive(Debug, Args)]
pub struct SiteFolder {
    /// Folder of the site, the one that holds `site.toml`; this folder when not given
    #[arg(
        long,
        value_name = "DIR",
        default_value = ".",
        hide_default_value = true
    )]
    pub site: PathBuf,
}

/// What every command that reads a site asks for.
#[derive(Debug, Args)]
pub struct Reading {
    #[command(flatten)]
    pub folder: SiteFolder,

    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,

    /// Make the site as it would be on this day, such as 2026-11-21; today when not given
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
}

const BUILD_EXAMPLES: &str = "\
EXAMPLES
  afterword build
      the site of this folder into the folder that `site.toml` names, or `public`

  afterword build --site clinic --out /srv/www/clinic
      another site, into another folder

  afterword build --base-url https://example.org/aftercare/
      for another address than the one in `site.toml`

  afterword build --drafts --today 2027-01-01
      as it would be on New Year's Day, drafts included

The old output stays whole until the new one is complete. When the site has errors, nothing is
published.";

#[derive(Debug, Args)]
#[command(after_help = BUILD_EXAMPLES)]
pub struct Build {
    #[command(flatten)]
    pub reading: Reading,

    /// Folder to publish into; the one that `site.toml` names, or `public`, when not given
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Address of the published site, in place of the one in `site.toml`
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// How many threads work at once; one for each core when not given
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
}

const CHECK_EXAMPLES: &str = "\
EXAMPLES
  afterword check
      every mistake of the site in this folder, each with its place and what to do

  afterword check --strict
      warnings fail too: for a check before publishing

  afterword check --format json > findings.jsonl
      one JSON object a line, for other programs

  afterword check --format sarif > findings.sarif
      for editors and dashboards, with what is excepted and why

  afterword check --format github
      as notes beside the lines of a change on GitHub

  afterword check --against ../texts-we-read
      is any sentence not our own? Compares with each .txt and .md file of that folder

  afterword check --external
      are the links to other sites still good? Asks each at most once a week, and takes minutes";

#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct Check {
    #[command(flatten)]
    pub reading: Reading,

    /// Address of the published site, in place of the one in `site.toml`
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// How many threads work at once; one for each core when not given
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,

    /// For people, or for other programs
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,

    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,

    /// Name runs of eight words and more that the site shares with the texts of a folder
    #[arg(long, value_name = "DIR")]
    pub against: Option<PathBuf>,

    /// Ask other sites whether what the pages link to is still there
    #[arg(long)]
    pub external: bool,
}

/// How `check` tells what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Messages to be read
    Human,
    /// One JSON object a line
    Json,
    /// A log in SARIF 2.1.0
    Sarif,
    /// Commands of GitHub's workflows
    Github,
}

/// How `reviews` and `reading` tell what they found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
}

const PREVIEW_EXAMPLES: &str = "\
EXAMPLES
  afterword preview
      the site of this folder at http://127.0.0.1:4000/, or at the next port that is free

  afterword preview --drafts --port 8080
      with drafts, at port 8080 and no other

  afterword preview --today 2027-01-01
      as the site would be on New Year's Day

  afterword preview --host
      on a phone too: everybody on the same network can see it, with a code to scan

  afterword preview --editor \"code --goto {file}:{line}:{column}\"
      the places of problems open in this editor

Without `--host` only this computer can open the preview. Pages are made as `build` makes them, and a
change shows by itself. Ctrl-C ends it.";

#[derive(Debug, Args)]
#[command(after_help = PREVIEW_EXAMPLES)]
pub struct Preview {
    #[command(flatten)]
    pub reading: Reading,

    /// Port to serve at; 4000 or the next one that is free when not given, any free one for 0
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,

    /// Show it to the whole network too: at all addresses of this computer, at one, or by a name
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "0.0.0.0")]
    pub host: Option<String>,

    /// Command of your editor; `{file}`, `{line}` and `{column}` stand for the place
    #[arg(long, value_name = "COMMAND")]
    pub editor: Option<String>,

    /// Do not open the browser
    #[arg(long)]
    pub no_open: bool,
}

const NEW_EXAMPLES: &str = "\
EXAMPLES
  afterword new site my-site
  afterword new page caring/low-mood";

#[derive(Debug, Subcommand)]
pub enum New {
    /// Make a small complete site that builds at once
    Site(NewSite),
    /// Make a page from the theme's pattern for its kind
    Page(NewPage),
}

const NEW_SITE_EXAMPLES: &str = "\
EXAMPLES
  afterword new site my-site
      a new folder `my-site` with a home page, a section, questions and answers

  afterword new site .
      in this folder, when it is empty

  afterword new site my-style --from specimen
      a site that shows every part of a theme in every state, for those who make or change one

Nothing that is there is ever overwritten.";

#[derive(Debug, Args)]
#[command(after_help = NEW_SITE_EXAMPLES)]
pub struct NewSite {
    /// Folder to make; it may be there already when it is empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// What to begin with
    #[arg(long, value_name = "PATTERN", value_parser = pattern_parser(), default_value = "site")]
    pub from: SitePattern,
}

const NEW_PAGE_EXAMPLES: &str = "\
EXAMPLES
  afterword new page caring/low-mood
      an article in `content/caring/low-mood.md`, served at `/caring/low-mood/`

  afterword new page questions --kind faq
      a page of questions and answers, at the top of the site

  afterword new page caring/low-mood.es
      the Spanish edition of the article

Nothing that is there is ever overwritten.";

#[derive(Debug, Args)]
#[command(after_help = NEW_PAGE_EXAMPLES)]
pub struct NewPage {
    /// Where the page goes: its section and its own name, in small letters, digits and `-`
    #[arg(value_name = "SECTION/SLUG", value_parser = PageName::parse)]
    pub name: PageName,

    /// What kind of page
    #[arg(long, value_name = "KIND", value_parser = kind_parser(), default_value = "article")]
    pub kind: Archetype,

    #[command(flatten)]
    pub folder: SiteFolder,
}

const EXPLAIN_EXAMPLES: &str = "\
EXAMPLES
  afterword explain broken-link
      what the message means, why it matters, an example, and how to mend it

  afterword explain
      every message in a sentence

  afterword explain --all > messages.md
      the whole manual of messages as Markdown";

#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct Explain {
    /// Name of the message, which stands in its brackets; all of them in short when not given
    #[arg(value_name = "CODE")]
    pub code: Option<String>,

    /// Every page of the manual
    #[arg(long, conflicts_with = "code")]
    pub all: bool,
}

const SCHEMA_EXAMPLES: &str = "\
EXAMPLES
  afterword schema
      what there is a schema for: the settings, front matter and every data file

  afterword schema --write
      all of them into the site's folder `.afterword`, and into `.vscode` what lets VS Code complete
      keys and explain them; what you have written there stays

  afterword schema site > site.schema.json
      one of them, for another editor

They are JSON Schemas of draft 07. Write them again after a new version of the program.";

#[derive(Debug, Args)]
#[command(after_help = SCHEMA_EXAMPLES)]
pub struct Schema {
    /// Which one to print; a list of all when not given
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// Put all of them beside the site, and tell VS Code where they are
    #[arg(long, conflicts_with = "name")]
    pub write: bool,

    #[command(flatten)]
    pub folder: SiteFolder,
}

const COMPLETIONS_EXAMPLES: &str = "\
EXAMPLES
  afterword completions bash > ~/.local/share/bash-completion/completions/afterword
  afterword completions zsh > \"${fpath[1]}/_afterword\"
  afterword completions fish > ~/.config/fish/completions/afterword.fish";

#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

fn date(written: &str) -> Result<Date, String> {
    written
        .parse()
        .map_err(|_| "write a day as year, month and day, such as 2026-11-21".to_owned())
}

fn threads(written: &str) -> Result<usize, String> {
    match written.parse() {
        Ok(number @ 1..=1024) => Ok(number),
        Ok(_) | Err(_) => Err("write a number from 1 to 1024".to_owned()),
    }
}

fn pattern_parser() -> impl clap::builder::TypedValueParser<Value = SitePattern> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(SitePattern::ALL.map(SitePattern::as_str)).map(|name| {
        SitePattern::ALL
            .into_iter()
            .find(|pattern| pattern.as_str() == name)
            .unwrap_or(SitePattern::Site)
    })
}

fn kind_parser() -> impl clap::builder::TypedValueParser<Value = Archetype> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(Archetype::ALL.map(Archetype::as_str)).map(|name| {
        Archetype::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .unwrap_or(Archetype::Article)
    })
}
