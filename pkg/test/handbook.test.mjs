// The handbooks of all programmes, as `milepost doc` writes them: their HTML, and how they read in a browser. With
// MILEPOST_SCREENSHOTS=FOLDER pictures of them are left there, to be looked at.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { before, test } from "node:test";

import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

import { browsers } from "./browsers.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.MILEPOST_SCREENSHOTS;

/** Where it is read: a telephone, a screen, a screen in the dark, a sheet of paper. */
const places = [
  { name: "320", width: 320, colorScheme: "light", media: "screen" },
  { name: "1280", width: 1280, colorScheme: "light", media: "screen" },
  { name: "1280-dark", width: 1280, colorScheme: "dark", media: "screen" },
  { name: "print", width: 718, colorScheme: "light", media: "print" },
];

/** The programmes: every file of `pathways/` that declares one. */
const programmes = fs
  .readdirSync(path.join(root, "pathways"), { recursive: true })
  .filter((file) => file.endsWith(".pathway"))
  .filter((file) => /^pathway /m.test(fs.readFileSync(path.join(root, "pathways", file), "utf8")))
  .sort();

/** What each of them is called, and its page. */
const handbooks = new Map();

before(() => {
  const said = execFileSync(
    "cargo",
    ["build", "--quiet", "--package", "milepost-cli", "--message-format", "json-render-diagnostics"],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const built = said.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const milepost = built.find((it) => it.target?.name === "milepost" && it.executable).executable;
  for (const file of programmes) {
    const page = execFileSync(milepost, ["doc", `pathways/${file}`], { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
    handbooks.set(file.replace(/\.pathway$/, ""), page);
  }
});

test("every programme's handbook is valid HTML", async () => {
  assert.ok(handbooks.size > 30);
  const validator = new HtmlValidate({ extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"] });
  for (const [name, page] of handbooks) {
    const report = await validator.validateString(page, `${name}.html`);
    const wrong = report.results.flatMap((it) => it.messages).map((it) => `${it.line}:${it.column} ${it.ruleId}: ${it.message}`);
    assert.deepEqual(wrong, [], name);
  }
});

test("everybody can read it, everywhere", async (it) => {
  if (!browsers().includes("chromium")) return it.skip("Chromium is not installed: cargo xtask toolchain");
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    for (const { name: place, width, colorScheme, media } of places) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.emulateMedia({ media });
      const requests = [];
      page.on("request", (request) => requests.push(request.url()));
      for (const [name, html] of handbooks) {
        await page.setContent(html);
        const [asked, there] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(asked <= there, `${name} at ${place}: ${asked} wide, and ${there} there`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document));
        const wrong = violations.map((it) => `${it.id}: ${it.help}: ${it.nodes.map((node) => node.html).join(" ")}`);
        assert.deepEqual(wrong, [], `${name} at ${place}`);
        if (pictures) {
          const file = path.join(pictures, `${name.replaceAll("/", "-")}-${place}.png`);
          await page.screenshot({ path: file, fullPage: true });
        }
      }
      assert.deepEqual(requests, [], place);
      await page.close();
    }
  } finally {
    await browser.close();
  }
});
