/** An environment's logging intent on Azure: flow logs and the activity log into locked storage. */
import type { AzureAccount } from "../../../model/base/accounts.ts";
import type { LoggingIntent } from "../../../model/logging/intent.ts";
import {
  azureActivityCategories,
  azureClusterCategories,
  azureContainers,
  diagnosticContainer,
} from "../../../model/logging/sources.ts";
import type { AzureLogStore } from "./lower-store.ts";
import { lowerLogStore } from "./lower-store.ts";

/** Azure's own Network Watcher of a region, or one to make. */
export interface WatcherRecord {
  readonly location: string;
  readonly name: string;
  /** Resource group of the existing one; absent where one is made in the store's group. */
  readonly existingGroup?: string;
}

export interface AzureFlowLogRecord {
  readonly place: string;
  readonly name: string;
  readonly location: string;
  /** What Azure deletes itself; `enabled: false` keeps for ever. */
  readonly retention: { readonly enabled: boolean; readonly days: number };
}

export interface AzureLogging {
  /** One per region: a flow log must be stored where its network is. */
  readonly stores: readonly AzureLogStore[];
  readonly watchers: readonly WatcherRecord[];
  readonly flowLogs: readonly AzureFlowLogRecord[];
  readonly activity: {
    readonly name: string;
    /** Location of the store. */
    readonly location: string;
    readonly categories: readonly string[];
  };
}

/** Network Watcher deletes after at most a year; longer means never. */
const flowRetentionDaysMax = 365;

const clusterContainers = azureClusterCategories.map(diagnosticContainer);

/** Pure: intent, account and places in, every value of every resource out. */
export function lowerAzure(
  intent: LoggingIntent,
  account: AzureAccount,
  places: readonly { readonly place: string; readonly region: string }[],
): AzureLogging {
  const { environment } = intent;
  const watched = [...new Set(places.map(({ region }) => region))];
  const locations = [...new Set([account.location, ...watched])];
  return {
    stores: locations.map((location) => storeIn(location, intent, account, watched)),
    watchers: watched.map((location) => lowerWatcher(intent, location)),
    flowLogs: places.map(({ place, region }) => ({
      place,
      name: `bulkhead-${environment}-${place}`,
      location: region,
      retention: flowRetention(intent.retentionDays),
    })),
    activity: {
      name: `bulkhead-${environment}`,
      location: account.location,
      categories: azureActivityCategories,
    },
  };
}

function storeIn(
  location: string,
  { environment, retentionDays }: LoggingIntent,
  account: AzureAccount,
  watched: readonly string[],
): AzureLogStore {
  const containers = [
    ...(location === account.location ? [azureContainers.activity] : []),
    ...(watched.includes(location) ? [azureContainers.flows, ...clusterContainers] : []),
  ];
  return lowerLogStore({ name: environment, location, retentionDays, containers }, account);
}

function lowerWatcher(
  { environment, azureNetworkWatcher }: LoggingIntent,
  location: string,
): WatcherRecord {
  if (azureNetworkWatcher === "own") return { location, name: `bulkhead-${environment}` };
  // The names Azure gives to what it makes with the first network of a region.
  return { location, name: `NetworkWatcher_${location}`, existingGroup: "NetworkWatcherRG" };
}

function flowRetention(days: number): AzureFlowLogRecord["retention"] {
  return days <= flowRetentionDaysMax ? { enabled: true, days } : { enabled: false, days: 0 };
}
