// The extension as it is shipped: what is in the package, that it starts the right command, and what it says when
// there is none.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { activated, editor } from "./editor.mjs";
import { milepost, root } from "./server.mjs";
import { unzipped } from "./zip.mjs";

const here = path.resolve(import.meta.dirname, "..");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milepost-vscode-"));
const bundle = path.join(folder, "extension.js");
const usualPath = process.env.PATH;
let files;

/** A program of npm's packages, run in the folder of the extension; nothing it asks the network for is answered. */
function tool(name, ...words) {
  const nowhere = "http://127.0.0.1:9";
  const env = { ...process.env, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, npm_config_offline: "true" };
  execFileSync(path.join(here, "node_modules/.bin", name), words, { cwd: here, env, stdio: ["ignore", "pipe", "inherit"] });
}

/** What stands in the output, a server that could not be stopped among it; not that one ended well, which is told late. */
const said = ({ seen }) => seen.output.filter((line) => !line.endsWith("exited with code 0."));

before(() => {
  const packed = path.join(folder, "milepost.vsix");
  tool("vsce", "package", "--no-dependencies", "--allow-missing-repository", "--out", packed);
  files = unzipped(fs.readFileSync(packed));
  fs.writeFileSync(bundle, files.get("extension/dist/extension.js"));
});

after(() => {
  process.env.PATH = usualPath;
  fs.rmSync(folder, { recursive: true });
});

test("its types hold", () => tool("tsc"));

test("the package has what it needs, and nothing else", () => {
  assert.deepEqual([...files.keys()].sort(), [
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE-APACHE",
    "extension/LICENSE-MIT",
    "extension/LICENSE.txt",
    "extension/changelog.md",
    "extension/dist/extension.js",
    "extension/language-configuration.json",
    "extension/package.json",
    "extension/readme.md",
    "extension/syntaxes/pathway.tmLanguage.json",
  ]);
  assert.match(files.get("extension.vsixmanifest").toString(), /<Identity [^>]*Id="milepost" Version="0\.1\.0" Publisher="milepost"/);
  const version = /^version = "(.+)"$/m.exec(fs.readFileSync(path.join(root, "Cargo.toml"), "utf8"))[1];
  assert.equal(JSON.parse(files.get("extension/package.json")).version, version);
  // Without its library beside it, it would not start.
  assert.ok(!/require\("vscode-/.test(files.get("extension/dist/extension.js").toString()));
});

test("the grammar in the package is the one of the project", () => {
  const ours = fs.readFileSync(path.join(root, "grammar/pathway.tmLanguage.json"));
  assert.ok(ours.equals(files.get("extension/syntaxes/pathway.tmLanguage.json")));
  const { contributes } = JSON.parse(files.get("extension/package.json"));
  const [{ language, scopeName, path: place }] = contributes.grammars;
  const [{ id, extensions, configuration }] = contributes.languages;
  assert.deepEqual([id, extensions, language, scopeName], ["pathway", [".pathway"], "pathway", JSON.parse(ours).scopeName]);
  for (const named of [place, configuration]) assert.ok(files.has(path.posix.join("extension", named)), named);
});

test("brackets, comments and indentation are those of the language", () => {
  const settings = JSON.parse(files.get("extension/language-configuration.json"));
  assert.equal(settings.comments.lineComment, "//");
  const more = new RegExp(settings.indentationRules.increaseIndentPattern);
  const less = new RegExp(settings.indentationRules.decreaseIndentPattern);
  const word = new RegExp(`^(?:${settings.wordPattern})$`);
  for (const line of ["role lead \"Lead\" {", "  all of { // both", "  x \"http://a\" {"]) assert.ok(more.test(line), line);
  for (const line of ["  years >= 3", "  // {", "  one of { a b }", "  about \"{\""]) assert.ok(!more.test(line), line);
  assert.ok(less.test("  }") && !less.test("  a }"));
  for (const piece of ["years_in_post", "2026-07-01", "80%", "-2.5"]) assert.ok(word.test(piece), piece);
});

test("it starts `milepost lsp`, again when asked to, and stops it", async () => {
  const started = path.join(folder, "started");
  const command = path.join(folder, "milepost");
  fs.writeFileSync(command, `#!/bin/sh\necho "$@" >> '${started}'\nexec '${milepost()}' "$@"\n`, { mode: 0o755 });
  process.env.PATH = `${folder}${path.delimiter}${usualPath}`;
  const stub = editor({});
  const extension = await activated(bundle, stub);
  const starts = () => fs.readFileSync(started, "utf8");
  assert.deepEqual(stub.seen.messages, []);
  assert.equal(starts(), "lsp\n");
  await stub.seen.commands.get("milepost.restart")();
  assert.equal(starts(), "lsp\nlsp\n");
  await extension.deactivate();
  assert.deepEqual(stub.seen.messages, []);
  assert.deepEqual(said(stub), [`${command} lsp`, `${command} lsp`]);
});

test("a command that is not there is told, with what to do about it", async () => {
  process.env.PATH = path.join(folder, "empty");
  const stub = editor({}, ["How to install it"]);
  await activated(bundle, stub);
  assert.deepEqual(stub.seen.messages, [
    {
      message: 'The command "milepost" was not found. Install Milepost, or say in the setting "milepost.path" where it is.',
      offered: ["How to install it", "Open the settings"],
    },
  ]);
  assert.deepEqual(stub.seen.executed, [["markdown.showPreview", { path: "/extension/README.md" }]]);
});

test("the setting says where the command is, and is looked at again when it changes", async () => {
  process.env.PATH = usualPath;
  const settings = { path: path.join(folder, "nothing") };
  const stub = editor(settings, ["Open the settings"]);
  const extension = await activated(bundle, stub);
  assert.match(stub.seen.messages[0].message, /nothing" was not found/);
  assert.deepEqual(stub.seen.executed, [["workbench.action.openSettings", "milepost.path"]]);
  settings.path = milepost();
  await stub.seen.commands.get("milepost.restart")();
  assert.equal(stub.seen.messages.length, 1);
  await extension.deactivate();
  assert.deepEqual(said(stub), [`${settings.path} lsp`]);
});

// The library leaves promises behind that nobody waits for, which a process of its own may ignore.
test("a command that is no language server is told, and not started again and again", () => {
  const script = `
    import { activated, editor } from ${JSON.stringify(path.join(import.meta.dirname, "editor.mjs"))};
    const stub = editor({ path: "/bin/false" });
    await activated(${JSON.stringify(bundle)}, stub);
    console.log(JSON.stringify(stub.seen.messages.map((it) => it.message)));
  `;
  const words = ["--unhandled-rejections=none", "--input-type=module", "--eval", script];
  const said = execFileSync(process.execPath, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 20_000 });
  assert.equal(JSON.parse(said).at(-1), '"/bin/false lsp" does not start. Is it a Milepost that has a language server?');
});
