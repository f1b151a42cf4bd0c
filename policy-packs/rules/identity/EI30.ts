/** Microsoft Learn, "Secure your Microsoft Entra guest access": guests get no directory roles. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { directoryAssignments } from "../shared/directory-roles.ts";
import { referring } from "../shared/log-stores.ts";
import { waitsForOneOf } from "../shared/refers-to.ts";

const invitation = "azuread:index/invitation:Invitation";
const [assignment = ""] = Object.keys(directoryAssignments);
const guest: ExampleResource = {
  type: invitation,
  name: "partner",
  props: { userEmailAddress: "bob@partner.example" },
};

export const EI30: Rule = {
  id: "EI30",
  sentence: "Guests have no directory role.",
  why: "A guest's password, second factor and leaving are another company's affair, and so is then the directory.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["AC-2", "AC-6", "IA-8"],
  fix: "Give the role to a member of the own directory.",
  subjects: Object.keys(directoryAssignments),
  needs: "plan",
  check: (subject, judge, plan) => {
    const { principal } = directoryAssignments[subject.type] ?? { principal: "principalObjectId" };
    const view = subject.inputs.at(principal);
    if (waitsForOneOf(plan, view, [invitation])) {
      return judge.fail(view, "a change of the directory with an account of another company");
    }
    // Who is known by an id, or made here as something else, was not invited here.
    if (view.state === "unknown" && plan.waitsFor(view.urn, view.path).length === 0) {
      judge.open(view);
    }
  },
  examples: [
    ...Object.entries(directoryAssignments).map(([type, { principal }]) => ({
      kind: "violating" as const,
      says: `an invited guest, by ${type}`,
      expect: "fail" as const,
      resources: [referring(type, "admin", principal, "partner"), guest] as const,
      path: principal,
    })),
    {
      kind: "clean",
      says: "a user of the directory",
      expect: "pass",
      resources: [
        referring(assignment, "admin", "principalObjectId", "alice"),
        { type: "azuread:index/user:User", name: "alice", props: {} },
        guest,
      ],
    },
    {
      kind: "unknown",
      says: "whose id it is is not known",
      expect: "unknown",
      resources: [...alone(assignment, { principalObjectId: unknownHere }), guest],
      path: "principalObjectId",
    },
    { kind: "absent", says: "nobody", expect: "pass", resources: alone(assignment, {}) },
  ],
};
