/** GKE documentation, "Add authorized networks for control plane access". */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { addressesOf } from "../../lift/address-set.ts";
import type { Peer } from "../../lift/edge-rule.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { gkeCluster, hasAddresses } from "../shared/gke-endpoint.ts";
import { judgePeers } from "../shared/open-port.ts";

const cluster = (...cidrs: Json[]) =>
  alone(gkeCluster, {
    masterAuthorizedNetworksConfig: { cidrBlocks: cidrs.map((cidrBlock) => ({ cidrBlock })) },
  });

export const GN15b: Rule = {
  id: "GN15b",
  sentence: "A cluster's control plane answers named networks only.",
  why: "Everybody, or every machine of the network, may try tokens and flaws of the API server.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set masterAuthorizedNetworksConfig with the ranges of those who administer and of the nodes.",
  subjects: [gkeCluster],
  needs: "resource",
  check: ({ inputs }, judge) => {
    if (!hasAddresses(inputs)) return judge.notApplicable("it has no addresses, only a name");
    const networks = inputs.at("masterAuthorizedNetworksConfig");
    if (networks.state === "absent") {
      return judge.fail(networks, "a call of the API server from any address that reaches it");
    }
    const peers = entriesOf(networks.at("cidrBlocks")).map((block): Peer => {
      const at = block.at("cidrBlock");
      return { kind: "addresses", at, addresses: () => addressesOf(at) };
    });
    judgePeers(judge, peers, (at, who) => judge.fail(at, `a call of the API server from ${who}`));
  },
  examples: [
    {
      kind: "violating",
      says: "everybody",
      expect: "fail",
      resources: cluster("10.0.0.0/8", "0.0.0.0/0"),
      path: "masterAuthorizedNetworksConfig.cidrBlocks[1].cidrBlock",
    },
    { kind: "clean", says: "one network", expect: "pass", resources: cluster("10.30.0.0/16") },
    {
      kind: "clean",
      says: "reached by its name only",
      expect: "not-applicable",
      resources: alone(gkeCluster, {
        controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: false } },
      }),
    },
    {
      kind: "unknown",
      says: "which networks is not known",
      expect: "unknown",
      resources: cluster(unknownHere),
      path: "masterAuthorizedNetworksConfig.cidrBlocks[0].cidrBlock",
    },
    {
      kind: "absent",
      says: "no list",
      expect: "fail",
      resources: alone(gkeCluster, {}),
      path: "masterAuthorizedNetworksConfig",
    },
  ],
};
