/** Microsoft Learn, "Azure custom roles": actions with wildcards give what is added later as well. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { levelOf } from "../shared/azure-roles.ts";
import { cis } from "../shared/benchmarks.ts";

const type = "azure-native:authorization:RoleDefinition";

/** What gives rights, as a pattern of actions may cover it. */
const givesRights =
  /^(\*|\*\/write|microsoft\.authorization\/(\*|\*\/write|role(assignments|definitions)\/(\*|write)|elevateaccess\/action))$/i;

export const EI27: Rule = {
  id: "EI27",
  sentence:
    "A role definition does not give everything, nor the right to give rights, in a subscription.",
  why: "A role of one's own that is an owner by another name is in no review of owners.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  frameworks: [cis("cis-azure-2.1.0", "1.22")],
  fix: "Name the actions, and leave out those of Microsoft.Authorization that write.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    if (!isWide(inputs)) return judge.notApplicable("it cannot be assigned on a subscription");
    for (const permission of entriesOf(inputs.at("permissions"))) {
      for (const action of entriesOf(permission.at("actions"))) {
        judge.part(() => {
          if (!givesRights.test(action.text() ?? "")) return;
          judge.fail(action, "a role assignment of Owner to the attacker");
        });
      }
    }
  },
  examples: [
    {
      kind: "violating",
      says: "everything",
      expect: "fail",
      resources: role(["*"]),
      path: "permissions[0].actions[0]",
    },
    {
      kind: "violating",
      says: "giving rights",
      expect: "fail",
      resources: role([
        "Microsoft.Compute/*/read",
        "Microsoft.Authorization/roleAssignments/write",
      ]),
      path: "permissions[0].actions[1]",
    },
    {
      kind: "clean",
      says: "named actions",
      expect: "pass",
      resources: role(["Microsoft.Compute/*/read", "Microsoft.Authorization/*/read"]),
    },
    {
      kind: "clean",
      says: "in one resource group",
      expect: "not-applicable",
      resources: role(["*"], ["/subscriptions/1/resourceGroups/shop"]),
    },
    {
      kind: "unknown",
      says: "the permissions are not known",
      expect: "unknown",
      resources: alone(type, { scope: "/subscriptions/1", permissions: unknownHere }),
      path: "permissions",
    },
    {
      kind: "absent",
      says: "no permission",
      expect: "pass",
      resources: alone(type, { scope: "/subscriptions/1" }),
    },
  ],
};

/** Whether it can be assigned on a subscription or more; where nothing is said, on its own scope. */
function isWide(inputs: View): boolean {
  const scopes = entriesOf(inputs.at("assignableScopes"));
  const all = scopes.length > 0 ? scopes : [inputs.at("scope")];
  return all.some((scope) => levelOf(scope.text() ?? "") !== "below");
}

function role(actions: Json, assignableScopes: Json = ["/subscriptions/1"]) {
  return alone(type, { scope: "/subscriptions/1", assignableScopes, permissions: [{ actions }] });
}
