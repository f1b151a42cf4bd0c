/**
 * Microsoft Learn, "Advanced Threat Protection for Azure SQL" and "SQL vulnerability assessment".
 * Whether a server has them is a question for ZL06; here are those that somebody planned.
 */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";

/** What is planned of each canonical type. */
const checks: Readonly<Record<string, (inputs: View, judge: Judge) => void>> = {
  "azure-native:sql:DatabaseSecurityAlertPolicy": alerts,
  "azure-native:sql:DatabaseVulnerabilityAssessment": scans,
  "azure-native:sql:ManagedInstanceVulnerabilityAssessment": scans,
  "azure-native:sql:ServerSecurityAlertPolicy": alerts,
  "azure-native:sql:ServerVulnerabilityAssessment": scans,
  "azure-native:sql:SqlVulnerabilityAssessmentsSetting": (inputs, judge) => {
    if (inputs.at("state").text() === "Enabled") return;
    judge.fail(inputs.at("state"), "a flaw that nobody is told of");
  },
  "azure-native:synapse:SqlPoolVulnerabilityAssessment": scans,
  "azure-native:synapse:WorkspaceManagedSqlServerVulnerabilityAssessment": scans,
};
const policy = "azure-native:sql:ServerSecurityAlertPolicy";
const assessment = "azure-native:sql:ServerVulnerabilityAssessment";

export const ZL60: Rule = {
  id: "ZL60",
  sentence:
    "A planned detection of threats or flaws of SQL is on, leaves none out, and tells somebody.",
  why: "An attack on the database, or a way to one, is seen by nobody who could act.",
  severity: "medium",
  tenets: ["T5", "T7"],
  controls: ["SI-4", "SI-4(5)", "RA-5"],
  fix: "Set state to Enabled, leave disabledAlerts empty, set recurringScans.isEnabled to true, and name emailAddresses or emails, or set emailAccountAdmins or emailSubscriptionAdmins to true.",
  subjects: Object.keys(checks),
  needs: "resource",
  check: ({ type, inputs }, judge) => checks[type]?.(inputs, judge),
  examples: [
    {
      kind: "violating",
      says: "switched off",
      expect: "fail",
      resources: alone(policy, { state: "Disabled", emailAccountAdmins: true }),
      path: "state",
    },
    {
      kind: "violating",
      says: "one kind of alert is left out",
      expect: "fail",
      resources: alone(policy, {
        state: "Enabled",
        disabledAlerts: ["Sql_Injection"],
        emailAccountAdmins: true,
      }),
      path: "disabledAlerts[0]",
    },
    {
      kind: "violating",
      says: "nobody is told",
      expect: "fail",
      resources: alone(policy, { state: "Enabled", emailAddresses: [] }),
      path: "emailAddresses",
    },
    {
      kind: "violating",
      says: "scans by hand",
      expect: "fail",
      resources: scanning({ isEnabled: false, emails: ["security@example.com"] }),
      path: "recurringScans.isEnabled",
    },
    {
      kind: "violating",
      says: "assessments switched off",
      expect: "fail",
      resources: alone("azure-native:sql:SqlVulnerabilityAssessmentsSetting", {
        state: "Disabled",
      }),
    },
    {
      kind: "clean",
      says: "all alerts, to somebody",
      expect: "pass",
      resources: alone(policy, {
        state: "Enabled",
        disabledAlerts: [""],
        emailAddresses: ["security@example.com"],
      }),
    },
    {
      kind: "clean",
      says: "scans of which administrators are told",
      expect: "pass",
      resources: scanning({ isEnabled: true, emailSubscriptionAdmins: true }),
    },
    {
      kind: "unknown",
      says: "the state is not known",
      expect: "unknown",
      resources: alone(policy, { state: unknownHere, emailAccountAdmins: true }),
      path: "state",
    },
    {
      kind: "absent",
      says: "no scans",
      expect: "fail",
      resources: alone(assessment, { storageContainerPath: "https://logs/scans" }),
    },
  ],
};

function alerts(inputs: View, judge: Judge): void {
  judge.part(() => {
    const state = inputs.at("state");
    if (state.text() !== "Enabled") judge.fail(state, "an attack that no alert tells of");
  });
  judge.part(() => {
    for (const kind of entriesOf(inputs.at("disabledAlerts"))) {
      const name = kind.text() ?? "";
      if (name !== "") judge.fail(kind, `an attack that no alert tells of: ${name}`);
    }
  });
  judge.part(() => toldTo(inputs, "emailAddresses", "emailAccountAdmins", judge));
}

function scans(inputs: View, judge: Judge): void {
  const recurring = inputs.at("recurringScans");
  judge.part(() => {
    const isEnabled = recurring.at("isEnabled");
    if (isEnabled.flag() !== true) judge.fail(isEnabled, "a new flaw that no scan finds");
  });
  judge.part(() => toldTo(recurring, "emails", "emailSubscriptionAdmins", judge));
}

function toldTo(settings: View, list: string, administrators: string, judge: Judge): void {
  if (settings.at(administrators).flag() === true) return;
  const somebody = entriesOf(settings.at(list)).some((address) => (address.text() ?? "") !== "");
  if (!somebody) judge.fail(settings.at(list), "what is found reaches nobody");
}

function scanning(recurringScans: { readonly [key: string]: Json }) {
  return alone(assessment, { storageContainerPath: "https://logs/scans", recurringScans });
}
