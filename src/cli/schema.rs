//! `afterword schema`.

use afterword::scaffold::editor::{self, Outcome};
use afterword::schema::{ALL, Schema as Known};

use super::args::Schema;
use super::{End, Failure, expect_site, print};

/// Lists the schemas, prints one, or writes them all with the settings of an editor.
pub fn run(command: &Schema) -> Result<End, Failure> {
    if command.write {
        return write(command);
    }
    let Some(name) = &command.name else {
        print::result(&listed());
        return Ok(End::Done);
    };
    let Some(schema) = Known::named(name) else {
        let names: Vec<_> = ALL.iter().map(|schema| schema.name).collect();
        return Err(Failure::Usage {
            message: format!("there is no schema `{name}`"),
            help: format!("there are `{}`", names.join("`, `")),
        });
    };
    print::result(&schema.text());
    Ok(End::Done)
}

fn listed() -> String {
    let mut text = String::new();
    for schema in ALL {
        let files = match schema.files {
            "" => "the file that a page of kind `picker` names",
            files => files,
        };
        text.push_str(&format!("{:<14} {}: {files}\n", schema.name, schema.about));
    }
    text.push_str(
        "\nafterword schema NAME      print one\n\
         afterword schema --write   put all of them beside the site, and tell VS Code where they are\n",
    );
    text
}

fn write(command: &Schema) -> Result<End, Failure> {
    expect_site(&command.folder.site)?;
    let outcomes = editor::write(&command.folder.site)?;
    let mut text = String::new();
    let mut to_add = String::new();
    for (file, outcome) in &outcomes {
        let word = match outcome {
            Outcome::Written => "written",
            Outcome::Kept => "as it was",
            Outcome::Added => "added to",
            Outcome::ToAdd(settings) => {
                to_add.push_str(&format!(
                    "\n`{file}` holds something that this program cannot add to safely, and was left as it is.\n\
                     Put this into it:\n\n{settings}"
                ));
                "left alone"
            }
        };
        text.push_str(&format!("{word:<11} {file}\n"));
    }
    text.push_str(&to_add);
    print::result(&text);
    Ok(End::Done)
}
