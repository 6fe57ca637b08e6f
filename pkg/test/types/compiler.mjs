// TypeScript from outside. In: modules by name. Out: what the compiler says of each line, in a folder where `milepost` is
// this package, as it is for whoever installs it.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

const pkg = join(root, "pkg");
const tsc = join(pkg, "node_modules/typescript/bin/tsc");

/** The ways of frontends to find the package. */
export const resolutions = [
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
];

function ran(command, words, folder) {
  const { status, stdout, stderr, error } = spawnSync(command, words, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** Runs the command line. */
function milepost(...words) {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const binary = process.env.MILEPOST ?? join(target, "debug/milepost");
  if (!existsSync(binary)) throw new Error(`${binary} is not built: cargo build`);
  return ran(binary, words, root);
}

/** The module of types of a programme. */
export function types(path) {
  const { status, stdout, stderr } = milepost("types", path);
  if (status !== 0) throw new Error(`no types of ${path}: ${stderr}`);
  return stdout;
}

/** An empty folder, for as long as `use` takes. */
export function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), "milepost-types-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the compiler says of these modules: `{ file, line, message }`, the lines of a message joined. */
export function problems(modules, resolution = resolutions[0]) {
  return inFolder((folder) => {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(pkg, join(folder, "node_modules/milepost"));
    const compilerOptions = {
      ...resolution,
      target: "es2022",
      lib: ["es2022", "esnext.disposable"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      verbatimModuleSyntax: true,
    };
    const files = Object.keys(modules);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
    const { status, stdout, stderr } = ran(process.execPath, [tsc, "--pretty", "false", "--project", "."], folder);
    const found = [];
    for (const line of stdout.split("\n")) {
      const [, file, at, message] = /^(\S+)\((\d+),\d+\): error (.*)$/.exec(line) ?? [];
      if (file) found.push({ file, line: Number(at), message });
      else if (line.trim() && found.length) found.at(-1).message += ` ${line.trim()}`;
      else if (line.trim()) found.push({ file: "", line: 0, message: line });
    }
    if ((status === 0) !== (found.length === 0)) throw new Error(`tsc ended with ${status}: ${stdout}${stderr}`);
    return found;
  });
}
