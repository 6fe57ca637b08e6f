// An editor in a page, through the package. In: texts as they are typed, and places in them. Out: what is known of them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { MilepostError, edit } from "milepost";
import { sources, text } from "./programme.mjs";

const main = "main.pathway";

test("what is wrong is told as it is typed, with what mends it", () => {
  const editor = edit(sources, main);
  const before = editor.diagnostics().map(({ code }) => code);
  const typed = text.replace("at least 2 session", "at least 2 sesion");
  editor.update(main, typed);
  const [first] = editor.diagnostics().filter(({ severity }) => severity === "error");
  assert.deepEqual([first.code, first.help], ["MP0102", ["did you mean `session`?"]]);
  const [{ start, end }] = first.labels;
  assert.equal(typed.slice(start.utf16, end.utf16), "sesion");
  editor.update(main, text);
  assert.deepEqual(editor.diagnostics().map(({ code }) => code), before);
});

test("lints are told as in every editor", () => {
  const lonely = text.replace("    competency listening\n", "");
  const codes = edit({ [main]: lonely }, main).diagnostics();
  assert.ok(codes.some(({ message }) => message === "no role uses competency `listening`"), JSON.stringify(codes));
});

test("places count as JavaScript does, in every answer", () => {
  const editor = edit(sources, main);
  const at = text.indexOf("competency listening\n");
  const hover = editor.hover(main, at + "competency lis".length);
  assert.equal(text.slice(hover.from, hover.to), "listening");
  assert.match(hover.markdown, /\*\*competency\*\* `listening`/);
  assert.equal(editor.hover(main, 0), null);

  const painted = editor.tokens(main).map(({ from, to, kind, declared }) => [text.slice(from, to), kind, declared]);
  assert.deepEqual(painted[0], ["/// Invented for these tests.", "comment", false]);
  assert.deepEqual(painted[3], ['"Coaching 😀"', "text", false]);
  assert.ok(painted.some(([piece, kind, declared]) => piece === "listening" && kind === "competency" && declared));

  const symbols = editor.symbols(main);
  assert.deepEqual(symbols.map(({ name, kind }) => `${kind} ${name}`), [
    "pathway coaching", "fact years_teaching", "fact principal_recommends", "evidence session", "competency listening", "role coach",
  ]);
  const role = symbols.at(-1);
  assert.equal(text.slice(role.from, role.to), "coach");
  assert.equal(text.slice(role.whole_from, role.whole_to).trim(), text.slice(text.indexOf("role coach")).trim());
  assert.deepEqual(role.children.map(({ name, title }) => [name, title]), [["coached", "Coached"], ["experience", "Experience"]]);
});

test("what may stand at a place is offered, and takes the place of what is there", () => {
  const editor = edit(sources, main);
  const at = text.indexOf("competency listening\n") + "competency lis".length;
  const offer = editor.complete(main, at).find((it) => it.text === "listening");
  assert.equal(offer.kind, "competency");
  assert.equal(text.slice(offer.from, at), "lis");
});

test("a text is laid out as `milepost fmt` does", () => {
  const editor = edit({ [main]: 'role   r "R"{eligible when years>=3}\r\n' }, main);
  assert.equal(editor.format(main), 'role r "R" { eligible when years >= 3 }\n');
});

test("a part is known in its programme, and comes and goes", () => {
  const parts = { [main]: 'use "parts.pathway"\n' + text.replace(/evidence session.*\n/, "") };
  const editor = edit(parts, main);
  assert.equal(editor.diagnostics()[0].code, "MP0101");
  editor.update("parts.pathway", 'evidence session "Coaching session" { hours : number "Hours" }\n');
  assert.deepEqual(editor.diagnostics().filter(({ severity }) => severity === "error"), []);
  assert.match(editor.hover("parts.pathway", 10).markdown, /session/);
  editor.remove("parts.pathway");
  assert.equal(editor.diagnostics()[0].code, "MP0101");
  assert.throws(() => editor.remove("parts.pathway"), /there is no text `parts.pathway`/);
});

test("what is no place, no path and no text is refused, and nothing is lost", () => {
  const editor = edit(sources, main);
  const bad = [
    [() => editor.hover(main, text.length + 1), /the text ends before place/],
    [() => editor.complete(main, -1), /a whole number of 0 or more, found -1/],
    [() => editor.complete(main, 1.5), /a whole number of 0 or more, found 1.5/],
    [() => editor.hover(main, NaN), /found NaN/],
    [() => editor.hover(main, "3"), /found a string/],
    [() => editor.hover("other.pathway", 0), /there is no text `other.pathway`/],
    [() => editor.tokens(undefined), /the path to be a text, found undefined/],
    [() => editor.update(main, 7), /found a number/],
    [() => editor.update(main, "\ud800"), /half of a character/],
    [() => edit(null, main), /an object of path to text, found null/],
    [() => edit({ [main]: 3 }, main), /found a number/],
  ];
  for (const [asked, why] of bad) {
    assert.throws(asked, (problem) => problem instanceof MilepostError && why.test(problem.message), String(asked));
  }
  assert.equal(editor.hover(main, text.length), null);
  assert.equal(editor.format(main), edit(sources, main).format(main));
  editor.free();
  assert.throws(() => editor.diagnostics(), /this editor was freed/);
  assert.deepEqual(edit({}, main).diagnostics().length, 1);
});
