/** Google Cloud IAM documentation, "Default service accounts": use accounts of your own. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import {
  isDefaultAddress,
  machineAccount,
  machineTypes,
  meansDefault,
} from "../shared/default-account.ts";
import { accountType, bindingRule, hierarchy, memberText } from "../shared/gcp-bindings.ts";
import { referring } from "../shared/log-stores.ts";

const [machine = ""] = machineTypes;
const compute = "123456789012-compute@developer.gserviceaccount.com";
const role = "roles/logging.logWriter";

const machines: Rule["check"] = (subject, judge, plan) => {
  const account = machineAccount(subject);
  if (account === undefined) return;
  const email = account.at("email");
  if (meansDefault(email, plan))
    judge.fail(email, "a token of the default account, off the machine");
};

export const GI09 = bindingRule({
  id: "GI09",
  sentence: "Default service accounts are neither used nor granted anything.",
  why: "Every workload of the project is then the same account, and what one may, all may.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "IA-9"],
  frameworks: [cis("cis-gcp-3.0.0", "4.1")],
  fix: "Make a service account for the workload, and name it in serviceAccount.email and in bindings.",
  families: hierarchy,
  judge: ({ members }, judge, plan) => {
    for (const member of members) {
      judge.part(() => {
        const [, email = ""] = memberText(member, plan).split("serviceAccount:");
        if (isDefaultAddress(email)) judge.fail(member, "what the role allows, by any workload");
      });
    }
  },
  bad: { role, member: `serviceAccount:${compute}` },
  good: {
    "an account of its own": { role, member: "serviceAccount:app@shop.iam.gserviceaccount.com" },
  },
  names: "member",
  others: Object.fromEntries(machineTypes.map((type) => [type, machines])),
  more: [
    {
      kind: "violating",
      says: "a machine with the default account",
      expect: "fail",
      resources: alone(machine, { serviceAccount: { email: compute, scopes: ["logging-write"] } }),
      path: "serviceAccount.email",
    },
    {
      kind: "absent",
      says: "a machine with an account that is not named",
      expect: "fail",
      resources: alone(machine, { serviceAccount: { scopes: ["logging-write"] } }),
      path: "serviceAccount.email",
    },
    {
      kind: "clean",
      says: "a machine without any",
      expect: "pass",
      resources: alone(machine, {}),
    },
    {
      kind: "clean",
      says: "a machine with an account that is planned as well",
      expect: "pass",
      resources: [
        {
          ...referring(machine, "app", "serviceAccount", "account"),
          props: { serviceAccount: { email: unknownHere } },
        },
        { type: accountType, name: "account", props: { accountId: "app" } },
      ],
    },
    {
      kind: "unknown",
      says: "whose account it is is not known",
      expect: "unknown",
      resources: alone(machine, { serviceAccount: { email: unknownHere } }),
      path: "serviceAccount.email",
    },
  ],
});
