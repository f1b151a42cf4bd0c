/**
 * CIS Google Cloud Foundation Benchmark, "… not configured to use the default service account with
 * full access to all Cloud APIs". With an account of its own, its roles decide, as Google advises.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import {
  allScopes,
  machineAccount,
  machineTypes,
  meansDefault,
} from "../shared/default-account.ts";

const [machine = ""] = machineTypes;
const email = "app@shop.iam.gserviceaccount.com";

export const GI11: Rule = {
  id: "GI11",
  sentence: "No machine has the default account with the scope of all APIs.",
  why: "Whoever gets onto the machine is an editor of the whole project.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  frameworks: [cis("cis-gcp-3.0.0", "4.2")],
  fix: "Name an account of the machine's own in serviceAccount.email, with the roles that it needs.",
  subjects: machineTypes,
  needs: "plan",
  check: (subject, judge, plan) => {
    const account = machineAccount(subject);
    if (account === undefined) return judge.notApplicable("the machine has no account");
    if (!meansDefault(account.at("email"), plan)) return;
    for (const scope of allScopes(account)) {
      judge.fail(scope, "a token for every API of the project, off the machine");
    }
  },
  examples: [
    ...machineTypes.map((type) => ({
      kind: "violating" as const,
      says: type,
      expect: "fail" as const,
      resources: alone(type, { serviceAccount: { scopes: ["logging-write", "cloud-platform"] } }),
      path: "serviceAccount.scopes[1]",
    })),
    {
      kind: "violating",
      says: "the whole name of the scope",
      expect: "fail",
      resources: account(["https://www.googleapis.com/auth/cloud-platform"], "default"),
    },
    {
      kind: "clean",
      says: "its own account",
      expect: "pass",
      resources: account(["cloud-platform"]),
    },
    {
      kind: "clean",
      says: "one API",
      expect: "pass",
      resources: account(["logging-write"], "default"),
    },
    {
      kind: "unknown",
      says: "the scopes are not known",
      expect: "unknown",
      resources: account(unknownHere, "default"),
      path: "serviceAccount.scopes",
    },
    {
      kind: "absent",
      says: "no account",
      expect: "not-applicable",
      resources: alone(machine, {}),
    },
  ],
};

function account(scopes: Json, name: string = email) {
  return alone(machine, { serviceAccount: { email: name, scopes } });
}
