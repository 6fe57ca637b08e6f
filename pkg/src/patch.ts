// What changed, put into an outcome. In: an outcome, and what changed in it. Out: an outcome that shares with the first
// all that did not change.

import type {
  Changes,
  Competency,
  Governing,
  Governs,
  Node,
  NodeChange,
  Outcome,
  Role,
  Stage,
} from "./wire.js";

/** The outcome with the changes in it; the one given stays as it is. */
export function patched<O extends Outcome>(outcome: O, changes: Changes): O {
  if (changes.whole) return changes.whole as O;
  const nodes = new Map(changes.nodes.map((change) => [change.address, change]));
  const roles = new Map(changes.roles.map((change) => [change.name, change]));
  const competencies = new Map(changes.competencies.map((change) => [change.name, change]));
  const stages = new Map(
    changes.stages.map(({ role, ...change }) => [`${role}.${change.name}`, change]),
  );
  // Roles and competencies in which no requirement changed are not walked through.
  const walked = new Set(changes.nodes.map((change) => owner(change.address)));
  for (const change of changes.stages) walked.add(change.role);

  const stage = (role: string, it: Stage): Stage => {
    const change = stages.get(`${role}.${it.name}`);
    const requirement = it.requirement && node(it.requirement, nodes);
    return !change && requirement === it.requirement ? it : { ...it, ...change, requirement };
  };
  const role = (it: Role): Role => {
    const change = roles.get(it.name);
    if (!walked.has(it.name)) return change ? { ...it, ...change } : it;
    const requirement = node(it.requirement, nodes);
    const preferred = each(it.preferred, (item) => node(item, nodes));
    const rungs = each(it.stages, (rung) => stage(it.name, rung));
    const same =
      !change && requirement === it.requirement && preferred === it.preferred && rungs === it.stages;
    return same ? it : { ...it, ...change, requirement, preferred, stages: rungs };
  };
  const competency = (it: Competency): Competency => {
    const change = competencies.get(it.name);
    if (!walked.has(it.name)) return change ? { ...it, ...change } : it;
    const requirement = it.requirement && node(it.requirement, nodes);
    return !change && requirement === it.requirement ? it : { ...it, ...change, requirement };
  };
  return {
    ...outcome,
    programme: programme(outcome.programme, changes.governs),
    as_of: changes.as_of,
    roles: each(outcome.roles, role),
    competencies: each(outcome.competencies, competency),
    waivers: changes.waivers,
    notices: changes.notices,
  };
}

/** The programme, with what is to be said of the version that governs. */
function programme(it: Governing, now: Governs): Governing {
  const same = it.in_force === now.in_force && it.why === now.why && it.until === now.until;
  return same ? it : { ...it, ...now };
}

/** The role or competency that an address begins with. */
function owner(address: string): string {
  const end = address.search(/[./]/);
  return end < 0 ? address : address.slice(0, end);
}

function node(it: Node, changes: ReadonlyMap<string, NodeChange>): Node {
  const change = changes.get(it.address);
  const children = each(it.children, (child) => node(child, changes));
  return !change && children === it.children ? it : { ...it, ...change, children };
}

/** The list with each of its members made anew; the same list if all stay the same. */
function each<T>(list: readonly T[], make: (member: T) => T): readonly T[] {
  let same = true;
  const made = list.map((member) => {
    const now = make(member);
    same &&= now === member;
    return now;
  });
  return same ? list : made;
}
