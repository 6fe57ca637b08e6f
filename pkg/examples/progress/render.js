// The outcome as elements. In: what an evaluation found. Out: elements; texts are set as text, never read as HTML.

const words = { met: "met", pending: "pending", needs_information: "needs information", unmet: "not met yet" };

/** An element with its children; texts become text. */
export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function status(status, atRisk) {
  return element("span", { className: `status ${status}` }, words[status], atRisk ? ", at risk" : "");
}

const steps = ({ met, of }) => `${met} of ${of} ${of === 1 ? "step" : "steps"}`;

/** One role or competency. */
export function result(kind, it) {
  const title = it.title ?? it.name;
  const bar = element("progress", { max: 100, value: it.progress.percent, ariaLabel: `Progress of ${title}` });
  const credential = it.credential ?? null;
  const requirement = it.requirement ? element("ul", { className: "node" }, node(it.requirement)) : null;
  return element(
    "article",
    { id: `${kind}-${it.name}` },
    element("h3", {}, title),
    element("p", {}, status(it.status, it.at_risk), ` · ${steps(it.progress)}, ${it.progress.percent} %`),
    bar,
    it.about ? element("p", {}, it.about) : null,
    credential && element("p", { className: "quiet" }, `By the credential ${credential.id}, issued ${credential.issued}`),
    credential && requirement
      ? element("details", {}, element("summary", {}, "Without the credential"), requirement)
      : requirement,
    it.preferred?.length ? element("p", { className: "quiet" }, "Preferred; it does not decide:") : null,
    it.preferred?.length ? element("ul", { className: "node" }, ...it.preferred.map(node)) : null,
  );
}

function node(it) {
  const lists = [
    ["Counted", it.counted],
    ["Missing", it.missing],
    ["Nearly", it.near_misses.map(({ id, reason }) => `${id}: ${reason}`)],
    ["To supply", it.unknown.map(({ title, record }) => (record ? `${title} of ${record}` : title))],
    ["Advice", it.advice ? [it.advice] : []],
  ].filter(([, entries]) => entries.length > 0);
  return element(
    "li",
    {},
    status(it.status, it.at_risk),
    it.locked ? " (after an earlier step)" : "",
    ` · ${it.title ? `${it.title}: ` : ""}${it.text}`,
    it.found !== null && it.needed !== null ? ` (found ${it.found}, needed ${it.needed})` : "",
    lists.length === 0
      ? null
      : element("dl", {}, ...lists.flatMap(([term, entries]) => [
          element("dt", {}, `${term}: `),
          element("dd", {}, entries.join("; ")),
        ])),
    it.children.length === 0 ? null : element("ul", { className: "node" }, ...it.children.map(node)),
  );
}
