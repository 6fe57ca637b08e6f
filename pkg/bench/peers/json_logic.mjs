// The workload as JsonLogic. Out: one expression for each name.

import { COMPETENCIES, KINDS } from "./input.mjs";

const way = (name, kind) => ({
  if: [
    {
      some: [
        { var: "evidence" },
        {
          and: [{ "===": [{ var: "kind" }, kind] }, { var: "recent" }, { in: [name, { var: "competencies" }] }],
        },
      ],
    },
    1,
    0,
  ],
});
const shown = (name) => ({ ">=": [{ "+": KINDS.map((kind) => way(name, kind)) }, 3] });
const rated = {
  ">=": [
    {
      "+": [0, 1, 2].map((at) => ({
        if: [{ in: [{ var: `latest.${at}.level` }, ["effective", "highly_effective"]] }, 1, 0],
      })),
    },
    2,
  ],
};

/** An object of yes and no, as one expression: a list in the order of the names. */
export const rule = [
  ...COMPETENCIES.map(shown),
  {
    and: [
      ...COMPETENCIES.map(shown),
      rated,
      { ">=": [{ var: "facts.licence_expires" }, { var: "asOf" }] },
      { ">=": [{ var: "facts.years" }, 3] },
    ],
  },
];

export const named = (list) =>
  Object.fromEntries([...COMPETENCIES, "lead"].map((name, at) => [name, Boolean(list[at])]));
