// The sizes of the two modules. In: pkg/wasm, as built. Out: a line for each, and a failure where a budget is passed.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** At most so many bytes, compressed with brotli; and how many we should like it to be. */
const budgets = {
  evaluate: { most: 293_000, goal: 60_000 },
  full: { most: 522_000, goal: 220_000 },
};

for (const [shape, { most, goal }] of Object.entries(budgets)) {
  const module = readFileSync(new URL(`../wasm/${shape}/milepost_bg.wasm`, import.meta.url));
  const brotli = brotliCompressSync(module).length;
  const gzip = gzipSync(module, { level: 9 }).length;
  console.log(`${shape}: ${module.length} bytes, gzip ${gzip}, brotli ${brotli} of at most ${most} (goal ${goal})`);
  if (brotli > most) {
    console.error(`error: the module ${shape} is larger than its budget`);
    process.exitCode = 1;
  }
}
