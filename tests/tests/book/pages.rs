//! The pages of the book: the folder `docs/` in; pages, their blocks and their links out.

use std::fs;
use std::path::{Path, PathBuf};

/// A page.
pub struct Page {
    /// Its path below `docs/`, with forward slashes.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// A block between lines of three backticks.
pub struct Block {
    /// The line it begins on, from 1.
    pub line: usize,
    /// What stands after the backticks.
    pub info: String,
    /// What stands in it.
    pub text: String,
}

/// The folder of the book.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// The folder of the conformance corpus in the book: what its blocks claim is another suite's.
const CASES: &str = "conformance";

/// Every page but those of the conformance corpus, in the order of their paths.
pub fn book() -> Vec<Page> {
    let root = root();
    below(&root, &[root.join("book"), root.join(CASES)])
}

/// The pages of the conformance corpus.
pub fn cases() -> Vec<Page> {
    below(&root().join(CASES), &[])
}

/// The pages below a folder, without those of some others.
fn below(top: &Path, without: &[PathBuf]) -> Vec<Page> {
    let root = root();
    let mut folders = vec![top.to_owned()];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the book") {
            let path = entry.expect("an entry of the book").path();
            if without.contains(&path) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let below = path.strip_prefix(&root).expect("a path of the book");
                pages.push(Page {
                    path: below.to_string_lossy().replace('\\', "/"),
                    text: fs::read_to_string(&path).expect("a page"),
                });
            }
        }
    }
    pages.sort_by(|left, right| left.path.cmp(&right.path));
    pages
}

impl Page {
    /// Its blocks.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut open: Option<Block> = None;
        for (line, text) in (1..).zip(self.text.lines()) {
            match (&mut open, text.strip_prefix("```")) {
                (None, Some(info)) => {
                    open = Some(Block {
                        line,
                        info: info.trim().to_owned(),
                        text: String::new(),
                    })
                }
                (Some(_), Some("")) => blocks.extend(open.take()),
                (Some(block), _) => {
                    block.text.push_str(text);
                    block.text.push('\n');
                }
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{}: a block is not closed", self.path);
        blocks
    }

    /// Writes a block anew; read the difference.
    pub fn rewrite(&self, block: &Block, text: &str) {
        let path = root().join(&self.path);
        let page = fs::read_to_string(&path).expect("a page");
        let old = format!("```{}\n{}```\n", block.info, block.text);
        let new = format!("```{}\n{}\n```\n", block.info, text.trim_end());
        fs::write(path, page.replacen(&old, &new, 1)).expect("a page that can be written");
    }

    /// Links to files that are not there, and to headings that their page does not have.
    pub fn broken_links(&self) -> Vec<String> {
        let here = root().join(&self.path);
        let folder = here.parent().map(Path::to_path_buf).unwrap_or_default();
        let leads = |target: &str| {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let text = if file.is_empty() {
                Some(self.text.clone())
            } else {
                fs::read_to_string(folder.join(file)).ok()
            };
            text.is_some_and(|text| {
                heading.is_empty()
                    || text
                        .lines()
                        .filter_map(anchor)
                        .any(|anchor| anchor == heading)
            })
        };
        links(&self.text)
            .into_iter()
            .filter(|(_, target)| !target.starts_with("https://") && !leads(target))
            .map(|(line, target)| {
                format!("{}:{line}: the link `{target}` leads nowhere", self.path)
            })
            .collect()
    }
}

/// The targets of the links outside blocks, with their lines.
pub fn links(text: &str) -> Vec<(usize, String)> {
    let mut in_block = false;
    let mut found = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        in_block ^= text.starts_with("```");
        if !in_block {
            found.extend(
                text.split("](")
                    .skip(1)
                    .filter_map(|rest| rest.split_once(')'))
                    .map(|(target, _)| (line, target.to_owned())),
            );
        }
    }
    found
}

/// What a heading is linked by.
fn anchor(line: &str) -> Option<String> {
    let heading = line
        .strip_prefix('#')?
        .trim_start_matches('#')
        .trim()
        .to_lowercase();
    let kept = heading
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    Some(
        kept.map(|letter| if letter == ' ' { '-' } else { letter })
            .collect(),
    )
}
