/** AWS Config Developer Guide, "Multi-account multi-region data aggregation": what is not asked for is not seen. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";

const type = "aws:cfg/configurationAggregator:ConfigurationAggregator";
const sources = ["accountAggregationSource", "organizationAggregationSource"];

export const AL20: Rule = {
  id: "AL20",
  sentence: "An aggregator of AWS Config sees every region.",
  why: "An attacker works in a region that nobody looks at.",
  severity: "medium",
  tenets: ["T5", "T7"],
  controls: ["CM-8", "CA-7"],
  fix: "Set allRegions of the source to true.",
  remedy: {
    kind: "safe",
    edits: ({ inputs }) =>
      sources
        .filter((source) => inputs.at(source).state === "known")
        .filter((source) => inputs.at(source, "allRegions").flag() !== true)
        .flatMap((source) => [
          { path: [source, "allRegions"], value: true },
          // AWS refuses both.
          ...(inputs.at(source, "regions").state === "absent"
            ? []
            : [{ path: [source, "regions"], value: undefined }]),
        ]),
  },
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    for (const source of sources) {
      judge.part(() => {
        const all = inputs.at(source, "allRegions");
        if (inputs.at(source).state === "absent" || all.flag() === true) return;
        judge.fail(all, "what is made in another region is not seen");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "one region",
      expect: "fail",
      resources: aggregator({ allRegions: false, roleArn: "config" }),
      path: "organizationAggregationSource.allRegions",
    },
    {
      kind: "clean",
      says: "all of them",
      expect: "pass",
      resources: aggregator({ allRegions: true, roleArn: "config" }),
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: aggregator({ allRegions: unknownHere }),
      path: "organizationAggregationSource.allRegions",
    },
    { kind: "absent", says: "not said", expect: "fail", resources: aggregator({ roleArn: "c" }) },
  ],
};

function aggregator(organizationAggregationSource: Json) {
  return alone(type, { organizationAggregationSource });
}
