//! A bar for long work, where somebody is looking.
//!
//! It appears after half a second and only on a terminal; short builds and logs never see it.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use afterword::pipeline;
use indicatif::{ProgressBar, ProgressStyle};

const PATIENCE: Duration = Duration::from_millis(500);
const REDRAW: Duration = Duration::from_millis(80);

/// How far the work is. The threads that do it only store two numbers here; another one draws.
#[derive(Default)]
struct Reached {
    done: AtomicUsize,
    all: AtomicUsize,
}

/// The bar; it goes away when this is dropped.
pub struct Bar {
    reached: Arc<Reached>,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Bar {
    /// Begins to wait for the time at which a bar is worth drawing.
    pub fn start() -> Self {
        let reached = Arc::new(Reached::default());
        let drawing = std::io::stderr().is_terminal().then(|| {
            let (stop, stopped) = channel();
            let reached = Arc::clone(&reached);
            (stop, std::thread::spawn(move || draw(&reached, &stopped)))
        });
        Self { reached, drawing }
    }

    /// Takes the news.
    pub fn show(&self, progress: pipeline::Progress) {
        match progress {
            pipeline::Progress::Rendering { done, all } => {
                self.reached.all.store(all, Ordering::Relaxed);
                self.reached.done.fetch_max(done, Ordering::Relaxed);
            }
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.drawing.take() {
            drop(stop);
            // A bar that could not be drawn is no reason to fail.
            let _ = thread.join();
        }
    }
}

fn draw(reached: &Reached, stopped: &Receiver<()>) {
    if stopped.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let bar = ProgressBar::no_length().with_style(style("{spinner} reading the site"));
    let mut has_length = false;
    while stopped.recv_timeout(REDRAW) == Err(RecvTimeoutError::Timeout) {
        let all = reached.all.load(Ordering::Relaxed);
        if all > 0 && !has_length {
            has_length = true;
            bar.set_style(style("{bar:30} {human_pos} of {human_len} pages and files"));
            bar.set_length(all as u64);
        }
        bar.set_position(reached.done.load(Ordering::Relaxed) as u64);
        bar.tick();
    }
    bar.finish_and_clear();
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
