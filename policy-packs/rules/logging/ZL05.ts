/** Microsoft Learn, "Immutable storage for blob data". */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";
import { someOf } from "../shared/some-of.ts";

const settings = [
  "azure-native:monitor:SubscriptionDiagnosticSetting",
  "azure-native:monitor:DiagnosticSetting",
  "azure-native:aadiam:DiagnosticSetting",
];
const [subscription = ""] = settings;

export const ZL05: Rule = {
  id: "ZL05",
  sentence: "A storage account that takes logs keeps them immutable.",
  why: "Whoever breaks in deletes the record first.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-9", "AU-11"],
  fix: "Plan the containers the logs go to, each with a BlobContainerImmutabilityPolicy.",
  subjects: settings,
  needs: "plan",
  check: (subject, judge, plan) => {
    const property = subject.inputs.at("storageAccountId");
    const account = plan.follow(property, storeTypes.account);
    if (account.state !== "resource") {
      return judge.notApplicable("no storage account planned here takes the logs");
    }
    const locks = plan.ofType(storeTypes.immutability);
    const kept = (lock: PlannedResource) => {
      const target = plan.follow(lock.inputs.at("accountName"), storeTypes.account);
      return (
        target.state === "resource" &&
        target.resource === account.resource &&
        (lock.inputs.at("immutabilityPeriodSinceCreationInDays").number() ?? 0) > 0
      );
    };
    if (someOf(judge, locks, kept) === "no") {
      judge.fail(property, "a delete of the blobs that record what was done");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "no immutability policy",
      expect: "fail",
      resources: [setting(), account()],
      path: "storageAccountId",
    },
    {
      kind: "clean",
      says: "kept for a year",
      expect: "pass",
      resources: [setting(), account(), lock()],
    },
    {
      kind: "unknown",
      says: "whose policy it is is not known",
      expect: "unknown",
      resources: [setting(), account(), { ...lock(), dependsOn: {} }],
      path: "accountName",
    },
    {
      kind: "absent",
      says: "logs that go to a workspace",
      expect: "not-applicable",
      resources: [{ type: subscription, name: "activity", props: { workspaceId: "w" } }],
    },
  ],
};

function setting() {
  return referring(subscription, "activity", "storageAccountId", "logs");
}

function account(): ExampleResource {
  return { type: storeTypes.account, name: "logs", props: { accountName: "logs1" } };
}

function lock() {
  return referring(storeTypes.immutability, "lock", "accountName", "logs", {
    immutabilityPeriodSinceCreationInDays: 400,
  });
}
