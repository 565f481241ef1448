//! The commands that keep account of texts: reviews, translations, reading ages. As in [`args`](super::args),
//! what `--help` prints is written here.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{Format, Reading, SiteFolder, date};

const REVIEW_EXAMPLES: &str = "\
EXAMPLES
  afterword review caring/low-mood.md --by jo
      jo, a person of `content/people.yaml`, has reviewed the article today

  afterword review /caring/low-mood/ --by jo --checked \"Facts against sources; tone\"
      the page by its address, with what was checked

  afterword review caring/low-mood.es.md --by ana --on 2026-11-20 --due 2027-11-20
      the Spanish edition, two days ago, to be reviewed again after a year

The record goes to the end of `content/reviews.yaml`; what is there stays as it is. It holds a
fingerprint of the text and its sources: the page says that it is reviewed only while they are the
same.";

#[derive(Debug, Args)]
#[command(after_help = REVIEW_EXAMPLES)]
pub struct Review {
    /// The page: its file below `content`, or its address
    #[arg(value_name = "PAGE")]
    pub page: String,

    /// Who has reviewed it: an id of `content/people.yaml`
    #[arg(long, value_name = "PERSON")]
    pub by: String,

    /// What was checked, in words that readers see
    #[arg(long, value_name = "WORDS")]
    pub checked: Option<String>,

    /// Day of the next review; when not given, the months that `site.toml` names, or two years, later
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub due: Option<Date>,

    /// Day of the review; today when not given
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,

    #[command(flatten)]
    pub folder: SiteFolder,
}

const REVIEWS_EXAMPLES: &str = "\
EXAMPLES
  afterword reviews
      every page that needs review, the one whose day comes first at the top

  afterword reviews --due-within 90
      what is to be done in the next 90 days: overdue, changed since its review, or due

  afterword reviews --calendar reviews.ics
      the days of the next reviews as a file for a calendar, each with a reminder two weeks ahead

Articles and pages of questions need review; other pages do once somebody has reviewed them. Pages
that nobody has reviewed have no day and stand last.";

#[derive(Debug, Args)]
#[command(after_help = REVIEWS_EXAMPLES)]
pub struct Reviews {
    #[command(flatten)]
    pub reading: Reading,

    /// Only pages to be reviewed in so many days, or at once
    #[arg(long, value_name = "DAYS")]
    pub due_within: Option<u32>,

    /// Write the days into a calendar file too
    #[arg(long, value_name = "FILE")]
    pub calendar: Option<PathBuf>,

    /// For people, or one JSON object a line for other programs
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

const TRANSLATED_EXAMPLES: &str = "\
EXAMPLES
  afterword translated caring/low-mood.es.md
      the Spanish edition says today what `caring/low-mood.md` says

  afterword translated caring/low-mood.es.md --by ana --on 2026-11-20
      ana, a person of `content/people.yaml`, has finished it two days ago

  afterword translated --all
      every translation that is published is up to date

The record goes into `content/translations.yaml`. It holds a hash of each paragraph of the source, so
that `afterword check` can say which of them have moved on since, and where in the translation.";

#[derive(Debug, Args)]
#[command(after_help = TRANSLATED_EXAMPLES)]
pub struct Translated {
    /// The translations: their files below `content`, or their addresses
    #[arg(value_name = "PAGE", required_unless_present = "all")]
    pub pages: Vec<String>,

    /// Every translation that is published
    #[arg(long, conflicts_with = "pages")]
    pub all: bool,

    /// Who translated them or checked them: an id of `content/people.yaml`
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,

    /// Day of the translation; today when not given
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,

    /// It is meant that they are not built like their source, paragraph by paragraph
    #[arg(long)]
    pub uneven: bool,

    #[command(flatten)]
    pub folder: SiteFolder,
}

const READING_EXAMPLES: &str = "\
EXAMPLES
  afterword reading
      every page with its words and sentences, the hardest at the top

  afterword reading --format json
      one JSON object a line, for other programs

Two formulas tell the age at which people mostly can read a text: Flesch-Kincaid and Coleman-Liau
for English, Fernández Huerta and Crawford for Spanish. They count letters, syllables and words, and
know nothing of what is said. Texts of under 100 words have no age.";

#[derive(Debug, Args)]
#[command(after_help = READING_EXAMPLES)]
pub struct ReadingAges {
    #[command(flatten)]
    pub reading: Reading,

    /// For people, or one JSON object a line for other programs
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub format: Format,
}
