/**
 * VNet flow logs (Azure Network Watcher, "Virtual network flow logs: Log format": flow log version 4;
 * tuples of time, addresses, ports, protocol, direction, state, encryption, and counts both ways).
 */

import { createHash } from "node:crypto";
import { type Live, textAt } from "../../probe/token/live.ts";
import type { RecordData } from "../../world/world.ts";
import { dateParts } from "../call.ts";
import { type Flow, packetBytes } from "../flow.ts";
import { destinationRow, type Routes } from "../logging.ts";
import { ticksText } from "./time.ts";

export const flowLogToken = "azure-native:network:FlowLog";

/** Records of a flow in the storage of every flow log that watches its interface, subnet or network. */
export function toFlowLogs(routes: Routes, flow: Flow): readonly RecordData[] {
  const watched = [flow.interfaceId, flow.subnetId, flow.networkId].map((id) => id.toLowerCase());
  return routes.live
    .of(flowLogToken)
    .filter(({ properties }) => properties["enabled"] === true)
    .filter(({ properties }) =>
      watched.includes(textAt(properties, "targetResourceId").toLowerCase()),
    )
    .flatMap((log) => {
      const id = textAt(log.properties, "storageId").toLowerCase();
      const destination = destinationRow(routes.world, ["azure-native:storage:StorageAccount"], id);
      if (destination === undefined) return [];
      const body = JSON.stringify({ records: [flowRecord(log, flow)] });
      return [
        {
          destination,
          place: blobName(log, flow),
          kind: "VNet flow log",
          at: flow.at.toISOString(),
          body,
        },
      ];
    });
}

/** `insights-logs-flowlogflowevent/flowLogResourceID=/SUBSCRIPTION_GROUP/WATCHER_LOG/y=…/macAddress=…/PT1H.json`. */
function blobName(log: Live, flow: Flow): string {
  const { year, month, day, hour } = dateParts(flow.at);
  const [, subscription = "", group = "", watcher = "", name = ""] =
    /subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/.*networkWatchers\/([^/]+)\/flowLogs\/([^/]+)$/i.exec(
      log.id,
    ) ?? [];
  const id = `/${subscription}_${group}/${watcher}_${name}`.toUpperCase();
  return `insights-logs-flowlogflowevent/flowLogResourceID=${id}/y=${year}/m=${month}/d=${day}/h=${hour}/m=00/macAddress=${macOf(flow)}/PT1H.json`;
}

const none = [0, 0, 0, 0];

/** Beginning and end of a flow that was let through; a begin has no statistics. One that was denied is one tuple. */
function tuplesOf(flow: Flow): readonly string[] {
  const tuple = (state: "B" | "E" | "D", counts: readonly number[]) =>
    [
      flow.at.getTime(),
      flow.source,
      flow.destination,
      flow.sourcePort,
      flow.destinationPort,
      flow.protocol,
      flow.direction === "in" ? "I" : "O",
      state,
      "NX",
      ...counts,
    ].join(",");
  return flow.accepted
    ? [tuple("B", none), tuple("E", [1, packetBytes, 0, 0])]
    : [tuple("D", none)];
}

/** A GUID that is always the same for one thing: what the log names by GUID the world knows by its id. */
function guidOf(id: string): string {
  const hex = createHash("sha256").update(id.toLowerCase()).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
}

/** The address of an interface's card, which the world does not hold; twelve hexadecimal digits. */
function macOf({ interfaceId }: Flow): string {
  return `000D3A${guidOf(interfaceId).slice(0, 6).toUpperCase()}`;
}

/** One record. */
export function flowRecord(log: Live, flow: Flow) {
  return {
    time: ticksText(flow.at),
    flowLogGUID: textAt(log.properties, "targetResourceGuid") || guidOf(log.id),
    macAddress: macOf(flow),
    category: "FlowLogFlowEvent",
    flowLogResourceID: log.id.toUpperCase(),
    targetResourceID: textAt(log.properties, "targetResourceId"),
    operationName: "FlowLogFlowEvent",
    flowLogVersion: 4,
    flowRecords: {
      flows: [
        {
          aclID: guidOf(flow.subnetId),
          flowGroups: [{ rule: flow.rule, flowTuples: tuplesOf(flow) }],
        },
      ],
    },
  };
}
