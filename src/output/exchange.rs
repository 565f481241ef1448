//! The one moment: the new output takes the place of the old.

use std::fs;
use std::io;
use std::path::Path;

use super::place;
use super::workspace::{Workspace, is_there};
use crate::error::Error;

/// Puts the staged output in the place of `out`. When it fails, the old output is in its place.
pub(super) fn take_place(workspace: &Workspace, out: &Path) -> Result<(), Error> {
    if !is_there(out) {
        return publish_error(out, fs::rename(workspace.staged(), out));
    }
    keep_permissions(out, &workspace.staged())?;
    workspace.set_aside()?;
    let ready = workspace.ready();
    let result = match exchange(&ready, out) {
        Err(error) if is_unsupported(&error) => in_two_steps(&ready, out, &workspace.old()),
        other => other,
    };
    if result.is_err() {
        // If this fails too, the next build removes it.
        let _ = workspace.take_back();
    }
    publish_error(out, result)
}

fn publish_error(out: &Path, result: io::Result<()>) -> Result<(), Error> {
    result.map_err(|error| match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => place::mount_point(out),
        _ => Error::io("publish", out, &error),
    })
}

/// A folder that was closed to some, or opened to a group, stays so.
fn keep_permissions(old: &Path, new: &Path) -> Result<(), Error> {
    fs::metadata(old)
        .and_then(|found| fs::set_permissions(new, found.permissions()))
        .map_err(|error| Error::io("set the permissions of", new, &error))
}

/// Exchanges two folders in one step, so that there is no moment without output.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the system or this file system has no exchange. Linux says `EINVAL` in the second case.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

/// Exchanges two folders by way of `spare`. Between the steps there is no output folder; killed
/// there, the next build puts the old one back.
pub(super) fn in_two_steps(ready: &Path, out: &Path, spare: &Path) -> io::Result<()> {
    fs::rename(out, spare)?;
    fs::rename(ready, out).inspect_err(|_| {
        // If this fails too, the old output waits in the workspace for the next build.
        let _ = fs::rename(spare, out);
    })
}
