// The benchmarks against peers. In: the package as built, a compiled plan of workload.pathway. Out: tables of time and
// size, each with its ratio to Milepost. Repeat with `cargo xtask bench peers`.
//
//   node run.mjs PLAN            everything
//   node run.mjs PLAN cold NAME  one first verdict in this process: the milliseconds from before the import

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const AS_OF = "2026-11-22";
const PEERS = ["milepost", "hand_written", "json-logic-engine", "cel-js", "datalogic", "zen", "cedar"];
const EXPECTED = '{"goals":true,"data":true,"feedback":false,"teams":false,"lead":false}';
const ROUNDS = 31;
const STARTS = 15;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [plan, mode, only] = process.argv.slice(2);
const record = fs.readFileSync(here("record.json"));
const text = record.toString();

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

/** The first verdict of a peer in a process of its own, its module not yet loaded. */
async function cold(name) {
  const start = performance.now();
  const { setup } = await import(`./peers/${name}.mjs`);
  const answer = (await setup(plan))(text, AS_OF);
  const took = performance.now() - start;
  if (JSON.stringify(answer) !== EXPECTED) throw new Error(`${name} says ${JSON.stringify(answer)}`);
  console.log(took);
}

/** The median time of each work in microseconds: rounds in turn, so that what disturbs one disturbs all. */
function hot(works) {
  const sizes = works.map(([, work]) => {
    const start = performance.now();
    let calls = 0;
    while (performance.now() - start < 300) {
      work();
      calls += 1;
    }
    return Math.max(1, Math.round(calls / 30));
  });
  const times = works.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    works.forEach(([, work], at) => {
      const start = performance.now();
      for (let call = 0; call < sizes[at]; call += 1) work();
      times[at].push(((performance.now() - start) * 1000) / sizes[at]);
    });
  }
  return works.map(([title], at) => [title, median(times[at])]);
}

/** A table of figures, each with its ratio to the first. */
function table(title, unit, rows) {
  console.log(`\n${title}`);
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, figure] of rows) {
    const ratio = (figure / rows[0][1]).toFixed(2);
    console.log(`  ${name.padEnd(width)} ${figure.toFixed(1).padStart(9)} ${unit} ${ratio.padStart(7)} ×`);
  }
}

async function everything() {
  console.log(`Node ${process.version}, ${os.cpus()[0].model}, ${os.cpus().length} cores; medians; × is the ratio to the first line`);

  const { load } = await import("../dist/evaluate.js");
  const { decided, explained } = await import("./peers/hand_written.mjs");
  const pathway = load(fs.readFileSync(plan));
  const same = Buffer.compare(pathway.evaluateJson(record, AS_OF), explained(record, AS_OF)) === 0;
  if (!same) throw new Error("JavaScript by hand and Milepost give different bytes");

  table("From the bytes of the record to the bytes of the outcome, with the whole explanation", "µs", hot([
    ["Milepost, wasm", () => pathway.evaluateJson(record, AS_OF)],
    ["JavaScript by hand, the same bytes", () => explained(record, AS_OF)],
  ]));

  const held = JSON.parse(text);
  const session = pathway.session(held);
  session.outcome({ asOf: AS_OF });
  let years = 0;
  const change = () => {
    years = (years + 1) % 40;
    session.set("years", years);
    return session.outcome({ asOf: AS_OF });
  };
  table("Where the page holds objects: from the record to the outcome", "µs", hot([
    ["Milepost, the whole record anew", () => pathway.evaluate(held, { asOf: AS_OF })],
    ["Milepost, one change in a session", change],
    ["JavaScript by hand, yes or no, no explanation", () => decided(held, AS_OF)],
  ]));

  const peers = [];
  for (const name of PEERS) {
    const peer = await import(`./peers/${name}.mjs`);
    const verdict = await peer.setup(plan);
    const said = JSON.stringify(verdict(text, AS_OF));
    if (said !== EXPECTED) throw new Error(`${name} says ${said}`);
    peers.push({ name, ...peer, verdict });
  }
  table("From the text of the record to yes or no for five names", "µs", hot(
    peers.map(({ title, verdict }) => [title, () => verdict(text, AS_OF)]),
  ));

  const starts = new Map(peers.map(({ name }) => [name, []]));
  for (let start = 0; start < STARTS; start += 1) {
    for (const [name, times] of starts) {
      const said = execFileSync(process.execPath, [here("run.mjs"), plan, "cold", name], { encoding: "utf8" });
      times.push(Number(said));
    }
  }
  table("From nothing loaded to the first verdict, each in a new process", "ms",
    peers.map(({ name, title }) => [title, median(starts.get(name))]));

  const size = (path) => brotliCompressSync(fs.readFileSync(path)).length / 1000;
  const shipped = peers.filter(({ wasm }) => wasm).map(({ title, wasm }) => [title, size(here(`node_modules/${wasm}`))]);
  table("What a browser loads: the wasm, brotli", "kB", [
    ["Milepost, evaluate only", size(here("../wasm/evaluate/milepost_bg.wasm"))],
    ["Milepost, with the compiler", size(here("../wasm/full/milepost_bg.wasm"))],
    ...shipped,
  ]);
}

await (mode === "cold" ? cold(only) : everything());
