/** Microsoft Learn, "Create, change, or delete a virtual network peering": both are off unless set. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const demands = (...prefix: readonly string[]): Demand[] =>
  [
    ["allowForwardedTraffic", "a packet that the neighbour passes on from a third network"],
    ["allowGatewayTransit", "a packet between the neighbour and whatever is behind the gateway"],
  ].map(([property = "", witness = ""]) => {
    const [first = property, ...rest] = [...prefix, property];
    return {
      path: [first, ...rest],
      holds: (value) => value !== "true",
      witness,
      good: false,
      bad: true,
    };
  });

export const ZN09 = demandRule({
  id: "ZN09",
  sentence: "A peering carries the two networks' own packets, and nobody else's.",
  why: "Who has taken over one network reaches by its neighbour networks that were never joined to it.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set allowForwardedTraffic and allowGatewayTransit to false, and peer the networks that shall talk.",
  demands: {
    "azure-native:network:VirtualNetworkPeering": demands(),
    "azure-native:network:VirtualNetwork": demands("virtualNetworkPeerings", "*"),
  },
});
