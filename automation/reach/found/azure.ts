/** Rules of Azure's network security groups that no resource of a state made. */
import { canonicalType } from "../../../policy-packs/kit/canonical-type.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { azureRuleTypes } from "../../../policy-packs/lift/azure-rules.ts";
import type { Fields } from "./fields.ts";
import { entries, fields, foundRule, text } from "./fields.ts";

/** A group lists every rule that it has, by names that are each there once. */
export function azureFound(resources: readonly RawResource[]): RawResource[] {
  const of = (type: string) => resources.filter((one) => canonicalType(one.type) === type);
  const beside = Map.groupBy(of(azureRuleTypes.rule), ({ inputs }) =>
    key(fields(inputs)["networkSecurityGroupName"]),
  );
  return of(azureRuleTypes.group).flatMap((group) => {
    const { name, securityRules } = fields(group.outputs);
    const written = [
      ...entries(fields(group.inputs)["securityRules"]).map((rule) => rule["name"]),
      ...(beside.get(key(name)) ?? []).map(nameOf),
    ].map(key);
    const found = entries(securityRules).filter((rule) => !written.includes(key(rule["name"])));
    return found.map((rule, index) =>
      foundRule(group, azureRuleTypes.rule, index + 1, inGroup(rule, name)),
    );
  });
}

function nameOf({ name, inputs, outputs }: RawResource): unknown {
  return text(fields(outputs)["name"]) ?? text(fields(inputs)["securityRuleName"]) ?? name;
}

function inGroup(rule: Fields, name: unknown): Fields {
  return { ...rule, networkSecurityGroupName: name };
}

/** Azure's names know no upper case ("Naming rules and restrictions"). */
function key(name: unknown): string {
  return (text(name) ?? "").toLowerCase();
}
