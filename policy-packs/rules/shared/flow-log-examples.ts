/** Virtual networks with and without flow logs. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { alone } from "./alone.ts";
import { referring } from "./log-stores.ts";

const flowLog = "azure-native:network:FlowLog";

export const flowLogExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "kept for a month",
    expect: "fail",
    resources: [log({ enabled: true, retentionPolicy: { enabled: true, days: 30 } }), network()],
    path: "retentionPolicy.days",
  },
  {
    kind: "violating",
    says: "a log that is off",
    expect: "fail",
    resources: [network(), log({ enabled: false })],
    path: "",
  },
  {
    kind: "clean",
    says: "a log that is kept",
    expect: "pass",
    resources: [network(), log({ enabled: true })],
  },
  {
    kind: "unknown",
    says: "for how long is not known",
    expect: "unknown",
    resources: [
      log({ enabled: true, retentionPolicy: { enabled: true, days: unknownHere } }),
      network(),
    ],
    path: "retentionPolicy.days",
  },
  {
    kind: "unknown",
    says: "a log of what shares its random name",
    expect: "unknown",
    resources: [
      network(),
      referring(flowLog, "log", "targetResourceId", "name", { enabled: true }),
      { type: "random:index/randomPet:RandomPet", name: "name", props: {} },
    ],
    path: "targetResourceId",
  },
  {
    kind: "violating",
    says: "a log of a group, whose id is not known",
    expect: "fail",
    resources: [
      network(),
      referring(flowLog, "log", "targetResourceId", "guard", { enabled: true }),
      { type: azureTypes.securityGroup, name: "guard", props: {} },
    ],
    path: "",
  },
  { kind: "absent", says: "no log", expect: "fail", resources: alone(azureTypes.network, {}) },
];
function network() {
  return { type: azureTypes.network, name: "vnet", props: { flowTimeoutInMinutes: 4 } };
}

function log(props: { readonly [key: string]: Json }) {
  return referring(flowLog, "log", "targetResourceId", "vnet", props);
}
