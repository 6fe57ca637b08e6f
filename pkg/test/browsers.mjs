// Stock browsers, without WebDriver. In: a browser's name and an address. Out: the browser running on it with an empty
// profile of its own; or, with `visit`, what a page of a folder posts as its result.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

const miniBrowser = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** How each browser is started: its program, and the words for an address and a profile. */
const known = {
  chromium: {
    program: '/usr/bin/chromium',
    words: (url, profile) => [
      '/usr/bin/chromium',
      '--headless=new',
      '--no-sandbox', // root has no sandbox
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--user-data-dir=${profile}`,
      url,
    ],
  },
  firefox: {
    program: '/usr/bin/firefox-esr',
    words: (url, profile) => ['/usr/bin/firefox-esr', '--headless', '--no-remote', '--profile', profile, url],
  },
  webkitgtk: {
    program: miniBrowser,
    words: (url) => ['/usr/bin/xvfb-run', '-a', miniBrowser, url],
  },
};

/** Preferences of a fresh Firefox: no pages of its own, no traffic of its own. */
const firefoxPreferences = `
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.policy.firstRunURL", "");
user_pref("toolkit.telemetry.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("dom.max_script_run_time", 0);
`;

/** The browsers that are installed here. */
export function browsers() {
  return Object.keys(known).filter((name) => fs.existsSync(known[name].program));
}

/** Starts a browser on an address. `said()` is what it wrote, `gone` resolves when it ends, `close()` ends it. */
export function open(name, url) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), `milepost-${name}-`));
  fs.writeFileSync(path.join(profile, 'user.js'), firefoxPreferences);
  const [program, ...words] = known[name].words(url, profile);
  const browser = spawn(program, words, {
    detached: true, // a process group of its own, so that all of it can be ended
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: profile,
      XDG_RUNTIME_DIR: profile,
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    },
  });
  let said = '';
  const hear = (piece) => { said = (said + piece).slice(-20_000); };
  browser.stdout.on('data', hear);
  browser.stderr.on('data', hear);
  const gone = new Promise((resolve) => {
    browser.on('error', (problem) => { hear(`${problem}\n`); resolve(); });
    browser.on('exit', () => resolve());
  });
  const send = (signal) => {
    try { process.kill(-browser.pid, signal); } catch { /* it is gone */ }
  };
  const kill = () => send('SIGKILL');
  process.on('exit', kill);
  return {
    said: () => said,
    gone,
    close: async () => {
      send('SIGTERM'); // time to tidy up, though not much
      const late = setTimeout(kill, 2000);
      await gone;
      clearTimeout(late);
      kill();
      process.off('exit', kill);
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/**
 * Serves a folder on this machine, and others whose addresses begin as `folders` says. `handle(request, response)` comes
 * first and is true for what it answers itself.
 */
export async function serve(root, { headers = {}, folders = {}, handle = () => false } = {}) {
  const server = http.createServer((request, response) => {
    if (handle(request, response)) return;
    const asked = path.posix.normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    const [begins, folder] = Object.entries(folders).find(([begins]) => asked.startsWith(begins)) ?? ['', root];
    const file = path.join(folder, asked.slice(begins.length));
    fs.readFile(file, (problem, bytes) => {
      if (problem) {
        response.writeHead(404).end();
      } else {
        const type = types[path.extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...headers }).end(bytes);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => { server.closeAllConnections(); server.close(); },
  };
}

/** All bytes of a request. */
export async function body(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Opens a page of a folder in a browser; gives the JSON that the page posts to `/result`. */
export async function visit(name, root, page, { seconds = 60, headers } = {}) {
  let posted;
  const result = new Promise((resolve) => { posted = resolve; });
  const server = await serve(root, {
    headers,
    handle: (request, response) => {
      if (request.method !== 'POST') return false;
      body(request).then((bytes) => { response.end(); posted(bytes); });
      return true;
    },
  });
  const browser = open(name, `${server.url}/${page}`);
  let timer;
  try {
    const none = (why) => () => { throw new Error(`${name} ${why}; it said:\n${browser.said()}`); };
    const late = new Promise((resolve) => { timer = setTimeout(resolve, seconds * 1000); });
    const first = await Promise.race([
      result,
      late.then(none(`posted nothing in ${seconds} s`)),
      browser.gone.then(none('ended')),
    ]);
    return JSON.parse(first.toString());
  } finally {
    clearTimeout(timer);
    await browser.close();
    server.close();
  }
}
