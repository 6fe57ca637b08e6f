//! Which programme a [`Pathway`] is: the pathway in, its names and hashes as JSON out.

use milepost_engine::plan::file::FORMAT;

use crate::Pathway;
use crate::report::text::{hash, text};

impl Pathway {
    /// What it is called, as canonical JSON: `name`, `title`, `version`, `definition` (the hash of its texts), `format` (of
    /// its plan files) and `milepost` (the version that evaluates).
    #[must_use]
    pub fn identity(&self) -> String {
        let programme = &self.plan().parts().programme;
        let mut out = "{\"name\":".to_owned();
        text(&mut out, &programme.name);
        for (key, value) in [("title", &programme.title), ("version", &programme.version)] {
            out.push_str(&format!(",\"{key}\":"));
            match value {
                Some(value) => text(&mut out, value),
                None => out.push_str("null"),
            }
        }
        out.push_str(",\"definition\":");
        text(&mut out, &hash(&programme.definition));
        out.push_str(&format!(",\"format\":{FORMAT},\"milepost\":"));
        text(&mut out, env!("CARGO_PKG_VERSION"));
        out.push('}');
        out
    }
}

#[cfg(all(test, feature = "compile"))]
mod tests {
    #[test]
    fn a_programme_says_what_it_is_called() {
        let text = "pathway p \"P \\\"one\\\"\" { version \"1\" }\nevidence e \"E\"\nrole r \"R\" { eligible when at least 1 e }";
        let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
        let compiled = crate::compile(&sources, "main.pathway");
        let identity = compiled.plan().unwrap().identity();
        assert!(
            identity.starts_with(
                "{\"name\":\"p\",\"title\":\"P \\\"one\\\"\",\"version\":\"1\",\"definition\":\"sha256:"
            ),
            "{identity}"
        );
        assert!(
            identity.ends_with("\",\"format\":2,\"milepost\":\"0.1.0\"}"),
            "{identity}"
        );
    }
}
