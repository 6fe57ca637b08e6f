//! Messages on a wire: bytes in, the text of one message after the other out, and the other way round.
//!
//! Whatever comes, reading goes on: what is no header is passed over up to the next one, and what is too long is read past.
//! A length that is only claimed costs nothing.

use std::io::{self, BufRead, Read, Write};

/// No message is longer, in bytes.
pub const LARGEST_MESSAGE: u64 = 32 << 20;

/// No line of a header is longer, in bytes.
const LONGEST_LINE: u64 = 4096;

const LENGTH: &str = "content-length:";

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The text of a message.
    Message(String),
    /// Something that is none; why, for people.
    Broken(String),
}

/// The next message, or what stands there instead; nothing at the end.
///
/// # Errors
///
/// The input cannot be read.
pub fn read_frame(input: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let mut length = None;
    let mut strange = false;
    loop {
        let mut line = Vec::new();
        if input
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).to_ascii_lowercase();
        let line = line.trim();
        if let Some((_, value)) = line.rsplit_once(LENGTH) {
            length = value.trim().parse::<u64>().ok();
            strange |= length.is_none();
        } else if line.is_empty() {
            match length {
                Some(length) => return body(input, length),
                None if strange => {
                    return Ok(Some(broken("a message begins with its `Content-Length`")));
                }
                None => {}
            }
        } else if !line.starts_with("content-") {
            strange = true;
        }
    }
}

fn broken(why: &str) -> Frame {
    Frame::Broken(why.to_owned())
}

fn body(input: &mut impl BufRead, length: u64) -> io::Result<Option<Frame>> {
    let mut body = input.by_ref().take(length);
    if length > LARGEST_MESSAGE {
        io::copy(&mut body, &mut io::sink())?;
        let most = LARGEST_MESSAGE >> 20;
        let why = format!("a message has at most {most} MiB");
        return Ok(Some(Frame::Broken(why)));
    }
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(match String::from_utf8(bytes) {
        Ok(text) => Frame::Message(text),
        Err(_) => broken("a message is UTF-8 text"),
    }))
}

/// Writes the text of a message.
///
/// # Errors
///
/// The output cannot be written.
pub fn write_frame(output: &mut impl Write, text: &str) -> io::Result<()> {
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: &[u8]) -> Vec<Frame> {
        std::iter::from_fn(|| read_frame(&mut input).unwrap()).collect()
    }

    fn message(text: &str) -> Frame {
        Frame::Message(text.to_owned())
    }

    #[test]
    fn what_is_written_is_read() {
        let mut wire = Vec::new();
        write_frame(&mut wire, "{}").unwrap();
        write_frame(&mut wire, "\"é\"").unwrap();
        assert_eq!(all(&wire), [message("{}"), message("\"é\"")]);
    }

    #[test]
    fn headers_come_in_any_order_and_case() {
        let wire = b"Content-Type: x\r\ncontent-length: 2\r\n\r\n{}Content-Length:2\n\n[]";
        assert_eq!(all(wire), [message("{}"), message("[]")]);
    }

    #[test]
    fn reading_goes_on_after_what_is_broken() {
        let why = || broken("a message begins with its `Content-Length`");
        let wire = b"hello\r\n\r\nContent-Length: -1\r\n\r\nContent-Length: 2\r\n\r\n{}";
        assert_eq!(all(wire), [why(), why(), message("{}")]);
        // Longer than it says: the rest stands before the next header.
        let wire = b"Content-Length: 2\r\n\r\n{}{}Content-Length: 2\r\n\r\n[]";
        assert_eq!(all(wire), [message("{}"), message("[]")]);
        let wire = b"Content-Length: 1\r\n\r\n\xffContent-Length: 2\r\n\r\n[]";
        assert_eq!(
            all(wire),
            [broken("a message is UTF-8 text"), message("[]")]
        );
    }

    #[test]
    fn a_length_that_is_only_claimed_is_not_made_room_for() {
        let wire = b"Content-Length: 18446744073709551615\r\n\r\n{}";
        assert_eq!(all(wire), [broken("a message has at most 32 MiB")]);
        assert_eq!(all(b"Content-Length: 30000000\r\n\r\n{}"), []);
        let mut wire = vec![b'x'; 100_000];
        wire.extend(b"\r\n\r\nContent-Length: 2\r\n\r\n[]");
        assert_eq!(all(&wire).last(), Some(&message("[]")));
    }
}
