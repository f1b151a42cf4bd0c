/** Google Cloud's default service accounts: editors of the project unless somebody changed that. */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { accountType } from "./gcp-bindings.ts";
import { waitsForOneOf } from "./refers-to.ts";

/** Canonical types of machines, and of what machines are made from. */
export const machineTypes = [
  "gcp:compute/instance:Instance",
  "gcp:compute/instanceTemplate:InstanceTemplate",
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
];

const defaultAccount = /^(\d+-compute@developer|[^@]+@appspot)\.gserviceaccount\.com$/;

/** Whether the address is that of a default account of Compute Engine or App Engine. */
export function isDefaultAddress(email: string): boolean {
  return defaultAccount.test(email);
}

/**
 * Whether a property that names an account means a default one, as where it is left out.
 * Throws `Undecided` where it is not known and no planned account is meant.
 */
export function meansDefault(account: View, plan: Plan): boolean {
  if (account.state === "unknown" && waitsForOneOf(plan, account, [accountType])) return false;
  const email = account.text() ?? "";
  return email === "" || email === "default" || isDefaultAddress(email);
}

/** The machine's account, if it has any: without the block there is none. */
export function machineAccount(machine: PlannedResource): View | undefined {
  const account = machine.inputs.at("serviceAccount");
  return account.state === "absent" ? undefined : account;
}

/** Scopes by which a machine's tokens are good for every API. */
export function allScopes(account: View): readonly View[] {
  return entriesOf(account.at("scopes")).filter((scope) =>
    /^(https:\/\/www\.googleapis\.com\/auth\/)?cloud-platform$/.test(scope.text() ?? ""),
  );
}
