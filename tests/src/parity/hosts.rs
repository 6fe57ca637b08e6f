//! The hosts. In: the folder with the batches. Out: each host's answers in a folder of their own, or what it said when
//! it fell over, fell silent, or could not be started.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// The hosts besides the native library; the slow ones first.
pub const HOSTS: [&str; 7] = [
    "command",
    "aarch64",
    "firefox",
    "webkitgtk",
    "chromium",
    "wasmtime",
    "node",
];

/// A host that answers nothing for so long hangs.
const PATIENCE: Duration = Duration::from_secs(300);

/// The native library for another processor.
const CROSS_BINARY: &str = "target/aarch64-unknown-linux-gnu/debug/parity";

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// What a host needs and this machine does not have.
#[must_use]
pub fn missing(host: &str) -> Option<PathBuf> {
    let needs: &[&str] = match host {
        "chromium" => &["/usr/bin/chromium"],
        "firefox" => &["/usr/bin/firefox-esr"],
        "webkitgtk" => &[
            "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
            "/usr/bin/xvfb-run",
        ],
        "wasmtime" => &["target/tools/wasmtime"],
        "aarch64" => &["/usr/bin/qemu-aarch64-static", CROSS_BINARY],
        _ => &[],
    };
    let places = needs.iter().map(|place| root().join(place));
    places.into_iter().find(|place| !place.exists())
}

/// How a host is started; nothing for the command line, which is no single process.
#[must_use]
pub fn command(host: &str) -> Option<Command> {
    let scripts = root().join("tests/parity");
    let mut command;
    match host {
        "node" => {
            command = Command::new("node");
            command.arg(scripts.join("node.mjs"));
        }
        "chromium" | "firefox" | "webkitgtk" => {
            command = Command::new("node");
            command.arg(scripts.join("browser.mjs")).arg(host);
        }
        "wasmtime" => {
            command = Command::new("python3");
            command
                .arg(scripts.join("wasmtime_host.py"))
                .env("PYTHONPATH", root().join("target/tools/wasmtime"));
        }
        "aarch64" => {
            command = Command::new("qemu-aarch64-static");
            command
                .args(["-L", "/usr/aarch64-linux-gnu"])
                .arg(root().join(CROSS_BINARY))
                .arg("answer");
        }
        _ => return None,
    }
    Some(command)
}

/// Has a host answer all batches.
///
/// # Errors
///
/// It does not; what it said.
pub fn run(
    mut command: Command,
    cases: &Path,
    answers: &Path,
    batches: usize,
) -> Result<(), String> {
    let mut host = command
        .arg(cases)
        .arg(answers)
        .arg(batches.to_string())
        .stdin(Stdio::piped()) // a host ends when this does
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|problem| format!("it does not start: {problem}"))?;
    let stderr = host.stderr.take();
    let said = thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(mut stderr) = stderr {
            let _ = stderr.read_to_end(&mut said);
        }
        String::from_utf8_lossy(&said).into_owned()
    });
    let (told, heard) = mpsc::channel();
    if let Some(stdout) = host.stdout.take() {
        thread::spawn(move || {
            for _ in BufReader::new(stdout).lines().map_while(Result::ok) {
                if told.send(()).is_err() {
                    break;
                }
            }
        });
    }
    let mut answered = 0;
    let silent = loop {
        match heard.recv_timeout(PATIENCE) {
            Ok(()) => answered += 1,
            Err(RecvTimeoutError::Disconnected) => break false,
            Err(RecvTimeoutError::Timeout) => break true,
        }
    };
    let well = if silent {
        end(&mut host)
    } else {
        host.wait().is_ok_and(|status| status.success())
    };
    let said = said.join().unwrap_or_default();
    if well && answered == batches {
        return Ok(());
    }
    let how = if silent { "it fell silent" } else { "it ended" };
    Err(format!(
        "{how} after {answered} of {batches} batches\n{said}"
    ))
}

/// Ends a host that hangs: first by its standard input, so that it can end what it started.
fn end(host: &mut Child) -> bool {
    drop(host.stdin.take());
    for _ in 0..50 {
        if matches!(host.try_wait(), Ok(Some(_))) {
            return false;
        }
        thread::sleep(Duration::from_millis(100));
    }
    let _ = host.kill();
    let _ = host.wait();
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_answers_less_or_falls_over_has_failed() {
        let run = |script: &str| {
            let mut shell = Command::new("sh");
            shell.args(["-c", script]);
            run(shell, Path::new("-"), Path::new("-"), 2)
        };
        assert_eq!(run("echo 0; echo 1"), Ok(()));
        assert!(run("echo 0").is_err_and(|why| why.contains("after 1 of 2")));
        assert!(
            run("echo 0; echo 1; echo oh no >&2; exit 3").is_err_and(|why| why.contains("oh no"))
        );
    }
}
