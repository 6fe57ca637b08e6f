//! quick
use milepost_diagnostics::{FileId, Sources};
#[test]
fn whole() {
    let text = std::fs::read_to_string(std::env::var("MP").unwrap_or("tests/files/whole.pathway".into())).unwrap();
    let parsed = milepost_syntax::parse(FileId(0), &text);
    let mut s = Sources::default();
    s.add("a", text.as_str());
    let src = s.get(FileId(0)).unwrap();
    for d in &parsed.diagnostics {
        let sp = d.span().unwrap();
        let (a, b) = (src.position(sp.start), src.position(sp.end));
        println!("{} {}:{}-{}:{} {} | {:?} | {:?}", d.code.as_str(), a.line, a.column, b.line, b.column, d.message, d.help,
          d.labels.iter().skip(1).map(|l| (src.position(l.span.start).line, l.text.clone())).collect::<Vec<_>>());
    }
    println!("{} items", parsed.tree.items.len());
}
