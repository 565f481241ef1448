//! A build that ends where it should not: killed at any step, or with a full disk.
//!
//! The child processes are this test binary itself, called with [`CHILD`] in the environment.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use super::*;

/// Names the site folder for a child process.
const CHILD: &str = "AFTERWORD_TEST_OUTPUT_CHILD";

/// How many pages a child builds.
const PAGES: usize = 60;

/// The pages of one version of the site; some of them are there only in this one.
fn pages(version: &str) -> Vec<(String, String)> {
    let mut pages: Vec<_> = (0..PAGES)
        .map(|n| match n % 3 {
            0 => (
                format!("same/{n}/index.html"),
                "the same in both".repeat(50),
            ),
            1 => (format!("changed/{n}/index.html"), version.repeat(900)),
            _ => (format!("only/{version}/{n}/index.html"), version.to_owned()),
        })
        .collect();
    pages.sort();
    pages
}

fn build(site: &Path, version: &str) -> Result<Published, Error> {
    let staging = Staging::begin(&site.join("public"), site)?;
    for (path, text) in pages(version) {
        staging.write(&output(&path), text.as_bytes())?;
        println!("written");
    }
    println!("publishing");
    staging.publish()
}

/// Not a test by itself: what a child process does.
#[test]
#[ignore = "run by other tests, in a process of its own"]
fn child() {
    let Some(site) = std::env::var_os(CHILD).map(PathBuf::from) else {
        return;
    };
    for version in ["B", "A"].into_iter().cycle() {
        if let Err(error) = build(&site, version) {
            println!("{error}");
            return;
        }
    }
}

fn start(site: &Site, mut command: Command) -> Child {
    command
        .args([
            "--exact",
            "output::tests::killed::child",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD, site.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command.spawn().expect("this binary runs again")
}

fn this_binary() -> PathBuf {
    std::env::current_exe().expect("it runs")
}

/// Expects one version of the site, whole, and what the host put there.
fn check_whole(site: &Site, when: &str) {
    let mut published = site.published();
    let foreign = published.iter().position(|(path, _)| path == "CNAME");
    if let Some(foreign) = foreign {
        published.remove(foreign);
    } else {
        // The moment between the exchange and the move: it is in the workspace.
        let waiting = site
            .root()
            .join(".public.afterword")
            .join("ready")
            .join("CNAME");
        assert!(waiting.exists(), "{when}: the file of the host is lost");
    }
    let whole = ["A", "B"]
        .into_iter()
        .any(|version| published == pages(version));
    let names: Vec<_> = published.iter().map(|(path, _)| path).collect();
    assert!(whole, "{when}: {names:?}");
}

/// Expects that the next build works, whatever the last one left.
fn check_recovers(site: &Site, when: &str) {
    for version in ["A", "B"] {
        build(site.root(), version).unwrap_or_else(|error| panic!("{when}: {error}"));
        let mut expected = pages(version);
        expected.insert(0, ("CNAME".to_owned(), "example.org".to_owned()));
        assert_eq!(site.published(), expected, "{when}");
        assert!(site.is_tidy(), "{when}");
    }
}

fn site_with_output() -> Site {
    let site = Site::new();
    build(site.root(), "A").expect("published");
    site.put("CNAME", "example.org");
    site
}

#[test]
fn a_build_that_is_killed_leaves_one_output_whole_and_the_next_one_recovers() {
    let site = site_with_output();
    // Killed after so many lines, and so many turns later: most often while it publishes.
    let publishing = PAGES + 1;
    let mut moments = vec![(1, 0), (PAGES / 2, 0), (PAGES, 0)];
    moments.extend((0..14).map(|n| (publishing * (1 + n % 2), n * 8000)));
    for (lines, turns) in moments {
        let when = format!("killed after {lines} lines and {turns} turns");
        let mut child = start(&site, Command::new(this_binary()));
        // Kept open until it is dead: a closed pipe would be an error, and errors tidy up.
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        let said = |line: &io::Result<String>| {
            line.as_ref()
                .is_ok_and(|line| line.ends_with("written") || line == "publishing")
        };
        let seen = stdout.by_ref().lines().filter(said).take(lines).count();
        assert_eq!(seen, lines, "{when}: the child ended by itself");
        (0..turns).for_each(|_| std::hint::spin_loop());
        child.kill().expect("it runs");
        child.wait().expect("it ends");
        check_whole(&site, &when);
        check_recovers(&site, &when);
    }
}

/// What a build had done when it was killed, after it put all of its files together.
type Step = fn(&Workspace, &Path);

/// Every state in which a killed build can leave the folders, made by hand.
const STEPS: [(&str, Step); 7] = [
    ("before the exchange", |_, _| {}),
    ("ready for it", |workspace, _| {
        workspace.set_aside().expect("renamed")
    }),
    ("after it", exchange_by_hand),
    ("half of the old output removed", |workspace, out| {
        exchange_by_hand(workspace, out);
        let old = workspace.ready();
        fs::rename(old.join("CNAME"), out.join("CNAME")).expect("renamed");
        fs::remove_dir_all(old.join("changed")).expect("removed");
        fs::remove_file(old.join("same/0/index.html")).expect("removed");
    }),
    ("only its folder left", |workspace, _| {
        fs::create_dir(workspace.ready()).expect("made");
    }),
    ("between two steps", |workspace, out| {
        workspace.set_aside().expect("renamed");
        fs::rename(out, workspace.old()).expect("renamed");
    }),
    ("after two steps", |workspace, out| {
        workspace.set_aside().expect("renamed");
        exchange::in_two_steps(&workspace.ready(), out, &workspace.old()).expect("renamed");
    }),
];

fn exchange_by_hand(workspace: &Workspace, out: &Path) {
    workspace.set_aside().expect("renamed");
    exchange::in_two_steps(&workspace.ready(), out, &workspace.old()).expect("renamed");
    fs::rename(workspace.old(), workspace.ready()).expect("renamed");
}

#[test]
fn the_next_build_recovers_from_every_step() -> Result<(), Error> {
    for (when, step) in STEPS {
        let site = site_with_output();
        let staging = site.begin()?;
        for (path, text) in pages("B") {
            staging.write(&output(&path), text.as_bytes())?;
        }
        Manifest::write(
            &staging.workspace.staged(),
            &site.out(),
            &staging.names.files(),
        )?;
        step(&staging.workspace, &site.out());
        staging.workspace.abandon();
        assert!(!site.is_tidy(), "{when}");
        check_recovers(&site, when);
    }
    Ok(())
}

#[test]
fn two_files_of_the_host_are_both_kept_where_only_one_has_room() -> Result<(), Error> {
    let site = site_with_output();
    let staging = site.begin()?;
    staging.write(&output("index.html"), b"new")?;
    Manifest::write(
        &staging.workspace.staged(),
        &site.out(),
        &staging.names.files(),
    )?;
    exchange_by_hand(&staging.workspace, &site.out());
    let waiting = staging.workspace.ready().join("CNAME");
    staging.workspace.abandon();
    site.put("CNAME", "example.com");
    let refusal = site.begin().expect_err("one of them must be chosen");
    assert!(
        refusal
            .to_string()
            .contains("public/CNAME` is there already"),
        "{refusal}"
    );
    assert_eq!(fs::read_to_string(&waiting).expect("there"), "example.org");
    assert_eq!(
        fs::read_to_string(site.out().join("CNAME")).expect("there"),
        "example.com"
    );
    fs::remove_file(site.out().join("CNAME")).expect("removed");
    check_recovers(&site, "after one was chosen");
    Ok(())
}

#[test]
fn an_exchange_that_fails_half_way_puts_the_old_output_back() {
    let site = site_with_output();
    let nothing = site.root().join("nothing");
    let spare = site.root().join("spare");
    exchange::in_two_steps(&nothing, &site.out(), &spare).expect_err("there is nothing");
    assert!(!spare.exists());
    check_recovers(&site, "after a failed exchange");
}

/// The shell keeps the system from killing the child when it goes beyond the size it may write, so
/// that it meets the same kind of error as with a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_output_whole() {
    let site = site_with_output();
    let before = (site.published(), identity(&site.out()));
    let mut shell = Command::new("sh");
    // In blocks of 512 or 1024 bytes: less than the contents of one page, or its manifest.
    shell
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""])
        .arg(this_binary());
    let child = start(&site, shell).wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(said.contains("cannot write"), "{said}");
    assert_eq!((site.published(), identity(&site.out())), before);
    assert!(site.is_tidy());
}
