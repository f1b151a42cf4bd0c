/** Pulumi and Terraform Google providers, "IAMPolicy": it replaces everything that others granted. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { bindingTypes, hierarchy } from "../shared/gcp-bindings.ts";

const types = bindingTypes(hierarchy).filter((type) => !type.endsWith("Member"));
const [binding = "", policy = ""] = types;
const document = JSON.stringify({ bindings: [] });

export const GI15: Rule = {
  id: "GI15",
  sentence: "No whole policy of a project, a folder or the organisation is replaced.",
  why: "It takes away what security and logging were granted by others, and nobody sees that in a preview.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "CM-3"],
  fix: "Use IAMMember, or IAMBinding for one role.",
  subjects: types,
  needs: "resource",
  check: ({ urn, type }, judge) => {
    if (!type.endsWith("Policy")) return;
    judge.fail({ urn, path: "" }, "a grant that another stack made is gone, silently");
  },
  examples: [
    ...types
      .filter((type) => type.endsWith("Policy"))
      .map((type) => ({
        kind: "violating" as const,
        says: type,
        expect: "fail" as const,
        resources: alone(type, { policyData: document }),
        path: "",
      })),
    {
      kind: "clean",
      says: "one role",
      expect: "pass",
      resources: alone(binding, { role: "roles/viewer", members: [] }),
    },
    {
      kind: "unknown",
      says: "whatever stands in it",
      expect: "fail",
      resources: alone(policy, { policyData: unknownHere }),
    },
    { kind: "absent", says: "nothing in it", expect: "fail", resources: alone(policy, {}) },
  ],
};
