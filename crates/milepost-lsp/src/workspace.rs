//! Which programmes a text belongs to: the files of a workspace in; those that use a file, whoever they are, out.

use std::collections::{BTreeMap, BTreeSet};

use milepost::ide::{beside, uses};

/// What files use, by their paths.
#[derive(Debug, Default)]
pub struct Graph {
    users: BTreeMap<String, Vec<String>>,
}

impl Graph {
    /// The files at these paths.
    pub fn new<'p>(
        paths: impl Iterator<Item = &'p String>,
        read: &impl Fn(&str) -> Result<Vec<u8>, String>,
    ) -> Self {
        let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in paths {
            let text = read(path).unwrap_or_default();
            for used in uses(&String::from_utf8_lossy(&text)) {
                let used = beside(path, &used);
                users.entry(used).or_default().push(path.clone());
            }
        }
        Self { users }
    }

    /// A file and all that use it, themselves or through others.
    pub fn reaching(&self, path: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::from([path.to_owned()]);
        let mut open = vec![path];
        while let Some(path) = open.pop() {
            for user in self.users.get(path).into_iter().flatten() {
                if found.insert(user.clone()) {
                    open.push(user);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_found_through_others_and_in_circles() {
        let texts = BTreeMap::from([
            ("/a/main".to_owned(), r#"use "../b/part""#),
            (
                "/b/part".to_owned(),
                r#"use "./scale" as s // use "../a/other""#,
            ),
            ("/b/scale".to_owned(), r#"use "part""#),
            ("/a/other".to_owned(), r#"role use "main"#),
        ]);
        let read = |path: &str| Ok(texts.get(path).unwrap().as_bytes().to_vec());
        let graph = Graph::new(texts.keys(), &read);
        let reaching = |path| graph.reaching(path).into_iter().collect::<Vec<_>>();
        assert_eq!(reaching("/b/scale"), ["/a/main", "/b/part", "/b/scale"]);
        assert_eq!(reaching("/a/other"), ["/a/other"]);
    }
}
