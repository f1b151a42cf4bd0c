/**
 * Tags of AWS and Azure, labels of Google Cloud; what a provider puts on everything counts (aws
 * provider, `defaultTags`; gcp provider, `defaultLabels`).
 */
import { textList } from "../../../model/policy/parameter.ts";
import type { ExampleResource, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { dataHolders } from "../shared/data-holders.ts";

/** Where what runs is labelled, besides what holds data. */
const machines = [
  "aws:ec2/instance:Instance",
  "aws:eks/cluster:Cluster",
  "aws:lambda/function:Function",
  "azure-native:compute:VirtualMachine",
  "azure-native:containerservice:ManagedCluster",
  "azure-native:web:WebApp",
  "gcp:compute/instance:Instance",
  "gcp:container/cluster:Cluster",
];

/** Types that cannot be labelled. */
const bare: ReadonlySet<string> = new Set([
  "gcp:bigtable/instance:Instance",
  "gcp:firestore/database:Database",
  "gcp:spanner/database:Database",
]);

/** Where labels stand that are not among a resource's own `labels`. */
const nested: Readonly<Record<string, readonly string[]>> = {
  "gcp:container/cluster:Cluster": ["resourceLabels"],
  "gcp:sql/databaseInstance:DatabaseInstance": ["settings", "userLabels"],
};

export const X15: Rule = {
  id: "X15",
  sentence: "What holds data or runs carries the organisation's tags.",
  why: "Nobody calls an owner who is not named, and what nobody has classed is guarded like what nobody needs.",
  severity: "medium",
  tenets: ["T1", "T5"],
  controls: ["CM-8", "AC-16", "RA-2"],
  fix: "Set the tags or labels that the parameter tags names, on the resource or by the provider's defaults.",
  parameters: {
    tags: textList(
      "keys that everything which holds data or runs must carry",
      "a list of keys, such as owner, data-class",
    ),
  },
  subjects: [...Object.keys(dataHolders).filter((type) => !bare.has(type)), ...machines].sort(),
  needs: "plan",
  check: (subject, judge, plan) => {
    const keys = judge.parameter("tags") as readonly string[];
    if (keys.length === 0) return judge.notApplicable("no tags are asked for");
    for (const key of keys) judge.part(() => checkKey(key, subject, judge, plan));
  },
  examples: [
    {
      kind: "violating",
      says: "a bucket whose class nobody said",
      expect: "fail",
      parameters: { tags: ["owner", "data-class"] },
      resources: [resource("aws:s3/bucket:Bucket", { tags: { owner: "shop" } })],
      path: "tags",
      witness: "data-class",
    },
    {
      kind: "violating",
      says: "a cluster of Google Cloud with an empty label",
      expect: "fail",
      parameters: { tags: ["owner"] },
      resources: [resource("gcp:container/cluster:Cluster", { resourceLabels: { owner: "" } })],
    },
    {
      kind: "clean",
      says: "one by itself and one by the provider",
      expect: "pass",
      parameters: { tags: ["owner", "data-class"] },
      resources: [
        {
          ...resource("aws:s3/bucket:Bucket", { tags: { "data-class": "open" } }),
          provider: "aws",
        },
        {
          type: "pulumi:providers:aws",
          name: "aws",
          props: { defaultTags: '{"tags":{"owner":"shop"}}' },
        },
      ],
    },
    {
      kind: "unknown",
      says: "the tags are not known",
      expect: "unknown",
      parameters: { tags: ["owner"] },
      resources: [resource("azure-native:storage:StorageAccount", { tags: unknownHere })],
      path: "tags",
    },
    {
      kind: "absent",
      says: "nobody asks for tags",
      expect: "not-applicable",
      resources: [resource("aws:s3/bucket:Bucket", {})],
    },
  ],
};

function checkKey(key: string, subject: PlannedResource, judge: Judge, plan: Plan): void {
  const all = labelsOf(subject, plan);
  const doubts: Undecided[] = [];
  const isThere = all.some((labels) => {
    try {
      return (labels.at(key).text() ?? "") !== "";
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      doubts.push(error);
      return false;
    }
  });
  if (isThere) return;
  for (const doubt of doubts) judge.open(doubt);
  const [own] = all;
  if (doubts.length === 0 && own !== undefined)
    judge.fail(own, `no ${key}: nobody knows whom to call`);
}

/** The resource's own first, then what its provider puts on everything. */
function labelsOf({ type, inputs, provider }: PlannedResource, plan: Plan): View[] {
  const isGoogle = type.startsWith("gcp:");
  const own = inputs.at(...(nested[type] ?? [isGoogle ? "labels" : "tags"]));
  const defaults = plan
    .ofType(`pulumi:providers:${isGoogle ? "gcp" : "aws"}`)
    .filter(({ urn }) => urn === provider)
    .map((one) =>
      isGoogle
        ? one.inputs.at("defaultLabels").document()
        : one.inputs.at("defaultTags").document().at("tags"),
    );
  return [own, ...defaults];
}

function resource(type: string, props: ExampleResource["props"]): ExampleResource {
  return { type, name: "orders", props };
}
