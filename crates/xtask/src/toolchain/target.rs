//! The targets. In: the tool chain in use. Out: `wasm32-unknown-unknown` added to it by rustup or, where that is refused,
//! Debian's compiler with the target; and the target of the native build for another processor.
//!
//! `MILEPOST_WASM_TOOLCHAIN=web` asks for Debian's compiler also where rustup would do.

use super::system::{has_target, rustup_target};
use super::{Installed, web};

/// The target of everything that runs in a browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The target of the native build for another processor.
pub const CROSS: &str = "aarch64-unknown-linux-gnu";

/// Adds that for another processor.
pub fn install_cross() -> Installed {
    rustup_target(CROSS)
}

/// Adds that of the browsers.
pub fn install() -> Installed {
    if asks_for_web() {
        return web::install();
    }
    rustup_target(TARGET).or_else(|refused| {
        println!("{refused}\nso Debian's compiler is tried");
        web::install()
            .map_err(|why| format!("{why}\n(otherwise: rustup target add {TARGET}, which failed)"))
    })
}

/// Whether Debian's compiler builds for wasm here.
pub fn uses_web() -> bool {
    asks_for_web() || (web::is_installed() && !has_target(TARGET))
}

fn asks_for_web() -> bool {
    std::env::var_os("MILEPOST_WASM_TOOLCHAIN").is_some_and(|said| said == "web")
}
