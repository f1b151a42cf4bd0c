/**
 * Security Command Center, "Enable finding notifications for Pub/Sub". It is asked where the plan
 * holds detectors of the organisation's own, for Event Threat Detection or Security Health
 * Analytics: what they find must reach somebody.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { someOf } from "../shared/some-of.ts";

const detectors = [
  "gcp:securitycenter/eventThreatDetectionCustomModule:EventThreatDetectionCustomModule",
  "gcp:securitycenter/managementOrganizationEventThreatDetectionCustomModule:ManagementOrganizationEventThreatDetectionCustomModule",
  "gcp:securitycenter/managementOrganizationSecurityHealthAnalyticsCustomModule:ManagementOrganizationSecurityHealthAnalyticsCustomModule",
  "gcp:securitycenter/organizationCustomModule:OrganizationCustomModule",
];
const notification =
  "gcp:securitycenter/v2OrganizationNotificationConfig:V2OrganizationNotificationConfig";
const notifications = ["gcp:securitycenter/notificationConfig:NotificationConfig", notification];
const [detector = ""] = detectors;

export const GL08: Rule = {
  id: "GL08",
  sentence: "What an organisation's own detectors find is told to somebody.",
  why: "The attack is detected, and the finding lies where nobody looks.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["SI-4", "SI-4(5)", "IR-6"],
  fix: "Plan a notificationConfig of the organisation with a pubsubTopic and an unmuted streamingConfig.filter.",
  subjects: detectors,
  needs: "plan",
  check: (subject, judge, plan) => {
    const told = someOf(
      judge,
      notifications.flatMap((type) => plan.ofType(type)),
      (one) => sameOrganisation(one, subject),
    );
    if (told === "no") {
      judge.fail({ urn: subject.urn, path: "" }, "a finding of this detector that nobody hears of");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "another organisation's",
      expect: "fail",
      resources: [detecting(), telling("2")],
      path: "",
    },
    { kind: "clean", says: "told", expect: "pass", resources: [detecting(), telling("1")] },
    {
      kind: "unknown",
      says: "whose it is is not known",
      expect: "unknown",
      resources: [detecting(), telling(unknownHere)],
      path: "organization",
    },
    { kind: "absent", says: "not told", expect: "fail", resources: [detecting()] },
  ],
};

function sameOrganisation(one: PlannedResource, other: PlannedResource): boolean {
  const [first, second] = [one, other].map(({ inputs }) =>
    inputs.at("organization").text()?.replace("organizations/", ""),
  );
  return first === second;
}

function detecting(): ExampleResource {
  return {
    type: detector,
    name: "detector",
    props: { organization: "1", displayName: "detector" },
  };
}

function telling(organization: Json): ExampleResource {
  return { type: notification, name: "told", props: { organization, pubsubTopic: "soc" } };
}
