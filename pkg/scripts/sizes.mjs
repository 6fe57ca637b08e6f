// The sizes of the two modules. In: pkg/wasm, as built. Out: a line for each, and a failure where a budget is passed.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** At most so many bytes, compressed with brotli. */
const budgets = { evaluate: 60_000, full: 220_000 };

for (const [shape, budget] of Object.entries(budgets)) {
  const module = readFileSync(new URL(`../wasm/${shape}/milepost_bg.wasm`, import.meta.url));
  const brotli = brotliCompressSync(module).length;
  const gzip = gzipSync(module, { level: 9 }).length;
  console.log(`${shape}: ${module.length} bytes, gzip ${gzip}, brotli ${brotli} of at most ${budget}`);
  if (brotli > budget) process.exitCode = 1;
}
