// The colours of the TextMate grammar, as VS Code's own engine gives them: of every word of the language, and of every
// file in `pathways/`, against what the language server says each piece of it is.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { milepost, root, server } from "./server.mjs";

const require = createRequire(import.meta.url);
const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const written = fs.readFileSync(path.join(root, "grammar/pathway.tmLanguage.json"), "utf8");
let grammar;

before(async () => {
  await oniguruma.loadWASM(fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => parseRawGrammar(written, "pathway.tmLanguage.json"),
  });
  grammar = await registry.loadGrammar("source.pathway");
});

/** The scopes of every character of a text, line by line. */
function colours(text) {
  let stack = INITIAL;
  return text.split(/\r?\n/).map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    return tokens.flatMap((it) => Array(it.endIndex - it.startIndex).fill(it.scopes.slice(1).join(" ")));
  });
}

/** What a piece is, in the words of the language server; a name is what is none of these. */
function kind(scopes) {
  if (/\bcomment\./.test(scopes)) return "comment";
  if (/\bstring\./.test(scopes)) return "string";
  if (/\bconstant\.numeric\./.test(scopes)) return "number";
  if (/\b(keyword\.(?!operator\.(comparison|arithmetic))|constant\.language\.)/.test(scopes)) return "keyword";
  return "name";
}

/** The scopes of the first place where a piece stands in a line. */
const scope = (line, piece) => colours(line)[0][line.indexOf(piece)];

// That these are the words of the language, and all of them, a test beside the grammar's own sees to.
test("every word of the language is coloured as one", () => {
  const patterns = JSON.parse(written).repository.words.patterns;
  const words = patterns.flatMap((it) => /\(\?:([a-z|]+)\)/.exec(it.match)[1].split("|"));
  assert.ok(words.length > 130);
  for (const word of words) {
    const places = [`  ${word}`, `  ${word} from`, `  ${word} of`, `  ${word} 2026-01-01`];
    assert.ok(places.some((line) => kind(scope(line, word)) === "keyword"), word);
    assert.equal(kind(scope(`  // ${word}`, word)), "comment");
    assert.equal(kind(scope(`  "${word}"`, word)), "string");
    assert.equal(kind(scope(`  ${word}_x ${word}`, word)), "name");
  }
});

test("each piece has the colour of what it does", () => {
  const cases = [
    ["/// Why.", "Why", "comment.line.documentation.pathway"],
    ["// Why.", "Why", "comment.line.double-slash.pathway"],
    ["role lead \"Lead\" {", "role", "keyword.declaration.pathway"],
    ["role lead \"Lead\" {", "lead", "entity.name.type.pathway"],
    ["role lead \"Lead\" {", "Lead", "string.quoted.double.pathway"],
    ["    role lead", "lead", "support.type.pathway"],
    ["  eligible when all of {", "when", "keyword.other.property.pathway"],
    ["  eligible when all of {", "all", "keyword.control.group.pathway"],
    ["    rated \"Rated\": at least 1 rating", "rated", "entity.name.label.pathway"],
    ["    at least 1 rating within 3 school years", "within", "keyword.control.clause.pathway"],
    ["    at least 1 rating within 3 school years", "years", "keyword.other.unit.pathway"],
    ["    at least 1 rating within 3 school years", "3", "constant.numeric.pathway"],
    ["    at least 2 rating where score >= 3 and held", "score", "variable.other.member.pathway"],
    ["    at least 2 rating where score >= 3 and held", ">=", "keyword.operator.comparison.pathway"],
    ["    at least 2 rating where score >= 3 and held", "and", "keyword.operator.word.pathway"],
    ["    candidate.years >= 3", "years", "variable.other.member.pathway"],
    ["    years >= 3", "years", "variable.other.member.pathway"],
    ["    at least 80% of criteria of ratings >= shown", "80%", "constant.numeric.percentage.pathway"],
    ["  effective from 2026-07-01", "2026", "constant.numeric.date.pathway"],
    ["  school year starts 07-01", "07-01", "constant.numeric.day.pathway"],
    ["    during school year 2025-26", "2025-26", "constant.numeric.year.pathway"],
    ["scale rating { effective \"Effective\" }", "effective", "variable.other.enummember.pathway"],
    ["  part : one of { review \"Review\" } \"Part\"", "review", "variable.other.enummember.pathway"],
    ["  given rating r1 on 2026-01-01 under review", "review", "keyword.other.status.pathway"],
    ["  expect role lead hours unmet", "hours", "entity.name.label.pathway"],
    ["  expect role lead hours unmet", "unmet", "keyword.other.status.pathway"],
    ["  given teaches yes", "yes", "constant.language.pathway"],
  ];
  for (const [line, piece, expected] of cases) assert.equal(scope(line, piece), expected, `${piece} in ${line}`);
});

test("what is not closed colours no more than it must", () => {
  const [, , , role] = colours("scale rating {\n  low \"Low\n  high\nrole lead \"Lead\" {\n");
  assert.equal(role[0], "keyword.declaration.pathway");
});

test("every file of the example programmes is coloured as the language server would", async () => {
  const folder = path.join(root, "pathways");
  const files = fs.readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".pathway")).sort();
  assert.ok(files.length > 40);
  const { capabilities, ask, tell, end } = await server(milepost());
  const types = capabilities.semanticTokensProvider.legend.tokenTypes;
  const wrong = [];
  let pieces = 0;
  for (const file of files) {
    const uri = pathToFileURL(path.join(folder, file)).href;
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    tell("textDocument/didOpen", { textDocument: { uri, languageId: "pathway", version: 1, text } });
    const { data } = await ask("textDocument/semanticTokens/full", { textDocument: { uri } });
    tell("textDocument/didClose", { textDocument: { uri } });
    const lines = text.split(/\r?\n/);
    const painted = colours(text).map((line) => line.map(kind));
    let [line, start] = [0, 0];
    for (let at = 0; at < data.length; at += 5) {
      line += data[at];
      start = data[at] ? data[at + 1] : start + data[at + 1];
      const end = start + data[at + 2];
      const type = types[data[at + 3]];
      const expected = ["comment", "string", "number", "keyword"].includes(type) ? type : "name";
      const found = [...new Set(painted[line].slice(start, end))].join(" and ");
      if (found !== expected) wrong.push(`${file}:${line + 1}: \`${lines[line].slice(start, end)}\` is a ${type}, coloured as ${found}`);
      // What is left is told by nobody, and must be coloured as nothing.
      painted[line].fill("name", start, end);
      pieces += 1;
    }
    painted.forEach((line, number) =>
      line.forEach((kind, at) => {
        const letter = /\w/.test(lines[number][at]);
        if (letter && kind !== "name") wrong.push(`${file}:${number + 1}:${at + 1}: coloured as ${kind}, and nothing`);
      }),
    );
  }
  await end();
  assert.ok(pieces > 10_000);
  assert.deepEqual(wrong, []);
});
