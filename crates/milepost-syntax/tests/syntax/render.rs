//! A tree in, one line for each declaration, member and requirement out, indented as they are nested.

use milepost_syntax::tree::*;

/// Renders a tree.
pub fn render(tree: &Tree) -> String {
    let mut out = Out {
        text: String::new(),
        depth: 0,
    };
    for item in &tree.items {
        if let Some(doc) = &item.doc {
            out.line(&format!("doc {doc:?}"));
        }
        out.item(&item.kind);
    }
    out.text
}

struct Out {
    text: String,
    depth: usize,
}

impl Out {
    fn line(&mut self, line: &str) {
        self.text += &"  ".repeat(self.depth);
        self.text += line.trim_end();
        self.text.push('\n');
    }

    fn nested(&mut self, line: &str, inner: impl FnOnce(&mut Self)) {
        self.line(line);
        self.depth += 1;
        inner(self);
        self.depth -= 1;
    }

    fn item(&mut self, item: &ItemKind) {
        match item {
            ItemKind::Pathway(it) => self.nested(&head("pathway", &it.name, &it.title), |out| {
                it.properties
                    .iter()
                    .for_each(|property| out.pathway_property(property));
            }),
            ItemKind::Use(it) => {
                let alias = it
                    .alias
                    .as_ref()
                    .map_or(String::new(), |alias| format!(" as {}", alias.text));
                self.line(&format!("use {:?}{alias}", it.path.text));
            }
            ItemKind::Scale(it) => self.nested(&head("scale", &it.name, &it.title), |out| {
                for level in &it.levels {
                    let number = level
                        .number
                        .as_ref()
                        .map_or(String::new(), |number| format!(" = {}", number.text));
                    out.line(&format!(
                        "{}{number} {}",
                        level.name.text,
                        title(&level.title)
                    ));
                }
                for set in &it.cut_scores {
                    let cuts = set.cuts.iter();
                    let cuts: Vec<_> = cuts
                        .map(|(level, score)| format!("{} {}", level.text, score.text))
                        .collect();
                    out.line(&format!("from {} ({})", set.from.text, cuts.join(" ")));
                }
            }),
            ItemKind::Rubric(it) => {
                let line = format!(
                    "{} on {}",
                    head("rubric", &it.name, &it.title),
                    it.scale.text()
                );
                self.nested(&line, |out| out.entries(&it.criteria));
            }
            ItemKind::Candidate(it) => {
                self.nested(&format!("candidate {:?}", it.title.text), |out| {
                    out.fields(&it.facts)
                });
            }
            ItemKind::Evidence(it) => {
                let effort = it.effort.as_ref();
                let effort = effort.map(|it| format!(" effort {} hours", it.text));
                let line = head("evidence", &it.name, &it.title) + &effort.unwrap_or_default();
                self.nested(&line, |out| out.fields(&it.fields));
            }
            ItemKind::Competency(it) => {
                let line = head("competency", &it.name, &it.title) + &formerly(&it.formerly);
                self.nested(&line, |out| {
                    it.properties
                        .iter()
                        .for_each(|property| out.competency_property(property));
                })
            }
            ItemKind::Role(it) => {
                let line = head("role", &it.name, &it.title) + &formerly(&it.formerly);
                self.nested(&line, |out| {
                    it.properties
                        .iter()
                        .for_each(|property| out.role_property(property));
                });
            }
            ItemKind::Rule(it) => {
                let parameters: Vec<_> = it
                    .parameters
                    .iter()
                    .map(|one| format!("{}: {}", one.name.text, ty(&one.ty)))
                    .collect();
                self.nested(
                    &format!("rule {}({})", it.name.text, parameters.join(", ")),
                    |out| {
                        out.requirements(&it.requirements);
                    },
                );
            }
            ItemKind::Measure(it) => self.nested(&head("measure", &it.name, &it.title), |out| {
                let who = match &it.figure {
                    Figure::Missing => {
                        out.line("missing");
                        None
                    }
                    Figure::Percent(who) => {
                        out.line("percent");
                        Some(who)
                    }
                    Figure::Candidates(who) => {
                        out.line("candidates");
                        who.as_ref()
                    }
                    Figure::Different(fact, who) => {
                        out.line(&format!("different {}", fact.text()));
                        who.as_ref()
                    }
                    Figure::Competencies => {
                        out.line("competencies");
                        None
                    }
                };
                who.into_iter().for_each(|who| out.requirement(who));
                if let Some(among) = &it.among {
                    out.nested("among", |out| out.requirement(among));
                }
            }),
            ItemKind::Scenario(it) => {
                self.nested(&format!("scenario {:?}", it.title.text), |out| {
                    it.lines.iter().for_each(|line| out.scenario_line(line));
                })
            }
        }
    }

    fn pathway_property(&mut self, property: &PathwayProperty) {
        self.line(&match property {
            PathwayProperty::Publisher(text) => format!("publisher {:?}", text.text),
            PathwayProperty::Version(text) => format!("version {:?}", text.text),
            PathwayProperty::Effective(_, from, to) => {
                format!(
                    "effective {}..{}",
                    from.text,
                    to.as_ref().map_or("", |to| &to.text)
                )
            }
            PathwayProperty::SchoolYear(day) => format!("school year {}", day.text),
            PathwayProperty::Replaces(path) => format!("replaces {:?}", path.text),
            PathwayProperty::Transition(it) => format!(
                "transition before {} under {:?} until {}",
                it.before.text, it.version.text, it.until.text
            ),
        });
    }

    fn competency_property(&mut self, property: &CompetencyProperty) {
        match property {
            CompetencyProperty::About(text) => self.line(&format!("about {:?}", text.text)),
            CompetencyProperty::Aligned(texts) => {
                let texts: Vec<_> = texts
                    .iter()
                    .map(|text| format!("{:?}", text.text))
                    .collect();
                self.line(&format!("aligned {}", texts.join(" ")));
            }
            CompetencyProperty::Requires(_, requirement) => {
                self.nested("requires", |out| out.requirement(requirement));
            }
            CompetencyProperty::Awards(text, valid) => {
                let valid = valid
                    .as_ref()
                    .map_or(String::new(), |valid| format!(" valid {}", duration(valid)));
                self.line(&format!("awards {:?}{valid}", text.text));
            }
        }
    }

    fn role_property(&mut self, property: &RoleProperty) {
        match property {
            RoleProperty::About(text) => self.line(&format!("about {:?}", text.text)),
            RoleProperty::Incentive(text) => self.line(&format!("incentive {:?}", text.text)),
            RoleProperty::Eligible(_, requirement) => {
                self.nested("eligible", |out| out.requirement(requirement))
            }
            RoleProperty::Preferred(_, requirements) => {
                self.nested("preferred", |out| out.requirements(requirements));
            }
            RoleProperty::Stage(it) => {
                let valid = it.valid.as_ref();
                let valid =
                    valid.map_or(String::new(), |valid| format!(" valid {}", duration(valid)));
                self.nested(&(head("stage", &it.name, &it.title) + &valid), |out| {
                    it.when.iter().for_each(|when| out.requirement(when));
                });
            }
            RoleProperty::Stays(_) => self.line("once reached stays"),
        }
    }

    fn entries(&mut self, entries: &[Entry]) {
        entries
            .iter()
            .for_each(|entry| self.line(&format!("{} {}", entry.name.text, title(&entry.title))));
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            if let Some(doc) = &field.doc {
                self.line(&format!("doc {doc:?}"));
            }
            self.line(&format!(
                "{}: {} {}",
                field.name.text,
                ty(&field.ty),
                title(&field.title)
            ));
        }
    }

    fn requirements(&mut self, requirements: &[Requirement]) {
        requirements
            .iter()
            .for_each(|requirement| self.requirement(requirement));
    }

    fn requirement(&mut self, requirement: &Requirement) {
        let label = requirement.label.as_ref().map_or(String::new(), |label| {
            let mut notes = String::new();
            label
                .cites
                .iter()
                .for_each(|text| notes += &format!(" cites {:?}", text.text));
            label
                .advice
                .iter()
                .for_each(|text| notes += &format!(" advice {:?}", text.text));
            for waivable in &label.waivable {
                notes += &format!(" waivable-by {}", names(&waivable.authorities));
            }
            notes += &formerly(&label.formerly);
            format!("[{} {}{notes}] ", label.name.text, title(&label.title))
        });
        match &requirement.form {
            Form::Group(_, group, members) => {
                let words = match group {
                    Group::All => "all".to_owned(),
                    Group::WithoutReuse => "all-without-reuse".to_owned(),
                    Group::Any => "any".to_owned(),
                    Group::AtLeast(bound) => format!("at-least {}", expr(bound)),
                    Group::Points(bound, worth) => {
                        let worth = worth
                            .iter()
                            .map(|it| it.as_ref().map_or("?", |it| &it.text));
                        let worth: Vec<_> = worth.collect();
                        format!("at-least {} points ({})", expr(bound), worth.join(" "))
                    }
                    Group::None => "none".to_owned(),
                    Group::InOrder => "in-order".to_owned(),
                };
                self.nested(&format!("{label}{words}"), |out| out.requirements(members));
            }
            form => self.line(&format!("{label}{}", plain_form(form))),
        }
    }

    fn scenario_line(&mut self, line: &ScenarioLine) {
        self.line(&match line {
            ScenarioLine::AsOf(date) => format!("as of {}", date.text),
            ScenarioLine::Enrolled(date) => format!("enrolled {}", date.text),
            ScenarioLine::Facts(facts) => format!("facts {}", givens(facts)),
            ScenarioLine::Evidence(it) => {
                format!(
                    "evidence {} {} on {}{}",
                    it.kind.text(),
                    it.id.text,
                    it.date.text,
                    notes(&it.notes)
                )
            }
            ScenarioLine::Credential(it) => format!(
                "credential {} for {} issued {}{}",
                it.id.text,
                it.competency.text(),
                it.issued.text,
                notes(&it.notes)
            ),
            ScenarioLine::Post(it) => format!(
                "post {}{} {}..{}",
                it.role.text(),
                of_stage(&it.stage),
                it.from.text,
                it.until.as_ref().map_or("", |date| &date.text)
            ),
            ScenarioLine::Waiver(it) => format!(
                "waiver for {} by {:?} as {} because {:?} granted {}..{}",
                it.requirement.text(),
                it.by.text,
                it.authority.text,
                it.reason.text,
                it.granted.text,
                it.expires.as_ref().map_or("", |date| &date.text)
            ),
            ScenarioLine::Expect(it) => format!(
                "expect {} {} [{}] {:?}{}",
                if it.role { "role" } else { "competency" },
                it.name.text(),
                it.labels.as_ref().map_or(String::new(), Path::text),
                it.status,
                if it.at_risk { " at risk" } else { "" }
            ),
        });
    }
}

fn title(title: &Option<Literal>) -> String {
    title
        .as_ref()
        .map_or(String::new(), |title| format!("{:?}", title.text))
}

fn head(word: &str, name: &Name, text: &Option<Literal>) -> String {
    format!("{word} {} {}", name.text, title(text))
        .trim_end()
        .to_owned()
}

fn names(names: &[Name]) -> String {
    let names: Vec<_> = names.iter().map(|name| name.text.as_str()).collect();
    names.join(", ")
}

fn formerly(former: &[Name]) -> String {
    if former.is_empty() {
        return String::new();
    }
    format!(" formerly {}", names(former))
}

fn ty(of: &Type) -> String {
    let range = |range: &Option<(Literal, Literal)>| {
        range.as_ref().map_or(String::new(), |(low, high)| {
            format!("({}..{})", low.text, high.text)
        })
    };
    match &of.kind {
        TypeKind::Missing => "?".to_owned(),
        TypeKind::Number(bounds) => format!("number{}", range(bounds)),
        TypeKind::Whole(bounds) => format!("whole{}", range(bounds)),
        TypeKind::YesNo => "yes/no".to_owned(),
        TypeKind::Date => "date".to_owned(),
        TypeKind::Text => "text".to_owned(),
        TypeKind::Named(path) => path.text(),
        TypeKind::OneOf(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|entry| format!("{} {}", entry.name.text, title(&entry.title)))
                .collect();
            format!("one-of({})", entries.join(", "))
        }
        TypeKind::List(inner) => format!("list({})", ty(inner)),
    }
}

fn duration(of: &Duration) -> String {
    format!("{} {:?}", of.count.text, of.unit)
}

fn of_stage(stage: &Option<Name>) -> String {
    let stage = stage.as_ref();
    stage.map_or(String::new(), |stage| format!(" {}", stage.text))
}

fn plain_form(form: &Form) -> String {
    match form {
        Form::Missing | Form::Group(..) => "?".to_owned(),
        Form::Competency(path) => format!("competency {}", path.text()),
        Form::Role(path, stage) => format!("role {}{}", path.text(), of_stage(stage)),
        Form::Held(held) => {
            let (role, stage) = (held.role.text(), of_stage(&held.stage));
            let row = if held.consecutive { " consecutive" } else { "" };
            let bound = expr(&held.bound);
            format!("held role {role}{stage} for {bound}{row} school years")
        }
        Form::Rule(path, arguments) => {
            let arguments: Vec<_> = arguments
                .iter()
                .map(|one| format!("{}: {}", one.name.text, expr(&one.value)))
                .collect();
            format!("rule {}({})", path.text(), arguments.join(", "))
        }
        Form::Records(records) => {
            let measure = match &records.measure {
                Measure::Count(how, bound) => format!("{how:?} {}", expr(bound)),
                Measure::No(_) => "No".to_owned(),
                Measure::Every(_) => "Every".to_owned(),
                Measure::Share(how, share) => format!("{how:?} {}%", share.text),
                Measure::Aggregate(how, bound, aggregate, field) => {
                    format!("{how:?} {} {aggregate:?} {} of", expr(bound), expr(field))
                }
            };
            let clauses: String = records
                .clauses
                .iter()
                .map(|one| format!(" | {}", clause(&one.kind)))
                .collect();
            format!("{measure} {}{clauses}", records.kind.text())
        }
        Form::Condition(condition) => expr(condition),
    }
}

fn clause(kind: &ClauseKind) -> String {
    match kind {
        ClauseKind::For(path) => format!("for {}", path.text()),
        ClauseKind::ForThis => "for-this".to_owned(),
        ClauseKind::Within(length, before) => {
            let before = before
                .as_ref()
                .map_or(String::new(), |before| format!(" before {}", expr(before)));
            format!("within {}{before}", duration(length))
        }
        ClauseKind::Since(when) => format!("since {}", expr(when)),
        ClauseKind::From(from, to) => format!("from {} to {}", expr(from), expr(to)),
        ClauseKind::Before(when) => format!("before {}", expr(when)),
        ClauseKind::After(when) => format!("after {}", expr(when)),
        ClauseKind::InThe(length, when) => {
            format!("in-the {} before {}", duration(length), expr(when))
        }
        ClauseKind::During(SchoolYear::This) => "during-this".to_owned(),
        ClauseKind::During(SchoolYear::Last) => "during-last".to_owned(),
        ClauseKind::During(SchoolYear::Named(year)) => format!("during {}", year.text),
        ClauseKind::DuringLast(count, also) => {
            format!(
                "during-last {}{}",
                expr(count),
                if *also { " and-this" } else { "" }
            )
        }
        ClauseKind::Whose(condition) => format!("whose {}", expr(condition)),
        ClauseKind::CountingLatest(key) => format!("counting-latest {}", key.text()),
        ClauseKind::CountingHighest(field, key) => {
            format!("counting-highest {} of {}", field.text(), key.text())
        }
        ClauseKind::AmongLatest(count) => format!("among-latest {}", expr(count)),
        ClauseKind::IncludingUnderReview => "including-under-review".to_owned(),
        ClauseKind::IncludingReturned => "including-returned".to_owned(),
        ClauseKind::Where(condition) => format!("where {}", expr(condition)),
        ClauseKind::ByDifferent(field) => format!("by-different {}", field.text()),
        ClauseKind::WithTheSame(field) => format!("with-the-same {}", field.text()),
        ClauseKind::DifferentYears => "different-years".to_owned(),
        ClauseKind::ConsecutiveYears(skip) => {
            format!("consecutive-years{}", if *skip { " skipping" } else { "" })
        }
    }
}

/// An expression with every operator in parentheses.
fn expr(of: &Expr) -> String {
    match &of.kind {
        ExprKind::Missing => "?".to_owned(),
        ExprKind::Number(text) | ExprKind::Date(text) => text.clone(),
        ExprKind::Percent(text) => format!("{text}%"),
        ExprKind::Duration(length) => format!("`{}`", duration(length)),
        ExprKind::Text(text) => format!("{text:?}"),
        ExprKind::YesNo(value) => if *value { "yes" } else { "no" }.to_owned(),
        ExprKind::Path(path) => path.text(),
        ExprKind::Today => "today".to_owned(),
        ExprKind::YearEdge(edge, year) => format!("{edge:?}-of-{year:?}"),
        ExprKind::RoleStart(role, stage) => {
            format!("start-of-role-{}{}", role.text(), of_stage(stage))
        }
        ExprKind::NextDay(day, after) => format!("(next {} after {})", day.text, expr(after)),
        ExprKind::Not(operand) => format!("(not {})", expr(operand)),
        ExprKind::Binary(left, operator, _, right) => {
            format!("({} {operator:?} {})", expr(left), expr(right))
        }
        ExprKind::In(operand, members) => {
            let members: Vec<_> = members.iter().map(expr).collect();
            format!("({} in {})", expr(operand), members.join(", "))
        }
        ExprKind::IsKnown(operand) => format!("({} known)", expr(operand)),
        ExprKind::Criteria(criteria) => {
            let quantifier = match &criteria.quantifier {
                Quantifier::Every => "every".to_owned(),
                Quantifier::Count(how, bound) => format!("{how:?} {}", expr(bound)),
                Quantifier::Share(how, share) => format!("{how:?} {}%", share.text),
            };
            let (rubric, level) = (criteria.rubric.text(), expr(&criteria.level));
            format!(
                "({quantifier} criterion of {rubric} {:?} {level})",
                criteria.operator
            )
        }
    }
}

fn givens(all: &[Given]) -> String {
    let all: Vec<_> = all
        .iter()
        .map(|one| format!("{}={}", one.name.text, value(&one.value)))
        .collect();
    all.join(" ")
}

fn value(of: &Value) -> String {
    match &of.kind {
        ValueKind::Number(text) | ValueKind::Date(text) | ValueKind::Name(text) => text.clone(),
        ValueKind::Text(text) => format!("{text:?}"),
        ValueKind::YesNo(value) => if *value { "yes" } else { "no" }.to_owned(),
        ValueKind::List(values) => format!(
            "[{}]",
            values.iter().map(value).collect::<Vec<_>>().join(", ")
        ),
        ValueKind::Rubric(levels) => format!("{{{}}}", givens(levels)),
    }
}

fn notes(all: &[RecordNote]) -> String {
    let note = |note: &RecordNote| match note {
        RecordNote::For(paths) => format!(
            " for {}",
            paths.iter().map(Path::text).collect::<Vec<_>>().join(", ")
        ),
        RecordNote::With(fields) => format!(" with {}", givens(fields)),
        RecordNote::Expires(date) => format!(" expires {}", date.text),
        RecordNote::Submitted(date) => format!(" submitted {}", date.text),
        RecordNote::Decided(date) => format!(" decided {}", date.text),
        RecordNote::Suspended(_, from, to) => format!(
            " suspended {}..{}",
            from.text,
            to.as_ref().map_or("", |date| &date.text)
        ),
        RecordNote::Status(_, status) => format!(" {status:?}"),
    };
    all.iter().map(note).collect()
}
