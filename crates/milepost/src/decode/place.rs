//! Where in a document something stands: steps in, a JSON pointer (RFC 6901) out.

use std::fmt;

/// A place in a document, as the way from its root. Made on the stack, written out only for a problem.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl Place<'_> {
    /// The whole document.
    pub(crate) const ROOT: Place<'static> = Place {
        parent: None,
        step: Step::Root,
    };

    /// What stands under a key.
    pub(crate) const fn key<'a>(&'a self, key: &'a str) -> Place<'a> {
        Place {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    /// What stands at a place of a list, from 0.
    pub(crate) const fn index(&self, index: usize) -> Place<'_> {
        Place {
            parent: Some(self),
            step: Step::Index(index),
        }
    }
}

impl fmt::Display for Place<'_> {
    // Places are no deeper than documents may nest: records five steps, receipts a few hundred.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(out)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Index(index) => write!(out, "/{index}"),
            Step::Key(key) => {
                out.write_str("/")?;
                key.split_inclusive(['~', '/'])
                    .try_for_each(|part| match part.strip_suffix('~') {
                        Some(plain) => write!(out, "{plain}~0"),
                        None => match part.strip_suffix('/') {
                            Some(plain) => write!(out, "{plain}~1"),
                            None => out.write_str(part),
                        },
                    })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_escape_tilde_and_slash() {
        let evidence = Place::ROOT.key("evidence");
        let third = evidence.index(2);
        assert_eq!(third.key("a/b~c").to_string(), "/evidence/2/a~1b~0c");
        assert_eq!(Place::ROOT.to_string(), "");
    }
}
