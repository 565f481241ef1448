//! The floor of the benchmark: how long it takes to do nothing but write the same files.
//!
//! `floor SOURCE TARGET THREADS` reads every file below SOURCE into memory, then writes them all to
//! the new folder TARGET and prints the seconds of the writing alone. No program that writes these
//! files from as many threads, one by one, can be much faster than this.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, fs, io, thread};

/// A file to write: its path below the target folder, and its bytes.
type File = (PathBuf, Vec<u8>);

/// How many files a thread takes at once: about one folder of articles.
const HANDFUL: usize = 50;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [source, target, threads] = arguments.as_slice() else {
        panic!("usage: floor SOURCE TARGET THREADS");
    };
    let threads: usize = threads.parse().expect("THREADS is a number");

    let mut files = Vec::new();
    read(Path::new(source), Path::new(""), &mut files)?;
    files.sort();

    let start = Instant::now();
    write(&files, Path::new(target), threads)?;
    println!("{:.6}", start.elapsed().as_secs_f64());
    Ok(())
}

fn read(folder: &Path, relative: &Path, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let relative = relative.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &relative, files)?;
        } else {
            files.push((relative, fs::read(entry.path())?));
        }
    }
    Ok(())
}

fn write(files: &[File], target: &Path, threads: usize) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let writers: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| write_handfuls(files, target, &next)))
            .collect();
        writers
            .into_iter()
            .try_for_each(|writer| writer.join().expect("a writer does not panic"))
    })
}

fn write_handfuls(files: &[File], target: &Path, next: &AtomicUsize) -> io::Result<()> {
    let mut folder = PathBuf::new();
    loop {
        let first = next.fetch_add(HANDFUL, Ordering::Relaxed);
        if first >= files.len() {
            return Ok(());
        }
        for (path, bytes) in &files[first..files.len().min(first + HANDFUL)] {
            let path = target.join(path);
            let parent = path.parent().expect("a file has a folder");
            if folder != parent {
                fs::create_dir_all(parent)?;
                folder = parent.to_owned();
            }
            fs::write(&path, bytes)?;
        }
    }
}
