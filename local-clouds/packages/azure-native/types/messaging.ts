/** What Service Bus and Event Hubs have in common: namespaces, shared keys, network rules. */

import type { Resource } from "../../../types/resource.ts";
import type { Computed, ServiceError } from "../../../types/type.ts";
import { type ArmEntry, type ArmShape, type armArea, nested } from "./arm.ts";
import { hostName, invalid, member, succeeded } from "./common.ts";

type Make = ReturnType<typeof armArea>;

/** Rights of a shared key ("Shared Access Authorization Policies"). */
const rights = ["Manage", "Send", "Listen"];
/** Rules of shared keys on one entity (Service Bus and Event Hubs quotas). */
const keyRulesMax = 12;

/** A namespace, which has a host name of its own. */
export function namespace(
  make: Make,
  type: string,
  more: Readonly<Record<string, Computed>>,
): ArmEntry {
  return make("Namespace", "namespaces", {
    name: {
      input: "namespaceName",
      charactersMin: 6,
      charactersMax: 50,
      form: /^[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$/,
      refusal: {
        code: "InvalidNamespaceName",
        says: "The specified service namespace is invalid: {value}.",
      },
    },
    location: "own",
    acts: true,
    ...hostName("NameNotAvailable", "The specified name {value} is not available."),
    planned: { type },
    check: (r) => member(r, "sku.name", ["Basic", "Standard", "Premium"]),
    outputs: {
      ...succeeded,
      createdAt: (r) => r.createdAt,
      disableLocalAuth: false,
      metricId: (r) => `${r.account}:${r.text("namespaceName").toLowerCase()}`,
      minimumTlsVersion: "1.2",
      publicNetworkAccess: "Enabled",
      serviceBusEndpoint: (r) => `https://${r.text("namespaceName")}.servicebus.windows.net:443/`,
      ...nested("sku", { name: "Standard", tier: (r) => r.text("sku.name", "Standard") }),
      status: "Active",
      tags: {},
      updatedAt: (r) => r.createdAt,
      zoneRedundant: false,
      ...more,
    },
  });
}

/** Shared keys of a namespace or of what lies in it. */
export function keyRule(
  make: Make,
  name: string,
  kinds: string,
  parents: ArmShape["parents"] & object,
): ArmEntry {
  return make(name, kinds, {
    name: { input: "authorizationRuleName", charactersMax: 50 },
    parents,
    check: (r) => member(r, "rights[*]", rights),
    outputs: { location: (r) => r.target("namespaceName")?.properties["location"] },
    admit: refuseRights,
  });
}

function refuseRights(r: Resource): ServiceError | undefined {
  const asked = r.list("rights");
  if (asked.includes("Manage") && !rights.every((right) => asked.includes(right))) {
    return invalid("BadRequest", "Manage permission must also include Send and Listen.");
  }
  const owner = r.id.split("/").slice(0, -1).join("/").toLowerCase();
  const beside = r
    .all(r.token)
    .filter(({ id }) => id !== r.id && id.toLowerCase().startsWith(`${owner}/`));
  return beside.length >= keyRulesMax
    ? invalid("BadRequest", `No more than ${keyRulesMax} authorization rules are allowed.`)
    : undefined;
}

/** Who may reach a namespace: each has one such set. */
export function networkRules(make: Make, token: string): ArmEntry {
  return make("NamespaceNetworkRuleSet", "namespaces/networkRuleSets", {
    name: { fixed: "default" },
    parents: [{ input: "namespaceName", token }],
    check: (r) => member(r, "defaultAction", ["Allow", "Deny"]),
    outputs: {
      defaultAction: "Allow",
      ipRules: [],
      location: (r) => r.target("namespaceName")?.properties["location"],
      publicNetworkAccess: "Enabled",
      virtualNetworkRules: [],
    },
  });
}
