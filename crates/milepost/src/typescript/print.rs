//! Types as text. In: declarations. Out: TypeScript, laid out for people.

use super::names::{comment, key, literal};
use super::{Declaration, Member, Property, Type};

/// The most columns of a union on one line.
const WIDTH: usize = 100;

/// A declaration with its comment.
pub(super) fn declaration(declaration: &Declaration) -> String {
    let head = comment(&declaration.doc, "");
    let name = &declaration.name;
    match &declaration.ty {
        Type::Object(properties) => {
            format!("{head}export interface {name} {}\n", object(properties, ""))
        }
        other => {
            let start = format!("export type {name} =");
            let ty = after(&start, other, "");
            format!("{head}{start}{ty};\n")
        }
    }
}

/// A type after the start of its line: on the same one if it fits, else a member on each line.
fn after(start: &str, ty: &Type, indent: &str) -> String {
    if let Type::Union(members) = ty {
        let line = inline(ty, indent);
        let fits = start.chars().count() + line.chars().count() + 2 <= WIDTH;
        if !fits || members.iter().any(stands_alone) {
            return lines(members, indent);
        }
    }
    format!(" {}", inline(ty, indent))
}

/// Whether a member of a union wants a line of its own.
fn stands_alone(member: &Member) -> bool {
    !member.doc.is_empty() || matches!(member.ty, Type::Object(_))
}

fn lines(members: &[Member], indent: &str) -> String {
    let below = format!("{indent}  ");
    let deeper = format!("{below}  ");
    let mut out = String::new();
    for member in members {
        out.push('\n');
        out.push_str(&comment(&member.doc, &below));
        out.push_str(&format!("{below}| {}", inline(&member.ty, &deeper)));
    }
    out
}

/// A type within a line.
fn inline(ty: &Type, indent: &str) -> String {
    match ty {
        Type::Word(word) => (*word).to_owned(),
        Type::Text(text) => literal(text),
        Type::Name(name) => name.clone(),
        Type::Object(properties) => object(properties, indent),
        Type::List(item) => match &**item {
            Type::Union(_) => format!("readonly ({})[]", inline(item, indent)),
            Type::List(_) => format!("readonly ({})[]", inline(item, indent)),
            one => format!("readonly {}[]", inline(one, indent)),
        },
        Type::Union(members) => {
            let members: Vec<_> = members.iter().map(|it| inline(&it.ty, indent)).collect();
            members.join(" | ")
        }
    }
}

/// An object. One without keys takes none: `{}` would take anything.
fn object(properties: &[Property], indent: &str) -> String {
    if properties.is_empty() {
        return "{ [key: string]: never }".to_owned();
    }
    let below = format!("{indent}  ");
    let mut out = String::from("{\n");
    for property in properties {
        out.push_str(&comment(&property.doc, &below));
        let mark = if property.optional { "?:" } else { ":" };
        let start = format!("{below}{}{mark}", key(&property.key));
        let ty = after(&start, &property.ty, &below);
        out.push_str(&format!("{start}{ty};\n"));
    }
    out.push_str(indent);
    out.push('}');
    out
}
