//! What waits to be looked at: messages in, the next one out; a request that is cancelled before its turn is not looked at.

use std::collections::VecDeque;

use crate::message::{Id, Incoming};

/// Messages in the order they came.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: VecDeque<Incoming>,
}

impl Queue {
    /// Adds a message; the request that it cancels, if that waits.
    pub fn add(&mut self, message: Incoming) -> Option<Id> {
        let Some(cancelled) = message.cancels() else {
            self.waiting.push_back(message);
            return None;
        };
        let mut waiting = self.waiting.iter();
        let place = waiting
            .position(|it| matches!(it, Incoming::Request { id, .. } if *id == cancelled))?;
        self.waiting.remove(place);
        Some(cancelled)
    }

    /// The next message.
    pub fn next(&mut self) -> Option<Incoming> {
        self.waiting.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cancelled_before_its_turn_has_none() {
        let parse = |text: &str| Incoming::parse(text).unwrap();
        let cancel = |id| {
            parse(&format!(
                r#"{{"method":"$/cancelRequest","params":{{"id":{id}}}}}"#
            ))
        };
        let mut queue = Queue::default();
        for text in [
            r#"{"id":1,"method":"a"}"#,
            r#"{"method":"b"}"#,
            r#"{"id":2,"method":"c"}"#,
        ] {
            assert_eq!(queue.add(parse(text)), None);
        }
        assert!(queue.add(cancel(2)).is_some());
        assert!(queue.add(cancel(2)).is_none());
        assert!(queue.add(cancel(7)).is_none());
        assert_eq!(queue.next(), Some(parse(r#"{"id":1,"method":"a"}"#)));
        assert!(queue.add(cancel(1)).is_none());
        assert_eq!(queue.next(), Some(parse(r#"{"method":"b"}"#)));
        assert_eq!(queue.next(), None);
    }
}
