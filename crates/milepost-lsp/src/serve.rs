//! The server on a wire: bytes from an editor in, bytes to it out, until it says that it is done.

use std::collections::VecDeque;
use std::io::{self, BufReader, Read, Write};
use std::sync::mpsc::channel;
use std::thread;

use crate::framing::{read_frame, write_frame};
use crate::{Host, Server};

/// So many messages are looked at before problems are told, if they keep coming.
const PATIENCE: usize = 64;

/// Serves one editor. Whether it ended as the protocol wants: asked to shut down, and then to exit.
///
/// # Errors
///
/// The output cannot be written.
pub fn serve(
    host: &dyn Host,
    input: impl Read + Send + 'static,
    mut output: impl Write,
) -> io::Result<bool> {
    let (sender, receiver) = channel();
    // It ends with its input, or with the process.
    thread::spawn(move || {
        let mut input = BufReader::new(input);
        while let Ok(Some(frame)) = read_frame(&mut input) {
            if sender.send(frame).is_err() {
                break;
            }
        }
    });
    let mut server = Server::new(host);
    let mut out = VecDeque::new();
    let mut busy = 0;
    loop {
        for frame in receiver.try_iter() {
            server.receive(frame, &mut out);
        }
        let stepped = server.step(&mut out);
        busy = if stepped { busy + 1 } else { PATIENCE };
        if busy >= PATIENCE {
            server.settle(&mut out);
            busy = 0;
        }
        for message in out.drain(..) {
            write_frame(&mut output, &message.to_string())?;
        }
        if let Some(asked) = server.ended() {
            return Ok(asked);
        }
        if !stepped {
            match receiver.recv() {
                Ok(frame) => server.receive(frame, &mut out),
                Err(_) => return Ok(false),
            }
        }
    }
}
