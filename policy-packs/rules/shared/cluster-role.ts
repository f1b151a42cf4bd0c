/** Rights in a cluster (Kubernetes, "Using RBAC Authorization"), and rules about roles that hold them. */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { alone } from "./alone.ts";
import { inEveryForm, objectsOf } from "./pod-spec.ts";
import type { Spot } from "./spot.ts";

const group = "rbac.authorization.k8s.io";

export const roleTypes = ["Role", "ClusterRole"].flatMap((kind) =>
  inEveryForm(`${group}/v1:${kind}`),
);
export const bindingTypes = ["RoleBinding", "ClusterRoleBinding"].flatMap((kind) =>
  inEveryForm(`${group}/v1:${kind}`),
);

/** Rights that no role should hold. */
export interface Power {
  /** API groups; the core's is empty. */
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Names that no role should hold the rights on; absent where it may on none, or on every one. */
  readonly unlessNamed?: { readonly but: readonly string[] };
}

/** Whether one of a role's `rules` holds the power. Throws `Undecided`. */
export function holds(rule: View, { groups, resources, verbs, unlessNamed }: Power): boolean {
  if (!matches(rule.at("verbs"), verbs) || !matches(rule.at("resources"), resources)) return false;
  if (!matches(rule.at("apiGroups"), groups)) return false;
  const names = rule.at("resourceNames");
  if (unlessNamed === undefined || isEmpty(names)) return true;
  return entriesOf(names).some((name) => unlessNamed.but.includes(name.text() ?? ""));
}

/** `*` stands for all, and `*` before a slash for every resource that has this part. */
function matches(list: View, wanted: readonly string[]): boolean {
  return entriesOf(list).some((one) => {
    const text = one.text() ?? "";
    return text === "*" || wanted.some((name) => text === name || text === anyWith(name));
  });
}

function anyWith(resource: string): string | undefined {
  const part = resource.split("/")[1];
  return part === undefined ? undefined : `*/${part}`;
}

/** Runs the check on each of the rules of a role, or of the roles of a list. */
export function eachRoleRule(
  subject: PlannedResource,
  judge: Parameters<Rule["check"]>[1],
  check: (rule: View) => void,
): void {
  for (const { spot } of objectsOf(subject)) {
    judge.part(() => {
      for (const rule of spot.at("rules").items()) judge.part(() => check(rule.view));
    });
  }
}

/** A rule by the powers that no role should hold. */
export interface RoleRule
  extends Pick<
    Rule,
    "id" | "sentence" | "why" | "severity" | "tenets" | "controls" | "frameworks" | "fix"
  > {
  readonly powers: readonly [Power, ...Power[]];
  readonly witness: string;
  /** Where it is about some of the types only. */
  readonly types?: readonly string[];
  /** A rule of a role that looks alike and is harmless. */
  readonly harmless: Json;
}

/** The whole rule, with examples for each power. */
export function roleRule(rule: RoleRule): Rule {
  const { powers, witness, harmless, types = roleTypes, ...words } = rule;
  return {
    ...words,
    subjects: types,
    needs: "resource",
    check: (subject, judge) =>
      eachRoleRule(subject, judge, (rule) => {
        if (powers.some((power) => holds(rule, power))) judge.fail(rule, witness);
      }),
    examples: [
      ...powers.map(
        (power): Example => ({
          kind: "violating",
          says: `${power.verbs.join(", ")} ${power.resources.join(", ")}`,
          expect: "fail",
          resources: alone(`kubernetes:${group}/v1:ClusterRole`, roleProps(everything(power))),
          path: "rules[0]",
        }),
      ),
      {
        kind: "violating",
        says: "by wildcards, in a list",
        expect: "fail",
        resources: alone(`kubernetes:${group}/v1:ClusterRoleList`, {
          items: [roleProps({ apiGroups: ["*"], resources: ["*"], verbs: ["*"] })],
        }),
        path: "items[0].rules[0]",
      },
      { kind: "clean", says: "less than that", expect: "pass", resources: [role(harmless)] },
      {
        kind: "unknown",
        says: "the verbs are not known",
        expect: "unknown",
        resources: [role({ ...everything(powers[0]), verbs: unknownHere })],
        path: "rules[0].verbs",
      },
      {
        kind: "absent",
        says: "no rules",
        expect: "pass",
        resources: alone(`kubernetes:${group}/v1:ClusterRole`, { metadata: { name: "app" } }),
      },
    ],
  };
}

/** A role of the whole cluster with one rule. */
export function role(rule: Json): ExampleResource {
  return { type: `kubernetes:${group}/v1:ClusterRole`, name: "role", props: roleProps(rule) };
}

function roleProps(rule: Json) {
  return { metadata: { name: "app" }, rules: [rule] };
}

function everything({ groups, resources, verbs }: Power) {
  return { apiGroups: [...groups], resources: [...resources], verbs: [...verbs] };
}

/** Runs the check on each subject of a binding, or of the bindings of a list. */
export function eachGrantee(
  subject: PlannedResource,
  judge: Parameters<Rule["check"]>[1],
  check: (grantee: View, roleName: View) => void,
): void {
  for (const { spot } of objectsOf(subject)) {
    judge.part(() => {
      for (const one of spot.at("subjects").items()) {
        judge.part(() => check(one.view, roleOf(spot)));
      }
    });
  }
}

/** Name of the role that a binding gives. */
export function roleOf(binding: Spot): View {
  return binding.at("roleRef", "name").view;
}

/** A binding of a role to one subject, for the whole cluster. */
export function binding(roleName: Json, grantee: Json): ExampleResource {
  const roleRef = { apiGroup: group, kind: "ClusterRole", name: roleName };
  const props = { metadata: { name: "app" }, roleRef, subjects: [grantee] };
  return { type: `kubernetes:${group}/v1:ClusterRoleBinding`, name: "binding", props };
}
