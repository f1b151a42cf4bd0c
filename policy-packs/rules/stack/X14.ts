/** Regions of everything that says one: aws 7 by resource or provider, azure-native by location, gcp. */
import { textList } from "../../../model/policy/parameter.ts";
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { stackType } from "../shared/stack-type.ts";

/** The properties by which a resource says where it is, by the beginning of its type. */
const regionProperties: Readonly<Record<string, readonly string[]>> = {
  "aws:": ["region"],
  "pulumi:providers:aws": ["region"],
  "azure-native:": ["location"],
  "pulumi:providers:azure-native": ["location"],
  "gcp:": ["region", "location", "zone"],
  "pulumi:providers:gcp": ["region", "zone"],
};

export const X14: Rule = {
  id: "X14",
  sentence: "Everything is in one of the reviewed regions.",
  why: "In a region that nobody uses, nobody looks: no trail, no alarm, and another country's law on the data.",
  severity: "medium",
  tenets: ["T1", "T5"],
  controls: ["CM-7", "SA-9(5)", "AC-4"],
  fix: "Move the resource to a reviewed region, or have the region reviewed and added to the parameter regions.",
  parameters: {
    regions: textList(
      "regions that were reviewed, of all clouds",
      "a list of regions as the clouds write them, such as eu-central-1, westeurope, europe-west4",
      /^[A-Za-z][A-Za-z0-9 -]*$/,
    ),
  },
  subjects: [stackType],
  needs: "plan",
  check: (_, judge, plan) => {
    const regions = (judge.parameter("regions") as readonly string[]).map(plainRegion);
    if (regions.length === 0) return judge.notApplicable("no regions are listed");
    for (const resource of plan.resources) {
      for (const place of placesOf(resource)) {
        judge.part(() => {
          const region = plainRegion(place.text() ?? "");
          if (["", "global", ...regions].includes(region)) return;
          judge.fail(place, `a machine, a key or a copy of data in ${region}, where nobody looks`);
        });
      }
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a bucket elsewhere",
      expect: "fail",
      parameters: { regions: ["eu-central-1"] },
      resources: [
        stack(),
        { type: "aws:s3/bucket:Bucket", name: "far", props: { region: "us-east-1" } },
      ],
      path: "region",
      witness: "us-east-1",
    },
    {
      kind: "violating",
      says: "a zone of another region of Google Cloud, and another location of Azure",
      expect: "fail",
      parameters: { regions: ["europe-west4", "westeurope"] },
      resources: [
        stack(),
        { type: "gcp:compute/instance:Instance", name: "far", props: { zone: "us-west1-b" } },
        {
          type: "azure-native:storage:StorageAccount",
          name: "far",
          props: { location: "East US" },
        },
      ],
      path: "zone",
    },
    {
      kind: "clean",
      says: "all where they shall be, however it is written",
      expect: "pass",
      parameters: { regions: ["eu-central-1", "westeurope", "europe-west4"] },
      resources: [
        stack(),
        { type: "pulumi:providers:aws", name: "aws", props: { region: "eu-central-1" } },
        {
          type: "azure-native:storage:StorageAccount",
          name: "near",
          props: { location: "West Europe" },
        },
        { type: "gcp:compute/instance:Instance", name: "near", props: { zone: "europe-west4-a" } },
        { type: "gcp:kms/keyRing:KeyRing", name: "keys", props: { location: "global" } },
      ],
    },
    {
      kind: "unknown",
      says: "a region is not known",
      expect: "unknown",
      parameters: { regions: ["eu-central-1"] },
      resources: [
        stack(),
        { type: "aws:s3/bucket:Bucket", name: "far", props: { region: unknownHere } },
      ],
      path: "region",
    },
    {
      kind: "absent",
      says: "nobody has listed regions",
      expect: "not-applicable",
      resources: [
        stack(),
        { type: "aws:s3/bucket:Bucket", name: "far", props: { region: "us-east-1" } },
      ],
    },
  ],
};

function placesOf({ type, inputs }: PlannedResource): readonly View[] {
  const own = Object.entries(regionProperties).find(([start]) =>
    start.endsWith(":") ? type.startsWith(start) : type === start,
  );
  return (own?.[1] ?? []).map((name) => inputs.at(name)).filter(({ state }) => state !== "absent");
}

/** Azure takes `West Europe` for `westeurope`; a zone of Google Cloud is its region and a letter. */
function plainRegion(text: string): string {
  const region = text
    .slice(text.lastIndexOf("/") + 1)
    .toLowerCase()
    .replaceAll(" ", "");
  return /^[a-z]+-[a-z]+\d+-[a-z]$/.test(region) ? region.slice(0, -2) : region;
}

function stack(): ExampleResource {
  return { type: stackType, name: "shop-dev", props: {} };
}
