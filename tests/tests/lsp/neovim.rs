//! A real editor: Neovim without a screen opens `pathways/` and asks everything, over the real protocol, of the built
//! command. In: `neovim.lua`, what it does. Out: what it saw. Where Neovim is not installed this says so and does nothing,
//! except on CI.

use std::env;
use std::io::{Write as _, stderr};
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::Message;

const SEEN: &str = "\
problems: none
hover: **role** `data_lead` — Data lead
hint: 7 scenarios
outline: data_driver
folding: comment
tokens: true
symbol: national_board_certificate
formatting: 0
signature: rule micro_credential(tasks: whole, coaching: number)
parameter: 0
definition: micro_credential.pathway
references: data_driver.pathway instructional_coach.pathway micro_credential.pathway team_builder.pathway
typed: unknown name `icence_expires`: no fact has this name
action: Change to `licence_expires`
mended: none
completion: ineffective developing effective highly_effective
place: 5
refused: `where` is a reserved word
renamed: 1 left, 16 new, none
undone: none
stopped: true
";

fn binary() -> PathBuf {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args([
            "build",
            "--quiet",
            "--package",
            "milepost-cli",
            "--message-format",
            "json",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(built.status.success(), "milepost is not built");
    let messages = Message::parse_stream(built.stdout.as_slice());
    let binary = messages.filter_map(|message| match message.expect("cargo's messages") {
        Message::CompilerArtifact(artifact) => artifact.executable,
        _ => None,
    });
    binary.last().expect("an executable").into_std_path_buf()
}

#[test]
fn neovim_sees_what_a_designer_should_see() {
    if Command::new("nvim").arg("--version").output().is_err() {
        assert!(env::var_os("CI").is_none(), "Neovim is not installed");
        let why = "skipped: Neovim is not installed (Debian: sudo apt-get install neovim)\n";
        stderr().write_all(why.as_bytes()).expect("standard error");
        return;
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pathways = here.join("../pathways").canonicalize().expect("the folder");
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("neovim");
    std::fs::create_dir_all(&home).expect("a folder");
    let script = here.join("tests/lsp/neovim.lua");
    let mut nvim = Command::new("nvim");
    nvim.args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c"]);
    nvim.arg(format!("luafile {}", script.display()));
    nvim.env("MILEPOST", binary()).env("PATHWAYS", pathways);
    for place in [
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
    ] {
        nvim.env(place, &home);
    }
    let ran = nvim.output().expect("Neovim runs");
    let said = String::from_utf8_lossy(&ran.stdout);
    let noise = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(said, SEEN, "{noise}");
}
