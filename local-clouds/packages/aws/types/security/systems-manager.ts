/** Systems Manager's fleet: activations, patches, maintenance windows (Systems Manager API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { toRoleName } from "../iam-references.ts";
import { error, ordinary, refuseIf } from "../ordinary.ts";

/** Machines that one activation may register (CreateActivation). */
const registrationsMax = 1000;

const activation = ordinary("aws:ssm/activation:Activation", {
  id: "{uuid}",
  forceNew: ["description", "expirationDate", "iamRole", "name", "registrationLimit"],
  check: (r) => {
    const limit = r.number("registrationLimit", 1);
    return limit >= 1 && limit <= registrationsMax
      ? []
      : [
          {
            property: "registrationLimit",
            reason: `expected registration_limit to be in the range (1 - ${registrationsMax}), got ${limit}`,
          },
        ];
  },
  outputs: {
    activationCode: (r) => r.characters("code", 20),
    description: "",
    expirationDate: (r) => new Date(Date.parse(r.createdAt) + dayMs).toISOString(),
    expired: false,
    name: "",
    registrationCount: 0,
    registrationLimit: 1,
  },
  references: [{ ...toRoleName("iamRole"), key: (_r, value) => value.replace(/^.*\//, "") }],
});

/** An activation lasts for a day where nobody says otherwise (CreateActivation). */
const dayMs = 86_400_000;

const systems = [
  "AMAZON_LINUX",
  "AMAZON_LINUX_2",
  "AMAZON_LINUX_2022",
  "AMAZON_LINUX_2023",
  "CENTOS",
  "DEBIAN",
  "MACOS",
  "ORACLE_LINUX",
  "RASPBIAN",
  "REDHAT_ENTERPRISE_LINUX",
  "ROCKY_LINUX",
  "SUSE",
  "UBUNTU",
  "WINDOWS",
];

const patchBaseline = ordinary("aws:ssm/patchBaseline:PatchBaseline", {
  id: "pb-0{hex16}",
  arn: "ssm:patchbaseline/{id}",
  autoname: { property: "name", charactersMax: 128 },
  defaults: { approvedPatchesComplianceLevel: "UNSPECIFIED", operatingSystem: "WINDOWS" },
  forceNew: ["operatingSystem"],
  check: (r) => oneOf(r.text("operatingSystem", "WINDOWS"), "operatingSystem", systems),
  outputs: {
    approvedPatchesEnableNonSecurity: false,
    availableSecurityUpdatesComplianceStatus: "",
    description: "",
    json: (r) => JSON.stringify({ BaselineId: r.id, Name: r.text("name") }),
    rejectedPatchesAction: "ALLOW_AS_DEPENDENCY",
  },
});

const maintenanceWindow = ordinary("aws:ssm/maintenanceWindow:MaintenanceWindow", {
  id: "mw-0{hex16}",
  autoname: { property: "name", charactersMax: 128 },
  defaults: { allowUnassociatedTargets: false, enabled: true },
  outputs: { description: "", endDate: "", scheduleTimezone: "", startDate: "" },
  admit: (r) =>
    refuseIf(
      r.number("cutoff") >= r.number("duration"),
      "ValidationException",
      "Cutoff must be less than duration",
    ),
  inUse: error("ValidationException", "The maintenance window {id} has targets or tasks"),
});

/** The entries of fleets. */
export const systemsManagerTypes: readonly TypeEntry[] = [
  activation,
  patchBaseline,
  maintenanceWindow,
];
