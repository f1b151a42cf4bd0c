/** The organisation's logging intent on Azure: Entra's sign-ins and changes into locked storage. */
import type { AzureAccount } from "../../../model/base/accounts.ts";
import type { OrganisationLoggingIntent } from "../../../model/logging/intent.ts";
import { diagnosticContainer, entraCategories } from "../../../model/logging/sources.ts";
import type { AzureLogStore } from "./lower-store.ts";
import { lowerLogStore } from "./lower-store.ts";

export interface EntraLogging {
  readonly store: AzureLogStore;
  readonly name: string;
  readonly categories: readonly string[];
}

/** Pure: intent and account in, every value of every resource out. */
export function lowerEntra(
  { name, retentionDays }: OrganisationLoggingIntent,
  account: AzureAccount,
): EntraLogging {
  const containers = entraCategories.map(diagnosticContainer);
  return {
    store: lowerLogStore({ name, location: account.location, retentionDays, containers }, account),
    name: `bulkhead-${name}`,
    categories: entraCategories,
  };
}
