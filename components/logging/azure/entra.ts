/** Creates the organisation's lowered Entra logging. */
import * as aadiam from "@pulumi/azure-native/aadiam/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { EntraLogging } from "./lower-entra.ts";
import { createStore } from "./store.ts";

/** Returns the id of the storage account that takes the logs. */
export function createEntra(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: EntraLogging,
): pulumi.Output<string> {
  const store = createStore(parent, name, lowered.store);
  new aadiam.DiagnosticSetting(
    name,
    {
      name: lowered.name,
      storageAccountId: store.account.id,
      logs: lowered.categories.map((category) => ({ category, enabled: true })),
    },
    childOf(parent, { dependsOn: [...store.ready] }),
  );
  return store.account.id;
}
