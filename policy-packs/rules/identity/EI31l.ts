/** Microsoft Learn, "Microsoft Entra-only authentication with Azure SQL": off unless it is said. */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { referring } from "../shared/log-stores.ts";
import { referrersOf } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

/** By type of server the resource beside it that can say so, and how that names the server. */
const beside = {
  "azure-native:sql:ManagedInstance": {
    from: ["azure-native:sql:ManagedInstanceAzureADOnlyAuthentication"],
    property: "managedInstanceName",
  },
  "azure-native:sql:Server": {
    from: ["azure-native:sql:ServerAzureADOnlyAuthentication"],
    property: "serverName",
  },
} as const;
const relations = Object.fromEntries(
  Object.entries(beside).map(([to, { from, property }]) => [
    to,
    { from, to, properties: ({ inputs }: Parameters<Rule["check"]>[0]) => [inputs.at(property)] },
  ]),
);
const flag = "azureADOnlyAuthentication";

export const EI31l: Rule = {
  id: "EI31l",
  sentence: "SQL servers know only Entra's identities.",
  why: "A login of the server's own has a password, which no second factor, risk or leaving stops.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set administrators.azureADOnlyAuthentication to true.",
  subjects: Object.keys(beside),
  needs: "plan",
  check: (subject, judge, plan) => {
    const inside = subject.inputs.at("administrators", flag);
    if (inside.flag() === true) return;
    const relation = relations[subject.type];
    const others = relation === undefined ? [] : referrersOf(plan, subject, relation);
    const found = someOf(judge, others, ({ inputs }) => inputs.at(flag).flag() === true);
    if (found === "no") judge.fail(inside, "a login as sa, by trying passwords");
  },
  examples: Object.entries(beside).flatMap(([type, { from, property }]): Example[] => [
    {
      kind: "violating",
      says: `both kinds of logins, in ${type}`,
      expect: "fail",
      resources: server(type, { administrators: { [flag]: false } }),
      path: `administrators.${flag}`,
    },
    {
      kind: "clean",
      says: `Entra's alone, in ${type}`,
      expect: "pass",
      resources: server(type, { administrators: { [flag]: true } }),
    },
    {
      kind: "clean",
      says: `Entra's alone, beside ${type}`,
      expect: "pass",
      resources: [
        ...server(type, {}),
        referring(from[0], "only", property, "app", { [flag]: true }),
      ],
    },
    {
      kind: "unknown",
      says: `not known, in ${type}`,
      expect: "unknown",
      resources: server(type, { administrators: unknownHere }),
      path: "administrators",
    },
    { kind: "absent", says: `nothing in ${type}`, expect: "fail", resources: server(type, {}) },
  ]),
};

function server(type: string, props: { readonly [key: string]: Json }): readonly [ExampleResource] {
  return alone(type, props);
}
