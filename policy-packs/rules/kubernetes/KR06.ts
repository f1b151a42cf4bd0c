/**
 * Kubernetes, "Using RBAC Authorization", "Discovery roles" and "User-facing roles"; Google, "Harden
 * your cluster's security": in GKE system:authenticated is anybody with a Google account.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { binding, bindingTypes, eachGrantee } from "../shared/cluster-role.ts";

const everybody: Readonly<Record<string, string>> = {
  "system:anonymous": "a request without any token",
  "system:unauthenticated": "a request without any token",
  "system:authenticated": "a request with any token, of anybody whom the cluster knows",
  "system:masters": "a request that no role can take back",
};

/** What the API server itself shows to strangers, and keys with which others check its tokens. */
const harmlessRoles = ["system:public-info-viewer", "system:service-account-issuer-discovery"];

const nobody = { kind: "Group", name: "system:unauthenticated" };

export const KR06: Rule = {
  id: "KR06",
  sentence: "Nothing is bound to anonymous users, to everybody, or to masters.",
  why: "Whoever reaches the API server has the role; members of masters pass by every role and webhook.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "AC-14", "IA-2"],
  fix: "Bind the role to the groups and accounts that need it.",
  subjects: bindingTypes,
  needs: "resource",
  check: (subject, judge) =>
    eachGrantee(subject, judge, (grantee, roleName) => {
      const name = grantee.at("name");
      const witness = everybody[name.text() ?? ""];
      if (witness === undefined || grantee.at("kind").text() === "ServiceAccount") return;
      if (!harmlessRoles.includes(roleName.text() ?? "")) judge.fail(name, witness);
    }),
  examples: [
    {
      kind: "violating",
      says: "strangers may view",
      expect: "fail",
      resources: [binding("view", nobody)],
      path: "subjects[0].name",
    },
    {
      kind: "violating",
      says: "everybody who has a token",
      expect: "fail",
      resources: [binding("view", { kind: "Group", name: "system:authenticated" })],
      witness: "any token",
    },
    {
      kind: "clean",
      says: "the keys of the cluster's tokens",
      expect: "pass",
      resources: [binding("system:service-account-issuer-discovery", nobody)],
    },
    {
      kind: "unknown",
      says: "the subject is not known",
      expect: "unknown",
      resources: [binding("view", unknownHere)],
      path: "subjects[0]",
    },
    {
      kind: "absent",
      says: "a subject without a name",
      expect: "pass",
      resources: [binding("view", { kind: "Group" })],
    },
  ],
};
