// What changed, put into an outcome. In: an outcome, and what changed in it. Out: an outcome that shares with the first
// all that did not change.

import type { Changes, Competency, Node, NodeChange, Outcome, Role } from "./wire.js";

/** The outcome with the changes in it; the one given stays as it is. */
export function patched<O extends Outcome>(outcome: O, changes: Changes): O {
  const nodes = new Map(changes.nodes.map((change) => [change.address, change]));
  const roles = new Map(changes.roles.map((change) => [change.name, change]));
  const competencies = new Map(changes.competencies.map((change) => [change.name, change]));

  const role = (it: Role): Role => {
    const change = roles.get(it.name);
    const requirement = node(it.requirement, nodes);
    const preferred = each(it.preferred, (item) => node(item, nodes));
    const same = !change && requirement === it.requirement && preferred === it.preferred;
    return same ? it : { ...it, ...change, requirement, preferred };
  };
  const competency = (it: Competency): Competency => {
    const change = competencies.get(it.name);
    const requirement = it.requirement && node(it.requirement, nodes);
    return !change && requirement === it.requirement ? it : { ...it, ...change, requirement };
  };
  return {
    ...outcome,
    as_of: changes.as_of,
    roles: each(outcome.roles, role),
    competencies: each(outcome.competencies, competency),
    notices: changes.notices,
  };
}

function node(it: Node, changes: ReadonlyMap<string, NodeChange>): Node {
  const change = changes.get(it.address);
  const children = each(it.children, (child) => node(child, changes));
  return !change && children === it.children ? it : { ...it, ...change, children };
}

/** The list with each of its members made anew; the same list if all stay the same. */
function each<T>(list: readonly T[], make: (member: T) => T): readonly T[] {
  const made = list.map(make);
  return made.every((member, at) => member === list[at]) ? list : made;
}
