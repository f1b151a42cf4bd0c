/** GKE, "Configure Google Groups for RBAC", and AKS, "Microsoft Entra groups": who leaves the group has left the cluster. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { binding, bindingTypes, eachGrantee } from "../shared/cluster-role.ts";

export const KR61: Rule = {
  id: "KR61",
  sentence: "Rights in a cluster go to groups, not to single people.",
  why: "Who changes his job keeps the rights, for nobody looks into each cluster.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-2", "AC-6", "IA-2"],
  fix: "Bind the role to a group of the directory; on GKE set authenticatorGroupsConfig.securityGroup.",
  subjects: bindingTypes,
  needs: "resource",
  check: (subject, judge) =>
    eachGrantee(subject, judge, (grantee) => {
      const name = grantee.at("name");
      if (grantee.at("kind").text() !== "User" || !isPerson(name.text() ?? "")) return;
      judge.fail(name, "a request of somebody who has left the team");
    }),
  examples: [
    {
      kind: "violating",
      says: "a person",
      expect: "fail",
      resources: [binding("view", { kind: "User", name: "jane@shop.example" })],
      path: "subjects[0].name",
    },
    {
      kind: "clean",
      says: "a group",
      expect: "pass",
      resources: [binding("view", { kind: "Group", name: "ops@shop.example" })],
    },
    {
      kind: "clean",
      says: "a service account of Google Cloud",
      expect: "pass",
      resources: [binding("view", { kind: "User", name: "ci@shop.iam.gserviceaccount.com" })],
    },
    {
      kind: "unknown",
      says: "the user is not known",
      expect: "unknown",
      resources: [binding("view", { kind: "User", name: unknownHere })],
      path: "subjects[0].name",
    },
    { kind: "absent", says: "nobody", expect: "pass", resources: [binding("view", {})] },
  ],
};

/** By an address of mail, or an object id of Entra; other names say nothing of who it is. */
function isPerson(name: string): boolean {
  if (/^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(name)) return true;
  return name.includes("@") && !/gserviceaccount\.com$/.test(name);
}
