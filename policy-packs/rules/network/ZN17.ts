/**
 * Microsoft Learn, "Create a private Azure Kubernetes Service (AKS) cluster", "Secure access to the API
 * server using authorized IP address ranges", "Secure traffic between pods by using network policies".
 */

import { union } from "../../../model/base/interval-set.ts";
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { addressesOf, isEverywhere, somebodyIn } from "../../lift/address-set.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";

const type = azureTypes.cluster;
const good = {
  apiServerAccessProfile: { enablePrivateCluster: true },
  networkProfile: { networkPolicy: "cilium" },
};

export const ZN17: Rule = {
  id: "ZN17",
  sentence: "A cluster's API is private or narrow, and its pods have network policies.",
  why: "Everybody may try tokens and flaws of the API server, and one pod that is taken over reaches all others.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set apiServerAccessProfile.enablePrivateCluster or authorizedIPRanges, and networkProfile.networkPolicy.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    judge.part(() => judgeApi(inputs.at("apiServerAccessProfile"), judge));
    judge.part(() => {
      const policy = inputs.at("networkProfile", "networkPolicy");
      // An automatic cluster comes with Cilium's policies ("Azure Kubernetes Service Automatic").
      if (policy.state === "absent" && inputs.at("sku", "name").text() === "Automatic") return;
      if (!["", "none"].includes(policy.text()?.toLowerCase() ?? "")) return;
      judge.fail(policy, "a connection from any pod to any other, whatever a NetworkPolicy says");
    });
  },
  examples: [
    {
      kind: "violating",
      says: "everybody authorized",
      expect: "fail",
      resources: alone(type, {
        ...good,
        apiServerAccessProfile: { authorizedIPRanges: ["10.0.0.0/8", "0.0.0.0/0"] },
      }),
      path: "apiServerAccessProfile.authorizedIPRanges",
    },
    {
      kind: "violating",
      says: "no policies",
      expect: "fail",
      resources: alone(type, { ...good, networkProfile: { networkPolicy: "none" } }),
      path: "networkProfile.networkPolicy",
    },
    { kind: "clean", says: "private, with Cilium", expect: "pass", resources: alone(type, good) },
    {
      kind: "clean",
      says: "an automatic cluster called from an office",
      expect: "pass",
      resources: alone(type, {
        sku: { name: "Automatic" },
        apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.0/24"] },
      }),
    },
    {
      kind: "unknown",
      says: "who is authorized is not known",
      expect: "unknown",
      resources: alone(type, {
        ...good,
        apiServerAccessProfile: { authorizedIPRanges: unknownHere },
      }),
      path: "apiServerAccessProfile.authorizedIPRanges",
    },
    { kind: "absent", says: "nothing set", expect: "fail", resources: alone(type, {}) },
  ],
};

function judgeApi(profile: View, judge: Judge): void {
  if (profile.at("enablePrivateCluster").flag() === true) return;
  const list = profile.at("authorizedIPRanges");
  const ranges = entriesOf(list).map(addressesOf).reduce(union, []);
  if (ranges.length > 0 && !isEverywhere(ranges)) return;
  judge.fail(list, `a call of the API server from ${somebodyIn(ranges) ?? "203.0.113.7"}`);
}
