/** Creates an environment's lowered Azure logging. */
import * as monitor from "@pulumi/azure-native/monitor/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as pulumi from "@pulumi/pulumi";
import { mustGet } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { AzureLogging } from "./lower.ts";
import type { CreatedStore } from "./store.ts";
import { createStore } from "./store.ts";

/** Returns the storage accounts' ids by location. `vnetIds` is by place. */
export function createAzure(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: AzureLogging,
  vnetIds: ReadonlyMap<string, pulumi.Input<string>>,
): Readonly<Record<string, pulumi.Output<string>>> {
  const stores = new Map(
    lowered.stores.map((store) => [
      store.location,
      createStore(parent, `${name}-azure-${store.location}`, store),
    ]),
  );
  createFlowLogs(parent, name, lowered, vnetIds, stores);
  const { activity } = lowered;
  const store = mustGet(stores, activity.location);
  new monitor.SubscriptionDiagnosticSetting(
    `${name}-azure-activity`,
    {
      name: activity.name,
      storageAccountId: store.account.id,
      logs: activity.categories.map((category) => ({ category, enabled: true })),
    },
    childOf(parent, { dependsOn: [...store.ready] }),
  );
  return Object.fromEntries([...stores].map(([location, store]) => [location, idWhenReady(store)]));
}

/** Known only once the containers are locked into which others are to write. */
function idWhenReady({ account, ready }: CreatedStore): pulumi.Output<string> {
  return pulumi.all([account.id, ...ready.map(({ urn }) => urn)]).apply(([id = ""]) => id);
}

function createFlowLogs(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: AzureLogging,
  vnetIds: ReadonlyMap<string, pulumi.Input<string>>,
  stores: ReadonlyMap<string, CreatedStore>,
): void {
  const watchers = createWatchers(parent, name, lowered, stores);
  for (const record of lowered.flowLogs) {
    const store = mustGet(stores, record.location);
    new network.FlowLog(
      `${name}-${record.place}-flows`,
      {
        ...mustGet(watchers, record.location),
        flowLogName: record.name,
        location: record.location,
        // The virtual network, not its security groups: those logs can no longer be created.
        targetResourceId: mustGet(vnetIds, record.place),
        storageId: store.account.id,
        enabled: true,
        format: { type: "JSON", version: 2 },
        retentionPolicy: record.retention,
        tags: { "bulkhead:place": record.place },
      },
      childOf(parent, { dependsOn: [...store.ready] }),
    );
  }
}

/** Which Network Watcher a flow log belongs to. */
interface WatcherOf {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly networkWatcherName: pulumi.Input<string>;
}

function createWatchers(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: AzureLogging,
  stores: ReadonlyMap<string, CreatedStore>,
): ReadonlyMap<string, WatcherOf> {
  return new Map(
    lowered.watchers.map((record): [string, WatcherOf] => {
      if (record.existingGroup !== undefined) {
        const existing = {
          resourceGroupName: record.existingGroup,
          networkWatcherName: record.name,
        };
        return [record.location, existing];
      }
      const group = mustGet(stores, record.location).resourceGroup;
      const watcher = new network.NetworkWatcher(
        `${name}-azure-${record.location}`,
        {
          resourceGroupName: group.name,
          networkWatcherName: record.name,
          location: record.location,
        },
        childOf(parent),
      );
      return [record.location, { resourceGroupName: group.name, networkWatcherName: watcher.name }];
    }),
  );
}
