// The page of examples/progress in any browser, and the package in a Worker. In: the page in a frame. Out: what it shows,
// posted to /result.

const frame = document.querySelector("iframe");

/** Waits for something to be there. */
async function there(find) {
  for (;;) {
    const found = find();
    if (found) return found;
    await new Promise((next) => setTimeout(next, 10));
  }
}

function set(element, value, event) {
  element.value = value;
  element.dispatchEvent(new (element.ownerDocument.defaultView.Event)(event, { bubbles: true }));
}

async function page() {
  await there(() => frame.contentDocument?.documentElement?.dataset.ready === "yes");
  const at = (selector) => frame.contentDocument.querySelector(selector);
  const before = frame.contentWindow.performance.getEntriesByType("resource").length;
  set(at("#day"), "2026-11-22", "change");
  at("#sample").click();
  const lead = () => at("#roles-data_lead .status").textContent;
  const statuses = [lead(), at("#competencies-data_analyst .status").textContent];
  set(at("#years"), "3", "input");
  const changes = [...at("#changes").querySelectorAll("li")].map((line) => line.textContent);
  set(at("#text"), '{ "id": 3 }', "input");
  at("#show").click();
  const refusal = at("#refusal").textContent;
  const requests = frame.contentWindow.performance.getEntriesByType("resource").length - before;
  return { statuses, changes, refusal, requests };
}

function inWorker() {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve({ error: message });
  });
}

let result;
try {
  result = { page: await page(), worker: await inWorker() };
} catch (problem) {
  result = { error: String(problem) };
}
await fetch("/result", { method: "POST", body: JSON.stringify(result) });
