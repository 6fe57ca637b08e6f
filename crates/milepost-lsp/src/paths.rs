//! What a text is called: the address that an editor gives it in, the path that programmes use out, and back.

use std::fmt::Write as _;
use std::str::FromStr;

use lsp_types::Uri;
use milepost::ide::beside;

/// The path of an address: of a file its own; of anything else a name that no file has, by which nothing can be used.
pub fn path(uri: &Uri) -> String {
    let text = uri.as_str();
    let file = text.strip_prefix("file://").and_then(|rest| {
        let rest = rest.strip_prefix("localhost").unwrap_or(rest);
        decoded(rest.split(['?', '#']).next()?)
    });
    match file {
        Some(path) => beside("", drive(&path)),
        None => text.replace('/', "%2F"),
    }
}

/// The address of a path.
pub fn uri(path: &str) -> Option<Uri> {
    if !path.contains('/') {
        return Uri::from_str(&path.replace("%2F", "/")).ok();
    }
    let mut text = "file://".to_owned();
    if !path.starts_with('/') {
        text.push('/');
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    Uri::from_str(&text).ok()
}

/// Without the slash before a drive: `/c:/x` is `c:/x`.
fn drive(path: &str) -> &str {
    match path.as_bytes() {
        [b'/', letter, b':', ..] if letter.is_ascii_alphabetic() => {
            path.strip_prefix('/').unwrap_or(path)
        }
        _ => path,
    }
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths_are_told_from_each_other() {
        let path = |text: &str| path(&Uri::from_str(text).unwrap());
        let all = [
            ("file:///home/a/b.pathway", "/home/a/b.pathway"),
            ("file:///home/a%20%C3%A9/b.pathway", "/home/a é/b.pathway"),
            ("file:///c:/a/b.pathway", "c:/a/b.pathway"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
            ("git:/a/b.pathway", "git:%2Fa%2Fb.pathway"),
        ];
        for (address, name) in all {
            assert_eq!(path(address), name);
            assert_eq!(uri(name).unwrap().as_str(), address);
        }
        assert_eq!(path("file:///c%3A/a.pathway"), "c:/a.pathway");
        assert_eq!(path("file://localhost/a/../b.pathway"), "/b.pathway");
        assert_eq!(path("file:///a%FF"), "file:%2F%2F%2Fa%FF");
    }
}
