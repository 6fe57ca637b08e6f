// The page. In: a compiled programme, fetched once with the module; a record, pasted, dropped or chosen. Out: progress,
// and what would change it. After loading nothing is asked of any server.

// With a bundler, or an import map, this is "milepost/evaluate".
import { MilepostError, load } from "../../dist/evaluate.js";
import { element, result, status } from "./render.js";

const $ = (id) => document.getElementById(id);
const fetched = async (name) => {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer;
};

const [plan, sample] = await Promise.all([
  fetched("data_driver.plan").then((answer) => answer.arrayBuffer()),
  fetched("sample.json").then((answer) => answer.text()),
]);
const pathway = load(plan);
$("programme").textContent = `Progress: ${pathway.identity.title ?? pathway.identity.name}`;

let session = null;
let shown = null;

/** Takes a record in, as text, and shows how far it has come. */
function take(text) {
  $("refusal").replaceChildren();
  try {
    const record = JSON.parse(text);
    const next = pathway.session(record);
    session?.free();
    session = next;
    shown = null;
    setControls(record);
    $("changes").replaceChildren(element("p", { className: "quiet" }, "Nothing yet: move a control."));
    draw();
  } catch (problem) {
    refuse(problem);
  }
}

/** Says why something was refused; the rest of the page stays as it was. */
function refuse(problem) {
  if (!(problem instanceof MilepostError || problem instanceof SyntaxError)) throw problem;
  $("refusal").textContent = problem.message;
}

/** Draws what differs from what is shown, and says what changed. */
function draw() {
  if (session === null) return;
  const { outcome, changed } = session.outcome({ asOf: $("day").value });
  for (const kind of ["roles", "competencies"]) {
    outcome[kind].forEach((it, at) => {
      if (shown?.[kind][at] === it) return; // what did not change is the same object
      const drawn = result(kind, it);
      const before = $(drawn.id);
      if (before) before.replaceWith(drawn);
      else $("results").append(drawn);
    });
  }
  if (shown === null) {
    const places = [...outcome.roles.map((it) => `roles-${it.name}`), ...outcome.competencies.map((it) => `competencies-${it.name}`)];
    $("results").append(...places.map($));
  } else {
    $("changes").replaceChildren(changes(outcome, changed));
  }
  $("notices").replaceChildren(...outcome.notices.map((notice) => element("p", { className: "quiet" }, notice)));
  $("what-if").hidden = $("outcome").hidden = false;
  shown = outcome;
}

function changes(outcome, changed) {
  if (changed.length === 0) return element("p", { className: "quiet" }, "No status changes.");
  const titles = new Map();
  const name = (node) => {
    titles.set(node.address, node.title ?? node.text);
    node.children.forEach(name);
  };
  for (const it of [...outcome.roles, ...outcome.competencies]) {
    if (it.requirement) name(it.requirement);
    it.preferred?.forEach(name);
    titles.set(it.name, it.title ?? it.name);
  }
  const line = ({ address, before, after }) =>
    element("li", {}, `${titles.get(address)}: `, status(before), " → ", status(after));
  return element("ul", {}, ...changed.map(line));
}

/** Makes one change in the session and shows what comes of it. */
function change(make) {
  $("refusal").replaceChildren();
  try {
    make();
    draw();
  } catch (problem) {
    refuse(problem);
  }
}

/** The controls as the record has it. */
function setControls({ facts, evidence }) {
  $("years").value = facts?.years_teaching ?? 0;
  $("years-shown").textContent = facts?.years_teaching ?? "unknown";
  $("recommended").value = String(facts?.principal_recommends ?? null);
  $("licence").value = facts?.licence_expires ?? "";
  $("evidence").replaceChildren(...(evidence ?? []).map((piece) => {
    const box = element("input", { type: "checkbox", checked: true });
    box.addEventListener("change", () => change(() => (box.checked ? session.add(piece) : session.remove(piece.id))));
    const state = piece.status && piece.status !== "accepted" ? `, ${piece.status.replaceAll("_", " ")}` : "";
    return element("li", {}, element("label", {}, box, ` ${piece.id}, ${piece.date}${state}`));
  }));
}

$("years").addEventListener("input", ({ target }) => {
  $("years-shown").textContent = target.value;
  change(() => session.set("years_teaching", Number(target.value)));
});
$("recommended").addEventListener("change", ({ target }) =>
  change(() => session.set("principal_recommends", JSON.parse(target.value))));
$("licence").addEventListener("change", ({ target }) =>
  change(() => session.set("licence_expires", target.value || null)));
$("day").addEventListener("change", () => change(() => {}));

$("sample").addEventListener("click", () => {
  $("text").value = sample;
  take(sample);
});
$("show").addEventListener("click", () => take($("text").value));
async function read(file) {
  if (!file) return;
  $("text").value = await file.text();
  take($("text").value);
}
$("file").addEventListener("change", ({ target }) => read(target.files[0]));

const main = document.querySelector("main");
main.addEventListener("dragover", (event) => {
  event.preventDefault();
  main.classList.add("dragging");
});
main.addEventListener("dragleave", () => main.classList.remove("dragging"));
main.addEventListener("drop", (event) => {
  event.preventDefault();
  main.classList.remove("dragging");
  read(event.dataTransfer.files[0]);
});

const now = new Date();
$("day").value = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
document.documentElement.dataset.ready = "yes";
