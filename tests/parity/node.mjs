// The host Node. In: the folder of the cases, a folder for the answers. Out: a file of answers for each of cases, and a
// line each as they are done.
import fs from 'node:fs';
import path from 'node:path';
import { answer } from './host.mjs';

const [folder, answers, batches] = process.argv.slice(2);
const questions = JSON.parse(fs.readFileSync(path.join(folder, 'questions.json'), 'utf8'));
const modules = {};
for (const shape of ['full', 'evaluate']) {
  const wasm = new URL(`../../pkg/wasm/${shape}/`, import.meta.url);
  modules[shape] = await import(new URL('milepost.js', wasm));
  modules[shape].initSync({ module: fs.readFileSync(new URL('milepost_bg.wasm', wasm)) });
}
for (let batch = 0; batch < batches; batch++) {
  const given = answer(questions, modules, new Uint8Array(fs.readFileSync(path.join(folder, `${batch}.cases`))));
  fs.writeFileSync(path.join(answers, `${batch}.answers`), new Uint8Array(await given.arrayBuffer()));
  console.log(batch);
}
