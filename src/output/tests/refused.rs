//! What is refused, and that it stays as it was.

use super::*;

/// Expects a refusal with these words, and nothing changed or left behind.
fn check_refused(site: &Site, out: &Path, words: &str) {
    let before = contents(site.root());
    let refusal = Staging::begin(out, site.root()).expect_err("refused");
    assert!(refusal.to_string().contains(words), "{refusal}");
    assert!(!refusal.help.is_empty(), "{refusal}");
    assert_eq!(contents(site.root()), before);
}

#[test]
fn a_folder_that_we_did_not_make_is_refused_and_not_emptied() {
    let site = Site::new();
    site.put("thesis.txt", "the only copy");
    check_refused(
        &site,
        &site.out(),
        "it holds files that this program did not put there",
    );
    assert_eq!(site.published(), owned(&[("thesis.txt", "the only copy")]));
}

#[test]
fn a_manifest_that_leads_elsewhere_does_no_harm() {
    let site = Site::new();
    fs::write(site.root().join("site.toml"), "title = 'x'").expect("written");
    site.put("index.html", "x");
    site.put(
        manifest::NAME,
        r#"{"about": "", "format": 1, "files": ["../site.toml", "index.html"]}"#,
    );
    check_refused(&site, &site.out(), "names `../site.toml`");
    assert!(site.root().join("site.toml").exists());
}

#[test]
fn a_damaged_manifest_is_refused() {
    let site = Site::new();
    site.put(manifest::NAME, r#"{"about": "", "form"#);
    check_refused(&site, &site.out(), "is damaged");
}

#[test]
fn folders_that_hold_sources_are_refused() {
    let site = Site::new();
    for folder in ["content/health", "themes"] {
        fs::create_dir_all(site.root().join(folder)).expect("made");
    }
    check_refused(&site, site.root(), "it is the site folder");
    check_refused(
        &site,
        &site.root().join("content").join(".."),
        "it is the site folder",
    );
    check_refused(
        &site,
        site.root().parent().expect("has one"),
        "the site lies in it",
    );
    check_refused(&site, &site.root().join("content"), "it lies in `content`");
    check_refused(
        &site,
        &site.root().join("content/health"),
        "it lies in `content`",
    );
    check_refused(
        &site,
        &site.root().join("themes/new/public"),
        "it lies in `themes`",
    );
    check_refused(
        &site,
        &site.root().join("gone/../public"),
        "goes up from a folder",
    );
    check_refused(&site, Path::new("/"), "the site lies in it");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let site = Site::new();
    fs::write(site.out(), "a file").expect("written");
    check_refused(&site, &site.out(), "it is a file");
}

#[cfg(unix)]
#[test]
fn links_into_the_sources_or_to_nowhere_are_refused() {
    use std::os::unix::fs::symlink;

    let site = Site::new();
    fs::create_dir(site.root().join("content")).expect("made");
    symlink("content", site.out()).expect("linked");
    check_refused(&site, &site.out(), "it lies in `content`");
    fs::remove_file(site.out()).expect("removed");
    symlink("nowhere", site.out()).expect("linked");
    check_refused(&site, &site.out(), "leads nowhere");
}

#[cfg(target_os = "linux")]
#[test]
fn a_mount_point_is_refused() {
    check_refused(&Site::new(), Path::new("/proc"), "a disk is mounted there");
}

#[test]
fn a_folder_with_the_name_of_our_workspace_is_refused_and_not_emptied() {
    let site = Site::new();
    let folder = site.root().join(".public.afterword");
    fs::create_dir(&folder).expect("made");
    fs::write(folder.join("thesis.txt"), "the only copy").expect("written");
    check_refused(&site, &site.out(), "this program did not make it");
}

#[test]
fn a_second_build_at_the_same_time_is_refused() -> Result<(), Error> {
    let site = Site::new();
    let first = site.begin()?;
    let refusal = site.begin().expect_err("the first one runs");
    assert!(
        refusal
            .to_string()
            .contains("another build is writing to it"),
        "{refusal}"
    );
    // The first one is not disturbed, and the folder is free again after it.
    write_all(&first, &[("index.html", "first")])?;
    first.publish()?;
    site.build(&[("index.html", "second")])?;
    assert_eq!(site.published(), owned(&[("index.html", "second")]));
    Ok(())
}

#[test]
fn a_build_that_is_given_up_leaves_the_old_output_whole() -> Result<(), Error> {
    let site = Site::new();
    site.build(&[("index.html", "old"), ("same.html", "same")])?;
    site.put("CNAME", "example.org");
    let before = (site.published(), identity(&site.out()));
    let staging = site.begin()?;
    write_all(
        &staging,
        &[
            ("index.html", "new"),
            ("same.html", "same"),
            ("a/b.html", "new"),
        ],
    )?;
    drop(staging);
    assert_eq!((site.published(), identity(&site.out())), before);
    assert!(site.is_tidy());
    Ok(())
}

#[test]
fn a_build_that_could_not_write_is_not_published() -> Result<(), Error> {
    let site = Site::new();
    site.build(&[("index.html", "old")])?;
    for (path, words) in [("index.html/x", "a file and a folder"), ("nul", "a device")] {
        let staging = site.begin()?;
        staging.write(&output("index.html"), b"new")?;
        let error = staging.write(&output(path), b"new").expect_err("refused");
        assert!(error.to_string().contains(words), "{error}");
        assert!(staging.publish().is_err());
        assert_eq!(site.published(), owned(&[("index.html", "old")]));
    }
    let staging = site.begin()?;
    staging
        .copy(&output("a.png"), &site.root().join("gone.png"))
        .expect_err("no such file");
    assert!(staging.publish().is_err());
    assert!(site.is_tidy());
    Ok(())
}

#[test]
fn a_file_that_is_not_ours_is_never_replaced() -> Result<(), Error> {
    let site = Site::new();
    site.build(&[("index.html", "old"), ("a/index.html", "old")])?;
    site.put("robots.txt", "of the host");
    site.put("a/file", "of the host");
    site.put("folder/deep/file", "of the host");
    let before = site.published();
    let clashes = [
        ("robots.txt", "public/robots.txt`: it is not ours"),
        (
            "robots.txt/index.html",
            "public/robots.txt`: it is not ours",
        ),
        ("a/file/index.html", "public/a/file`: it is not ours"),
        (
            "folder/deep/file",
            "public/folder/deep/file`: it is not ours",
        ),
        ("folder", "public/folder`: it is not ours"),
        ("folder/deep", "public/folder/deep`: it is not ours"),
        ("a", "public/a/file`: it is not ours"),
    ];
    for (path, words) in clashes {
        let refusal = site
            .build(&[("index.html", "new"), (path, "new")])
            .expect_err(path);
        assert!(refusal.to_string().contains(words), "{path}: {refusal}");
        assert_eq!(site.published(), before);
        assert!(site.is_tidy());
    }
    Ok(())
}
