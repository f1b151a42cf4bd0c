/** Pulumi, "Resource option: protect"; Microsoft Learn, "Lock your Azure resources". */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Keeping } from "../shared/data-holders.ts";
import { dataHolders } from "../shared/data-holders.ts";
import { put } from "../shared/flag-rule.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";
import { isGiven, quietly, refersTo, tellDoubts } from "../shared/refers-to.ts";

const lockType = "azure-native:authorization:ManagementLockByScope";
const groupType = "azure-native:resources:ResourceGroup";
const { account, immutability } = storeTypes;

/** Properties by which a database says that it only repeats another one. */
const sources = ["replicateSourceDb", "replicationSourceIdentifier"] as const;

export const X10: Rule = {
  id: "X10",
  sentence: "What holds data cannot be deleted by one mistaken or malicious run.",
  why: "A pipeline that was taken over, or one renamed resource, takes the data with it.",
  severity: "medium",
  tenets: ["T1", "T5"],
  controls: ["CP-9", "SI-12", "CM-5"],
  fix: "Give the resource the option protect, or turn on the service's own protection: deletionProtection, a final snapshot, no forceDestroy; in Azure a lock with level CanNotDelete.",
  subjects: Object.keys(dataHolders),
  needs: "plan",
  check: (subject, judge, plan) => {
    if (subject.options.protect) return;
    if (sources.some((property) => isGiven(subject.inputs, property))) {
      judge.notApplicable("a replica: what it is made from holds the data");
      return;
    }
    const doubts: Undecided[] = [];
    const ways = dataHolders[subject.type] ?? [];
    if (ways.some((way) => isKept(subject, way, doubts))) return;
    const locks = quietly(judge, [...plan.ofType(lockType), ...plan.ofType(immutability)], (one) =>
      isLockOf(plan, one, subject),
    );
    if (locks.is === "yes") return;
    for (const doubt of doubts) judge.open(doubt);
    tellDoubts(judge, locks);
    if (doubts.length > 0 || locks.is === "open") return;
    const at = ways[0] === undefined ? subject.inputs : subject.inputs.at(...ways[0].path);
    judge.fail(at, "pulumi destroy, or an update that replaces it, and the data is gone");
  },
  examples: [
    ...Object.entries(dataHolders).flatMap(([type, ways]) => examplesOf(type, ways)),
    {
      kind: "violating",
      says: "an account of Azure whose lock only keeps it from being changed elsewhere",
      expect: "fail",
      resources: [
        { type: account, name: "data", props: { kind: "StorageV2" } },
        referring(lockType, "lock", "scope", "other", { level: "CanNotDelete" }),
        { type: account, name: "other", props: {} },
      ],
    },
    {
      kind: "clean",
      says: "a replica",
      expect: "not-applicable",
      resources: [
        referring("aws:rds/instance:Instance", "reports", "replicateSourceDb", "orders", {
          skipFinalSnapshot: true,
        }),
        { type: "aws:rds/instance:Instance", name: "orders", props: { deletionProtection: true } },
      ],
    },
    {
      kind: "clean",
      says: "a lock of Azure",
      expect: "pass",
      resources: [
        { type: account, name: "data", props: {} },
        referring(lockType, "lock", "scope", "data", { level: "CanNotDelete" }),
      ],
    },
    {
      kind: "clean",
      says: "a lock of its resource group",
      expect: "pass",
      resources: [
        referring(account, "data", "resourceGroupName", "shop"),
        { type: groupType, name: "shop", props: {} },
        referring(lockType, "lock", "scope", "shop", { level: "ReadOnly" }),
      ],
    },
    {
      kind: "clean",
      says: "a container whose blobs cannot be changed keeps its account",
      expect: "pass",
      resources: [
        { type: account, name: "data", props: {} },
        referring(immutability, "policy", "accountName", "data"),
      ],
    },
    {
      kind: "unknown",
      says: "what is locked is not known",
      expect: "unknown",
      resources: [
        { type: account, name: "data", props: {} },
        { type: lockType, name: "lock", props: { scope: unknownHere, level: "CanNotDelete" } },
      ],
      path: "scope",
    },
  ],
};

function isKept(
  { inputs }: PlannedResource,
  { path, holds }: Keeping,
  doubts: Undecided[],
): boolean {
  try {
    return holds(inputs.at(...path).text());
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    doubts.push(error);
    return false;
  }
}

/** A lock on it or on its group; an account with a container that keeps its blobs stays as well. */
function isLockOf(plan: Plan, lock: PlannedResource, subject: PlannedResource): boolean {
  if (lock.type === immutability) {
    return subject.type === account && refersTo(plan, lock.inputs.at("accountName"), subject);
  }
  if (!subject.type.startsWith("azure-native:")) return false;
  if (!["CanNotDelete", "ReadOnly"].includes(lock.inputs.at("level").text() ?? "")) return false;
  const scope = plan.follow(lock.inputs.at("scope"), subject.type, groupType);
  if (scope.state !== "resource") return false;
  if (scope.resource === subject) return true;
  const group = plan.follow(subject.inputs.at("resourceGroupName"), groupType);
  return group.state === "resource" && group.resource === scope.resource;
}

function examplesOf(type: string, ways: readonly Keeping[]): Example[] {
  const resource = (props: ExampleResource["props"]): ExampleResource => ({
    type,
    name: "data",
    props: { description: "orders", ...props },
  });
  const bad = ways.reduce((props, way) => put(props, way.path, way.bad), {});
  const keptWithout = ways.some(({ holds }) => holds(undefined));
  return [
    { kind: "violating", says: "nothing keeps it", expect: "fail", resources: [resource(bad)] },
    {
      kind: "clean",
      says: "protected by the engine",
      expect: "pass",
      resources: [{ ...resource(bad), protect: true }],
    },
    ...ways.flatMap((way): Example[] => [
      {
        kind: "clean",
        says: `kept by ${way.path.join(".")}`,
        expect: "pass",
        resources: [resource(put(bad, way.path, way.good))],
      },
      {
        kind: "unknown",
        says: `${way.path.join(".")} is not known`,
        expect: "unknown",
        resources: [resource(put(bad, way.path, unknownHere))],
        path: way.path.join("."),
      },
    ]),
    {
      kind: "absent",
      says: "nothing said",
      expect: keptWithout ? "pass" : "fail",
      resources: [resource({})],
    },
  ];
}
