//! The system's packages: the browsers, an editor, and what runs programs of another processor. In: a machine. Out: all of them
//! installed where we may, otherwise a sentence that says what to install.

use std::path::Path;
use std::process::Command;

use super::{Installed, quietly};
use crate::step::{answers, root};

/// What links for another processor.
pub const CROSS_LINKER: &str = "/usr/bin/aarch64-linux-gnu-gcc";

/// A file that shows that a package is there, and the package.
const PACKAGES: [(&str, &str); 9] = [
    ("/usr/bin/chromium", "chromium"),
    ("/usr/bin/firefox-esr", "firefox-esr"),
    (
        "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        "webkit2gtk-driver",
    ),
    ("/usr/bin/xvfb-run", "xvfb"),
    ("/usr/bin/xauth", "xauth"),
    (CROSS_LINKER, "gcc-aarch64-linux-gnu"),
    (
        "/usr/aarch64-linux-gnu/lib/libc.so.6",
        "libc6-dev-arm64-cross",
    ),
    ("/usr/bin/qemu-aarch64-static", "qemu-user-static"),
    ("/usr/bin/nvim", "neovim"),
];

pub fn install() -> Installed {
    let missing: Vec<&str> = PACKAGES
        .iter()
        .filter(|(file, _)| !Path::new(file).exists())
        .map(|(_, package)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    apt(&missing)
}

/// Installs Debian's packages, if this is Debian and we may.
pub fn apt(packages: &[&str]) -> Installed {
    let all = packages.join(" ");
    let root_here = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|said| said.stdout.starts_with(b"0\n"));
    if !answers(Command::new("apt-get").arg("--version")) || !root_here {
        return Err(format!(
            "not installed: {all} (Debian: sudo apt-get install {all})"
        ));
    }
    quietly(Command::new("apt-get").args(["update", "-qq"]))?;
    quietly(
        Command::new("apt-get")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}

/// Whether the tool chain in use has a target.
pub fn has_target(target: &str) -> bool {
    let asked = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", target])
        .current_dir(root())
        .output();
    asked.is_ok_and(|answer| {
        answer.status.success()
            && Path::new(String::from_utf8_lossy(&answer.stdout).trim()).is_dir()
    })
}

/// Adds a target to the tool chain in use, unless it is there.
pub fn rustup_target(target: &str) -> Installed {
    if has_target(target) {
        return Ok(());
    }
    quietly(
        Command::new("rustup")
            .args(["target", "add", target])
            .current_dir(root()),
    )
}
