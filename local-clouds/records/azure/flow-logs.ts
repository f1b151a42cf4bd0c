/**
 * VNet flow logs (Azure Network Watcher, "Virtual network flow logs: Log format": flow log version 4;
 * tuples of time, addresses, ports, protocol, direction, state, encryption, and counts both ways).
 */

import { randomUUID } from "node:crypto";
import { type Live, textAt } from "../../probe/token/live.ts";
import type { RecordData } from "../../world/world.ts";
import { dateParts } from "../call.ts";
import { type Flow, packetBytes } from "../flow.ts";
import { destinationRow, type Routes } from "../logging.ts";

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
function blobName(log: Live, { at }: Flow): string {
  const { year, month, day, hour } = dateParts(at);
  const [, subscription = "", group = "", watcher = "", name = ""] =
    /subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/.*networkWatchers\/([^/]+)\/flowLogs\/([^/]+)$/i.exec(
      log.id,
    ) ?? [];
  const id = `/${subscription}_${group}/${watcher}_${name}`.toUpperCase();
  return `insights-logs-flowlogflowevent/flowLogResourceID=${id}/y=${year}/m=${month}/d=${day}/h=${hour}/m=00/macAddress=000000000000/PT1H.json`;
}

/** One record with one tuple. */
export function flowRecord(log: Live, flow: Flow) {
  const state = flow.accepted ? "B" : "D";
  const counts = flow.accepted ? [1, packetBytes, 0, 0] : [0, 0, 0, 0];
  const tuple = [
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
  return {
    time: flow.at.toISOString(),
    flowLogGUID: textAt(log.properties, "targetResourceGuid") || randomUUID(),
    macAddress: "000000000000",
    category: "FlowLogFlowEvent",
    flowLogResourceID: log.id.toUpperCase(),
    targetResourceID: textAt(log.properties, "targetResourceId"),
    operationName: "FlowLogFlowEvent",
    flowLogVersion: 4,
    flowRecords: {
      flows: [{ aclID: flow.subnetId, flowGroups: [{ rule: flow.rule, flowTuples: [tuple] }] }],
    },
  };
}
