// The example page and the package in the browsers that are installed, under a strict Content-Security-Policy.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { chromium } from "playwright-core";

import { browsers, serve, visit } from "./browsers.mjs";

const root = path.resolve(import.meta.dirname, "..");
const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; frame-src 'self'; img-src data:",
};

for (const name of browsers()) {
  test(`${name}: the page shows progress and what would change it; a Worker says the same`, async () => {
    const { page, worker, error } = await visit(name, root, "test/pages/self-test.html", { headers });
    assert.equal(error, undefined);
    assert.deepEqual(page, {
      statuses: ["not met yet", "pending"],
      changes: [
        "Years of teaching is 3 or more: not met yet → met",
        "Experience: needs information → met",
      ],
      refusal: "the record is refused: /id: expected a text, found the number `3`; write it in quotation marks",
      requests: 0,
    });
    assert.deepEqual(worker, { role: "unmet", same: true, changed: ["data_lead.experience/1", "data_lead.experience"], code: "MP0001", refused: 1 });
  });
}

test("Chromium: by keyboard, at two widths, in the light and in the dark, and silent once it is loaded", async (it) => {
  if (!browsers().includes("chromium")) return it.skip("Chromium is not installed: cargo xtask toolchain");
  const server = await serve(root, { headers });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    const complaints = [];
    page.on("console", (said) => complaints.push(said.text()));
    page.on("pageerror", (problem) => complaints.push(String(problem)));
    await page.goto(`${server.url}/examples/progress/`.replace(/$/, "index.html"));
    await page.waitForSelector("html[data-ready=yes]", { state: "attached" });
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));

    // Every control has a name.
    const nameless = await page.$$eval("button, input, select, textarea", (all) =>
      all.filter((it) => !(it.textContent.trim() || it.labels?.[0]?.textContent.trim())).map((it) => it.id));
    assert.deepEqual(nameless, []);

    // The keyboard reaches the sample first.
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), "sample");
    await page.keyboard.press("Enter");
    await page.fill("#day", "2026-11-22");
    await page.waitForSelector("#roles-data_lead");
    await page.selectOption("#recommended", "true");
    assert.match(await page.textContent("#changes"), /Experience: needs information → met/);
    await page.focus("#years");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.textContent("#years-shown"), "3");

    for (const [width, scheme] of [[320, "light"], [320, "dark"], [1280, "light"], [1280, "dark"]]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} pixels wide at ${width}`);
      const faint = await page.evaluate(contrasts);
      assert.deepEqual(faint, [], `too little contrast in the ${scheme}`);
      if (process.env.MILEPOST_SCREENSHOTS) {
        await page.screenshot({ path: `${process.env.MILEPOST_SCREENSHOTS}/progress-${width}-${scheme}.png`, fullPage: true });
      }
    }
    assert.deepEqual(requests, []);
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
    server.close();
  }
});

/** In the page: the texts whose contrast with what is behind them is under 4.5 to 1. */
function contrasts() {
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).map((part) => ((part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const colour = getComputedStyle(it).backgroundColor;
      if (parts(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = [...document.querySelectorAll("body *")].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  return texts.flatMap((element) => {
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05) < 4.5 ? [`${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`] : [];
  });
}
