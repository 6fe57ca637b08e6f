// Hosts that are browsers. In: the browser's name, the folder of the cases, a folder for the answers. Out: a file of
// answers for each of cases, and a line each as they arrive. Ends when its standard input does.
import fs from 'node:fs';
import path from 'node:path';
import { body, open, serve } from '../../pkg/test/browsers.mjs';

const [name, cases, answers, batches] = process.argv.slice(2);
const root = path.join(import.meta.dirname, '../..');

let end;
const ended = new Promise((resolve) => { end = resolve; });
const server = await serve(root, {
  folders: { '/cases/': cases },
  handle: (request, response) => {
    if (request.method !== 'POST') return false;
    body(request).then((bytes) => {
      const batch = request.url.match(/^\/answers\/(\d+)$/)?.[1];
      if (batch === undefined) {
        end(bytes.toString());
      } else {
        fs.writeFileSync(path.join(answers, `${batch}.answers`), bytes);
        console.log(batch);
      }
      response.end();
    });
    return true;
  },
});
const browser = open(name, `${server.url}/tests/parity/page.html?batches=${batches}`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(1));
const problem = await Promise.race([ended, browser.gone.then(() => `the browser ended\n${browser.said()}`)]);
if (problem) console.error(problem);
await browser.close();
process.exit(problem ? 1 : 0);
