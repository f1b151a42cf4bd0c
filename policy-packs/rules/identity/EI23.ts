/** Microsoft Learn, "Best practices for Microsoft Entra roles": use just-in-time access. */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { directoryAssignments, privilegedRole } from "../shared/directory-roles.ts";
import { referring } from "../shared/log-stores.ts";

const activated = "azuread:index/directoryRole:DirectoryRole";
const [assignment = ""] = Object.keys(directoryAssignments);

export const EI23: Rule = {
  id: "EI23",
  sentence: "Privileged directory roles are eligible, not permanent.",
  why: "A stolen session of an administrator is one at any hour, instead of the hour for which he asked.",
  severity: "high",
  tenets: ["T3"],
  controls: ["AC-2", "AC-6", "AC-6(5)"],
  fix: "Use DirectoryRoleEligibilityScheduleRequest instead; keep two emergency accounts by an exemption.",
  subjects: Object.keys(directoryAssignments),
  needs: "plan",
  check: (subject, judge, plan) => {
    const role = subject.inputs.at(directoryAssignments[subject.type]?.role ?? "roleId");
    const name = nameOf(role, plan);
    if (name !== undefined) judge.fail(role, `a session of a ${name}, stolen at any hour`);
  },
  examples: [
    ...Object.entries(directoryAssignments).flatMap(([type, { role }]) => examplesOf(type, role)),
    { kind: "absent", says: "no role", expect: "pass", resources: alone(assignment, {}) },
  ],
};

/** The privileged role that is meant by its template's id, or by the role that is planned as well. */
function nameOf(role: View, plan: Plan): string | undefined {
  const target = plan.follow(role, activated);
  if (target.state === "absent") return undefined;
  if (target.state === "outside") return privilegedRole(target.value);
  const { inputs } = target.resource;
  const words = [inputs.at("templateId").text(), inputs.at("displayName").text()];
  return words.map((word) => privilegedRole(word ?? "")).find((name) => name !== undefined);
}

function examplesOf(type: string, property: string): Example[] {
  const planned = (displayName: string): Example["resources"] => [
    referring(type, "admin", property, "role"),
    role(displayName),
  ];
  return [
    {
      kind: "violating",
      says: `a global administrator by template, in ${type}`,
      expect: "fail",
      resources: alone(type, { [property]: "62e90394-69f5-4237-9190-012177145e10" }),
      path: property,
      witness: "Global Administrator",
    },
    {
      kind: "violating",
      says: `a role that is planned, in ${type}`,
      expect: "fail",
      resources: planned("Security administrator"),
      path: property,
    },
    {
      kind: "clean",
      says: `a reader, in ${type}`,
      expect: "pass",
      resources: planned("Directory Readers"),
    },
    {
      kind: "unknown",
      says: `a role that is not known, in ${type}`,
      expect: "unknown",
      resources: alone(type, { [property]: unknownHere }),
      path: property,
    },
  ];
}

function role(displayName: string): ExampleResource {
  return { type: activated, name: "role", props: { displayName } };
}
