/**
 * Microsoft Learn, "Web application firewall policy settings" of Application Gateway and of Front Door
 * (a policy is on and prevents unless told otherwise), "Azure Firewall threat intelligence-based
 * filtering" (alerts unless told otherwise), "Azure Firewall Premium features" (IDPS).
 */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import {
  frontDoor,
  gatewayExamples,
  judgeFrontDoor,
  judgeGateway,
} from "../shared/gateway-firewall.ts";

const wanted = (path: Demand["path"], good: string, bad: string, isDefault: boolean): Demand => ({
  path,
  holds: (value) => (value === undefined ? isDefault : value.toLowerCase() === good.toLowerCase()),
  witness: "a request or packet that is found to be an attack, and passed on",
  good,
  bad,
});

const prevents = wanted(["policySettings", "mode"], "Prevention", "Detection", true);
const isOn = (key: string) => wanted(["policySettings", key], "Enabled", "Disabled", true);

const settings = demandRule({
  id: "ZN18",
  sentence: "Web application firewalls and network firewalls stop what they find.",
  why: "An attack that is only written down has happened: the firewall watches how the application is taken over.",
  severity: "medium",
  tenets: ["T2", "T7"],
  controls: ["SC-7", "SI-3", "SI-4"],
  fix: "Give the gateway a firewall policy, set its mode to Prevention, and threatIntelMode and intrusionDetection.mode to Deny.",
  demands: {
    "azure-native:network:WebApplicationFirewallPolicy": [isOn("state"), prevents],
    "azure-native:frontdoor:Policy": [isOn("enabledState"), prevents],
    "azure-native:cdn:Policy": [isOn("enabledState"), prevents],
    "azure-native:network:AzureFirewall": [
      {
        ...wanted(["threatIntelMode"], "Deny", "Alert", false),
        // A firewall with a policy takes the policy's mode, one in a virtual hub needs one.
        when: (inputs) => inputs.at("firewallPolicy").state === "absent",
      },
    ],
    "azure-native:network:FirewallPolicy": [
      wanted(["threatIntelMode"], "Deny", "Alert", false),
      {
        ...wanted(["intrusionDetection", "mode"], "Deny", "Alert", false),
        when: (inputs) => inputs.at("sku", "tier").text() === "Premium",
      },
    ],
  },
  base: { "azure-native:network:FirewallPolicy": { sku: { tier: "Premium" } } },
});

const gateways: Readonly<Record<string, (subject: PlannedResource, judge: Judge) => void>> = {
  [azureTypes.applicationGateway]: judgeGateway,
  [frontDoor]: judgeFrontDoor,
};

export const ZN18: Rule = {
  ...settings,
  subjects: [...settings.subjects, ...Object.keys(gateways)],
  check: (subject, judge, plan) => (gateways[subject.type] ?? settings.check)(subject, judge, plan),
  examples: [...settings.examples, ...gatewayExamples],
};
