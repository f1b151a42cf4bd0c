/** Application gateways and classic Front Doors with a web application firewall. */
import type { Example, Judge } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "./alone.ts";

const gateway = azureTypes.applicationGateway;
const witness = "a request with an attack in it, handed on to the application";

/** The gateway's policy counts, and is judged where it is planned; else its own older settings do. */
export function judgeGateway({ inputs }: PlannedResource, judge: Judge): void {
  const policy = inputs.at("firewallPolicy");
  if (policy.state === "unknown") judge.open(policy);
  if (policy.state === "unknown" || policy.at("id").state !== "absent") return;
  const own = inputs.at("webApplicationFirewallConfiguration");
  const mode = own.at("firewallMode");
  if (own.at("enabled").flag() !== true) judge.fail(own, witness);
  else if (mode.text()?.toLowerCase() !== "prevention") judge.fail(mode, witness);
}

/** Each host name of a Front Door has a policy. */
export function judgeFrontDoor({ inputs }: PlannedResource, judge: Judge): void {
  for (const host of entriesOf(inputs.at("frontendEndpoints"))) {
    const link = host.at("webApplicationFirewallPolicyLink");
    if (link.state === "unknown") judge.open(link);
    else if (link.at("id").state === "absent") judge.fail(link, witness);
  }
}

export const frontDoor = "azure-native:frontdoor:FrontDoor";

export const gatewayExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a gateway whose firewall only detects",
    expect: "fail",
    resources: alone(gateway, {
      webApplicationFirewallConfiguration: { enabled: true, firewallMode: "Detection" },
    }),
    path: "webApplicationFirewallConfiguration.firewallMode",
  },
  {
    kind: "violating",
    says: "a host name of a Front Door without a policy",
    expect: "fail",
    resources: alone(frontDoor, {
      frontendEndpoints: [
        { name: "a", webApplicationFirewallPolicyLink: { id: unknownHere } },
        { name: "b" },
      ],
    }),
    path: "frontendEndpoints[1].webApplicationFirewallPolicyLink",
  },
  {
    kind: "clean",
    says: "a gateway with a policy that is not made yet",
    expect: "pass",
    resources: alone(gateway, { firewallPolicy: { id: unknownHere } }),
  },
  {
    kind: "unknown",
    says: "whether the gateway has a policy is not known",
    expect: "unknown",
    resources: alone(gateway, { firewallPolicy: unknownHere }),
    path: "firewallPolicy",
  },
  {
    kind: "absent",
    says: "a gateway without a firewall",
    expect: "fail",
    resources: alone(gateway, { sku: { tier: "Standard_v2" } }),
    path: "webApplicationFirewallConfiguration",
  },
];
