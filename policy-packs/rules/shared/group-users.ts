/** Who carries a planned security group: interfaces, load balancers, databases, functions, templates. */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import { entriesOf } from "../../lift/entries.ts";
import { settle } from "../../lift/uncertain.ts";
import { perPlan } from "./per-plan.ts";

export const groupTypes = [awsRuleTypes.group, awsRuleTypes.defaultGroup] as const;

/** What speaks of groups without carrying them. */
const writers: readonly string[] = Object.values(awsRuleTypes);

/** Where resources name their groups; `*` stands for every element of a list. */
const places: readonly (readonly string[])[] = [
  ["securityGroups"],
  ["securityGroupIds"],
  ["securityGroupId"],
  ["vpcSecurityGroupIds"],
  ["vpcConfig", "securityGroupIds"],
  ["vpcOptions", "securityGroupIds"],
  ["networkConfiguration", "securityGroups"],
  ["networkInterfaces", "*", "securityGroups"],
  ["brokerNodeGroupInfo", "securityGroups"],
  ["remoteAccess", "sourceSecurityGroupIds"],
  ["ec2Attributes", "emrManagedMasterSecurityGroup"],
  ["ec2Attributes", "emrManagedSlaveSecurityGroup"],
  ["ec2Attributes", "serviceAccessSecurityGroup"],
];

/** Who carries which group, and what may yet turn out to. */
export interface GroupUsers {
  readonly of: (group: PlannedResource) => readonly PlannedResource[];
  /** Properties that name groups not known yet. */
  readonly doubts: readonly { readonly view: View; readonly by: PlannedResource }[];
}

/** Who carries which group of a plan. */
export const groupUsers = perPlan(read);

function read(plan: Plan): GroupUsers {
  const byGroup = new Map<string, Set<PlannedResource>>();
  const doubts: { view: View; by: PlannedResource }[] = [];
  const groups = new Set(plan.ofType(...groupTypes).map(({ urn }) => urn));
  const add = (group: string, user: PlannedResource) =>
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(user));
  for (const resource of groups.size === 0 ? [] : plan.resources) {
    if (writers.includes(resource.type)) continue;
    const recorded = new Set<string>();
    for (const property of settled(() => resource.inputs.keys())) {
      for (const urn of plan.waitsFor(resource.urn, property)) {
        if (groups.has(urn)) recorded.add(urn);
      }
    }
    for (const urn of recorded) add(urn, resource);
    for (const view of places.flatMap((path) => namesAt(resource.inputs, path))) {
      if (view.state === "unknown" && recorded.size === 0) doubts.push({ view, by: resource });
      if (view.state !== "known") continue;
      const text = settled(() => [view.text() ?? ""])[0] ?? "";
      for (const { urn } of plan.named(text, ...groupTypes)) add(urn, resource);
    }
  }
  return { of: ({ urn }) => [...(byGroup.get(urn) ?? [])], doubts };
}

/** What cannot be read here is told by whoever rests on it. */
function settled<T>(body: () => readonly T[]): readonly T[] {
  const value = settle(body);
  return value instanceof Undecided ? [] : value;
}

/** The names at a path, each for itself; an unknown list, or what it stands in, as a whole. */
function namesAt(inputs: View, path: readonly string[]): readonly View[] {
  const found = path.reduce<readonly View[]>(
    (views, key) =>
      views.flatMap((view) => (key === "*" ? settled(() => entriesOf(view)) : [view.at(key)])),
    [inputs],
  );
  return found.flatMap((view) => {
    if (view.state !== "known") return [view];
    return settle(() => view.text()) instanceof Undecided ? settled(() => view.items()) : [view];
  });
}
