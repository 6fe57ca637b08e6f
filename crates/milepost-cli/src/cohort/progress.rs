//! How far a long run is. In: what is read. Out: a bar on a terminal, on standard error, and nothing anywhere else.

use std::io::Read;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::screen::Screen;

/// The bar, if somebody looks.
pub struct Progress(ProgressBar);

impl Progress {
    /// Of a run that writes its results as it goes: it has no bar where they go to a terminal themselves.
    pub fn beside_results(screen: &Screen) -> Self {
        Self::shown(!screen.quiet && !screen.terminal)
    }

    /// Of a run that writes its results in the end.
    pub fn before_results(screen: &Screen) -> Self {
        Self::shown(!screen.quiet)
    }

    /// A bar that is drawn only where standard error is a terminal.
    fn shown(shown: bool) -> Self {
        let bar = ProgressBar::no_length();
        bar.set_draw_target(if shown {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        });
        Self(bar)
    }

    /// Counts what is read of a source, of a size if that is known.
    pub fn watch<R: Read>(&self, source: R, size: Option<u64>) -> impl Read + use<R> {
        let template = match size {
            Some(_) => "{bar:30} {bytes} of {total_bytes}, {eta} left",
            None => "{spinner} {bytes}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
        if let Some(size) = size {
            self.0.set_length(size);
        }
        self.0.wrap_read(source)
    }

    /// Says something without the bar in between.
    pub fn aside(&self, say: impl FnOnce()) {
        self.0.suspend(say);
    }

    /// Takes the bar away.
    pub fn done(&self) {
        self.0.finish_and_clear();
    }
}
