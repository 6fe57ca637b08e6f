//! A handbook as one page of HTML. In: the handbook. Out: the page, with its style and nothing from elsewhere.

use super::document::{Block, Clause, Handbook, Line, Piece};

/// How it looks, on a screen, in the dark, on a telephone and on paper.
const STYLE: &str = include_str!("page.css");

/// The page.
pub(super) fn page(handbook: &Handbook) -> String {
    let mut page = Page::default();
    let title = escaped(&handbook.title);
    page.out
        .push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.out
        .push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.line(&format!("<title>{title}: handbook</title>"));
    page.line(&format!("<style>\n{STYLE}</style>\n</head>\n<body>"));
    page.line("<a class=\"skip\" href=\"#content\">Skip to the handbook</a>");
    page.line("<header>");
    page.line(&format!("<p>{}</p>", escaped(&handbook.subtitle)));
    page.line(&format!("<h1>{title}</h1>\n</header>"));
    page.contents(&handbook.blocks);
    page.line("<main id=\"content\">");
    page.blocks(&handbook.blocks);
    page.line("</main>\n<footer>");
    page.paragraph(&handbook.colophon);
    page.line("</footer>\n</body>\n</html>");
    page.out
}

#[derive(Default)]
struct Page {
    out: String,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// The headings of the first two levels below the title, as links.
    fn contents(&mut self, blocks: &[Block]) {
        self.line("<nav aria-label=\"Contents\">\n<ul>");
        let mut open = 2;
        let mut first = true;
        for block in blocks {
            let Block::Heading(level @ 2..=3, id, text) = block else {
                continue;
            };
            match (open, *level) {
                (2, 3) => self.out.push_str("\n<ul>\n"),
                (3, 2) => self.out.push_str("</li>\n</ul></li>\n"),
                _ if first => {}
                _ => self.out.push_str("</li>\n"),
            }
            (open, first) = (*level, false);
            self.out.push_str(&format!(
                "<li><a href=\"#{}\">{}</a>",
                escaped(id),
                escaped(text)
            ));
        }
        if !first {
            self.out.push_str("</li>\n");
        }
        if open == 3 {
            self.out.push_str("</ul></li>\n");
        }
        self.line("</ul>\n</nav>");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let mut within = false;
        for block in blocks {
            if let Block::Heading(2, id, _) = block {
                if within {
                    self.line("</section>");
                }
                within = true;
                self.line(&format!("<section aria-labelledby=\"{}\">", escaped(id)));
            }
            self.block(block);
        }
        if within {
            self.line("</section>");
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, id, text) => {
                let (id, text) = (escaped(id), escaped(text));
                self.line(&format!("<h{level} id=\"{id}\">{text}</h{level}>"));
            }
            Block::Paragraph(line) => self.paragraph(line),
            Block::Note(line) => self.note(line),
            Block::Bullets(lines) => {
                self.line("<ul>");
                for line in lines {
                    self.line(&format!("<li>{}</li>", words(line)));
                }
                self.line("</ul>");
            }
            Block::Clauses(clauses) => self.clauses(clauses),
            Block::Terms(terms) => {
                self.line("<dl>");
                for (term, meaning) in terms {
                    self.line(&format!(
                        "<div><dt>{}</dt><dd>{}</dd></div>",
                        escaped(term),
                        words(meaning)
                    ));
                }
                self.line("</dl>");
            }
            Block::Picture { svg, caption, .. } => {
                self.out.push_str("<figure>\n");
                self.out.push_str(svg);
                self.line(&format!(
                    "<figcaption>{}</figcaption>\n</figure>",
                    escaped(caption)
                ));
            }
            Block::Table(caption, heads, rows) => self.table(caption, heads, rows),
        }
    }

    fn paragraph(&mut self, line: &Line) {
        self.line(&format!("<p>{}</p>", words(line)));
    }

    fn note(&mut self, line: &Line) {
        self.line(&format!("<p class=\"note\">{}</p>", words(line)));
    }

    /// Clauses below each other. Nesting is bounded by the plan.
    fn clauses(&mut self, clauses: &[Clause]) {
        self.line("<ol class=\"clauses\">");
        for clause in clauses {
            self.out.push_str(&format!("<li>{}", words(&clause.line)));
            for note in &clause.notes {
                self.out.push('\n');
                self.note(note);
            }
            if !clause.inside.is_empty() {
                if clause.notes.is_empty() {
                    self.out.push('\n');
                }
                self.clauses(&clause.inside);
            }
            self.line("</li>");
        }
        self.line("</ol>");
    }

    fn table(&mut self, caption: &str, heads: &[&str], rows: &[Vec<Line>]) {
        self.line(&format!("<table>\n<caption>{}</caption>", escaped(caption)));
        let heads: Vec<_> = heads
            .iter()
            .map(|head| format!("<th scope=\"col\">{head}</th>"))
            .collect();
        self.line(&format!(
            "<thead><tr>{}</tr></thead>\n<tbody>",
            heads.concat()
        ));
        for row in rows {
            self.out.push_str("<tr>");
            for (place, cell) in row.iter().enumerate() {
                let cell = words(cell);
                self.out.push_str(&match place {
                    0 => format!("<th scope=\"row\">{cell}</th>"),
                    _ => format!("<td>{cell}</td>"),
                });
            }
            self.line("</tr>");
        }
        self.line("</tbody>\n</table>");
    }
}

fn words(line: &Line) -> String {
    let pieces = line.iter().map(|piece| match piece {
        Piece::Plain(text) => escaped(text),
        Piece::Code(text) => format!("<code>{}</code>", escaped(text)),
        Piece::Strong(text) => format!("<strong>{}</strong>", escaped(text)),
        Piece::Link(id, text) => format!("<a href=\"#{}\">{}</a>", escaped(id), escaped(text)),
    });
    pieces.collect()
}

/// A text in which nothing is markup; what a browser would refuse or turn around is shown as what it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            control if control.is_control() => out.push(' '),
            plain => out.push(plain),
        }
    }
    out
}
