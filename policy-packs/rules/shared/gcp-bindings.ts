/** Who has which role on a resource of Google Cloud: members, bindings and whole policies. */
import type { Example, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import type { Props } from "./alone.ts";
import { alone } from "./alone.ts";
import { waitsForOneOf } from "./refers-to.ts";

/** One role and who has it. */
export interface Binding {
  readonly role: View;
  readonly members: readonly View[];
  readonly condition: View;
}

/** Families of the project, the folder and the organisation. */
export const hierarchy = ["projects/iAM", "folder/iAM", "organizations/iAM"];

/** Canonical type of service accounts. */
export const accountType = "gcp:serviceaccount/account:Account";

/** The three canonical types of each family, such as `storage/bucketIAM`. */
export function bindingTypes(families: readonly string[]): readonly string[] {
  return families.flatMap((family) => {
    const name = family.split("/").at(-1) ?? "";
    const pascal = name.charAt(0).toUpperCase() + name.slice(1);
    return ["Binding", "Member", "Policy"].map((kind) => `gcp:${family}${kind}:${pascal}${kind}`);
  });
}

/** Every binding of such a resource. Throws `Undecided`. */
export function bindingsOf({ type, inputs }: PlannedResource): readonly Binding[] {
  if (type.endsWith("Policy")) {
    return entriesOf(inputs.at("policyData").document().at("bindings")).map((one) =>
      toBinding(one, entriesOf(one.at("members"))),
    );
  }
  const members = type.endsWith("Member") ? [inputs.at("member")] : entriesOf(inputs.at("members"));
  return [toBinding(inputs, members)];
}

function toBinding(at: View, members: readonly View[]): Binding {
  return { role: at.at("role"), members, condition: at.at("condition") };
}

/** The member; one that a planned resource of the cloud brings with it is some service account. */
export function memberText(member: View, plan: Plan): string {
  if (
    member.state === "unknown" &&
    waitsForOneOf(plan, member, (type) => type.startsWith("gcp:"))
  ) {
    return "serviceAccount:planned";
  }
  return member.text() ?? "";
}

/** A binding in an example. */
interface Sample {
  readonly role: string;
  readonly member: string;
  readonly condition?: Json;
}

interface BindingRule extends Omit<Rule, "subjects" | "needs" | "check" | "examples" | "remedy"> {
  readonly families: readonly string[];
  readonly judge: (binding: Binding, judge: Judge, plan: Plan) => void;
  readonly bad: Sample;
  readonly good: Readonly<Record<string, Sample>>;
  /** Which of the two a finding names. */
  readonly names: "role" | "member";
  readonly more?: readonly Example[];
  /** Further types in which the same is said in other words. */
  readonly others?: Readonly<Record<string, Rule["check"]>>;
}

/** A rule about each binding. */
export function bindingRule(rule: BindingRule): Rule {
  const {
    families,
    judge: judgeBinding,
    bad,
    good,
    names,
    more = [],
    others = {},
    ...words
  } = rule;
  const types = bindingTypes(families);
  return {
    ...words,
    subjects: [...types, ...Object.keys(others)],
    needs: "plan",
    check: (subject, judge, plan) => {
      const other = others[subject.type];
      if (other !== undefined) return other(subject, judge, plan);
      for (const binding of bindingsOf(subject)) {
        judge.part(() => judgeBinding(binding, judge, plan));
      }
    },
    examples: [
      ...types.flatMap((type) => examplesOf(type, bad, good, names)),
      {
        kind: "absent",
        says: "nothing said",
        expect: "pass",
        resources: alone(types[1] ?? "", {}),
      },
      ...more,
    ],
  };
}

const paths = {
  Binding: { role: "role", member: "members[0]" },
  Member: { role: "role", member: "member" },
  Policy: { role: "policyData.bindings[0].role", member: "policyData.bindings[0].members[0]" },
};

function examplesOf(
  type: string,
  bad: Sample,
  good: BindingRule["good"],
  names: BindingRule["names"],
): Example[] {
  const kind = (/(Binding|Member|Policy)$/.exec(type)?.[0] ?? "Member") as keyof typeof paths;
  const unknownPath = { Binding: "members", Member: "member", Policy: "policyData" };
  const unknownProperty = names === "role" && kind !== "Policy" ? "role" : unknownPath[kind];
  return [
    {
      kind: "violating",
      says: `${bad.role} to ${bad.member}, by ${type}`,
      expect: "fail",
      resources: alone(type, propsOf(kind, bad)),
      path: paths[kind][names],
    },
    ...Object.entries(good).map(
      ([says, sample]): Example => ({
        kind: "clean",
        says: `${says}, by ${type}`,
        expect: "pass",
        resources: alone(type, propsOf(kind, sample)),
      }),
    ),
    {
      kind: "unknown",
      says: `not known, by ${type}`,
      expect: "unknown",
      resources: alone(type, { ...propsOf(kind, bad), [unknownProperty]: unknownHere }),
      path: unknownProperty,
    },
  ];
}

function propsOf(kind: keyof typeof paths, { role, member, condition }: Sample): Props {
  const limited = condition === undefined ? {} : { condition };
  if (kind === "Member") return { role, member, ...limited };
  if (kind === "Binding") return { role, members: [member], ...limited };
  return { policyData: JSON.stringify({ bindings: [{ role, members: [member], ...limited }] }) };
}
