/**
 * Kubernetes, "Configure Service Accounts for Pods": a pod that names no account gets the
 * namespace's `default` and its token, unless the pod or else the account opts out.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource } from "../../../model/policy/view.ts";
import { candidates, objectName } from "../../lift/kubernetes.ts";
import { targetNamespace } from "../shared/object-namespace.ts";
import { deployment, inDeployment, podExamples, withContainer } from "../shared/pod-examples.ts";
import { podsOf, podTypes } from "../shared/pod-spec.ts";
import { someOf } from "../shared/some-of.ts";
import { Spot } from "../shared/spot.ts";

const accountType = "kubernetes:core/v1:ServiceAccount";

export const KP11: Rule = {
  id: "KP11",
  sentence: "No pod carries a token of the default account.",
  why: "Pods that share an account share its rights: what anybody ever grants to it, whoever breaks into any of them has.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "IA-9", "IA-5"],
  fix: "Set automountServiceAccountToken to false; a pod that calls the API gets a serviceAccountName of its own.",
  subjects: podTypes,
  needs: "plan",
  check: (subject, judge, plan) => {
    for (const pod of podsOf(subject)) {
      judge.part(() => {
        const account = pod.spec.at("serviceAccountName");
        if (pod.patch && account.view.state === "absent") return;
        const mounted = pod.spec.at("automountServiceAccountToken");
        const named = account.view.text() ?? pod.spec.at("serviceAccount").view.text() ?? "default";
        if (named !== "default" || mounted.view.flag() === false) return;
        if (mounted.view.state === "absent") {
          const namespace = targetNamespace(pod.owner, subject, plan);
          const accounts = candidates(plan, subject, [accountType], "namespace", namespace);
          const optsOut = (one: PlannedResource) => isShut(one, namespace, plan);
          if (someOf(judge, accounts, optsOut) !== "no") return;
        }
        judge.fail(account.view, "the default account's token, in the pod's file system");
      });
    }
  },
  examples: [
    ...podExamples({
      violating: [
        {
          says: "by name",
          spec: withContainer({}, { serviceAccountName: "default" }),
          path: "serviceAccountName",
        },
      ],
      clean: [
        { says: "its own", spec: withContainer({}, { serviceAccountName: "web" }) },
        { says: "no token", spec: withContainer({}, { automountServiceAccountToken: false }) },
      ],
      bare: "fail",
    }),
    {
      kind: "clean",
      says: "the account gives no token",
      expect: "pass",
      resources: [...deployment(withContainer({})), defaultAccount("shop")],
    },
    {
      kind: "violating",
      says: "another namespace's account gives none",
      expect: "fail",
      resources: [...deployment(withContainer({})), defaultAccount("other")],
      path: `${inDeployment}.serviceAccountName`,
    },
    {
      kind: "unknown",
      says: "the account's namespace is not known",
      expect: "unknown",
      resources: [...deployment(withContainer({})), defaultAccount(unknownHere)],
    },
  ],
};

function isShut(account: PlannedResource, namespace: string, plan: Plan): boolean {
  if (account.inputs.at("automountServiceAccountToken").flag() !== false) return false;
  const metadata = new Spot(account.inputs).at("metadata");
  return (
    objectName(account) === "default" && targetNamespace(metadata, account, plan) === namespace
  );
}

function defaultAccount(namespace: Json) {
  const props = { metadata: { name: "default", namespace }, automountServiceAccountToken: false };
  return { type: accountType, name: "account", props };
}
