/**
 * Microsoft Learn, "Configure email notifications for alerts and attack paths". Older versions of
 * the API say email, alertNotifications and alertsToAdmins instead.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { cis, iso } from "../shared/benchmarks.ts";

const type = "azure-native:security:SecurityContact";

export const ZL07: Rule = {
  id: "ZL07",
  sentence: "A security contact names somebody, and the owners, and is told of serious alerts.",
  why: "Alerts are raised and nobody reads them while the attack goes on.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["IR-6", "SI-4(5)"],
  frameworks: [
    ...["17", "18", "19"].map((last) => cis("cis-azure-2.1.0", `2.1.${last}`)),
    iso("azure", "A.5.5", "defender_additional_email_configured_with_a_security_contact"),
  ],
  fix: "Set emails, notificationsByRole with state On and the role Owner, isEnabled true, and a notificationsSource of sourceType Alert.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    judge.part(() => {
      const emails = inputs.at("emails");
      if ((emails.text() ?? inputs.at("email").text() ?? "") !== "") return;
      judge.fail(emails, "an alert reaches no mailbox that the security team reads");
    });
    judge.part(() => {
      const roles = inputs.at("notificationsByRole");
      if (!tellsOwners(inputs)) judge.fail(roles, "an alert that no owner hears of");
    });
    judge.part(() => {
      const off = offSwitch(inputs);
      if (off !== undefined) judge.fail(off, "an alert that is told to nobody");
    });
  },
  examples: [
    {
      kind: "violating",
      says: "no mailbox",
      expect: "fail",
      resources: [contact({ emails: "" })],
      path: "emails",
    },
    {
      kind: "violating",
      says: "no owner",
      expect: "fail",
      resources: [contact({ notificationsByRole: { state: "On", roles: ["Contributor"] } })],
      path: "notificationsByRole",
    },
    {
      kind: "violating",
      says: "switched off",
      expect: "fail",
      resources: [contact({ isEnabled: false })],
      path: "isEnabled",
    },
    {
      kind: "violating",
      says: "attack paths only",
      expect: "fail",
      resources: [contact({ notificationsSources: [{ sourceType: "AttackPath" }] })],
      path: "notificationsSources",
    },
    { kind: "clean", says: "all of it", expect: "pass", resources: [contact({})] },
    {
      kind: "clean",
      says: "the older form",
      expect: "pass",
      resources: [
        {
          type,
          name: "contact",
          props: { email: "soc@example.com", alertNotifications: "On", alertsToAdmins: "On" },
        },
      ],
    },
    {
      kind: "unknown",
      says: "the mailbox is not known",
      expect: "unknown",
      resources: [contact({ emails: unknownHere })],
      path: "emails",
    },
    {
      kind: "absent",
      says: "nobody is named",
      expect: "fail",
      resources: [{ type, name: "contact", props: {} }],
    },
  ],
};

function tellsOwners(inputs: View): boolean {
  if (inputs.at("alertsToAdmins").state !== "absent") {
    return inputs.at("alertsToAdmins").text() === "On";
  }
  const byRole = inputs.at("notificationsByRole");
  return (
    byRole.at("state").text() === "On" &&
    entriesOf(byRole.at("roles")).some((role) => role.text() === "Owner")
  );
}

/** What keeps alerts from being told; sources that are not named are the service's own choice. */
function offSwitch(inputs: View): View | undefined {
  const [enabled, older, sources] = [
    inputs.at("isEnabled"),
    inputs.at("alertNotifications"),
    inputs.at("notificationsSources"),
  ];
  if (enabled.flag() === false) return enabled;
  if (older.state !== "absent" && older.text() === "Off") return older;
  const kinds = entriesOf(sources).map((source) => source.at("sourceType").text());
  return kinds.length > 0 && !kinds.includes("Alert") ? sources : undefined;
}

function contact(more: { readonly [key: string]: Json }): ExampleResource {
  const props = {
    emails: "soc@example.com",
    isEnabled: true,
    notificationsByRole: { state: "On", roles: ["Owner"] },
    notificationsSources: [{ sourceType: "Alert", minimalSeverity: "High" }],
    ...more,
  };
  return { type, name: "contact", props };
}
