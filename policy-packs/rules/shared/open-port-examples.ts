/** Examples of one open port, as each cloud writes it. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { gcpRuleTypes } from "../../lift/gcp-rules.ts";
import type { Props } from "./alone.ts";
import { alone } from "./alone.ts";

/** AWS: all four kinds of rules, both families, and a range split in two. */
export function awsPortExamples(port: number): Example[] {
  const ports = { fromPort: port, toPort: port };
  const inline = (entry: Props) =>
    alone(awsRuleTypes.group, { ingress: [{ ...ports, protocol: "tcp", ...entry }] });
  const standalone = (props: Props) =>
    alone(awsRuleTypes.ingress, { securityGroupId: "sg-1", ipProtocol: "tcp", ...ports, ...props });
  return [
    {
      kind: "violating",
      says: "a standalone rule",
      expect: "fail",
      resources: standalone({ cidrIpv4: "0.0.0.0/0" }),
      path: "cidrIpv4",
      witness: `tcp/${port}`,
    },
    {
      kind: "violating",
      says: "a standalone rule over IPv6",
      expect: "fail",
      resources: standalone({ cidrIpv6: "::/0" }),
      path: "cidrIpv6",
      witness: "2001:db8::7",
    },
    {
      kind: "violating",
      says: "an inline rule, after an unknown one",
      expect: "fail",
      resources: alone(awsRuleTypes.group, {
        ingress: [
          { protocol: "tcp", ...ports, cidrBlocks: [unknownHere] },
          { protocol: "tcp", ...ports, cidrBlocks: ["0.0.0.0/0"] },
        ],
      }),
      path: "ingress[1].cidrBlocks[0]",
      witness: "203.0.113.7",
    },
    {
      kind: "violating",
      says: "everywhere split into halves",
      expect: "fail",
      resources: inline({ cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] }),
      path: "ingress[0].cidrBlocks[0]",
    },
    {
      kind: "violating",
      says: "all of IPv6 that the internet routes",
      expect: "fail",
      resources: standalone({ cidrIpv6: "2000::/3" }),
      path: "cidrIpv6",
    },
    {
      kind: "violating",
      says: "the older rule resource with a range of ports",
      expect: "fail",
      resources: alone(awsRuleTypes.rule, {
        type: "ingress",
        protocol: "6",
        fromPort: 0,
        toPort: 65535,
        cidrBlocks: ["0.0.0.0/0"],
      }),
    },
    {
      kind: "clean",
      says: "the same from a network of one's own",
      expect: "pass",
      resources: standalone({ cidrIpv4: "10.1.0.0/16" }),
    },
    {
      kind: "clean",
      says: "calls going out",
      expect: "pass",
      resources: alone(awsRuleTypes.rule, {
        type: "egress",
        protocol: "-1",
        cidrBlocks: ["0.0.0.0/0"],
      }),
    },
    {
      kind: "unknown",
      says: "the prefix is not known",
      expect: "unknown",
      resources: standalone({ cidrIpv4: unknownHere }),
      path: "cidrIpv4",
    },
    { kind: "absent", says: "no rules", expect: "pass", resources: alone(awsRuleTypes.group, {}) },
  ];
}

/** Azure: standalone and inline rules, prefixes and service tags. */
export function azurePortExamples(port: number): Example[] {
  const rule = (props: Props) => ({
    access: "Allow",
    direction: "Inbound",
    priority: 200,
    protocol: "Tcp",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: String(port),
    ...props,
  });
  return [
    {
      kind: "violating",
      says: "a standalone rule from *",
      expect: "fail",
      resources: alone(azureRuleTypes.rule, rule({ sourceAddressPrefix: "*" })),
      path: "sourceAddressPrefix",
      witness: `tcp/${port}`,
    },
    {
      kind: "violating",
      says: "the tag Internet in an inline rule, as part of a range of ports",
      expect: "fail",
      resources: alone(azureRuleTypes.group, {
        securityRules: [rule({ sourceAddressPrefix: "Internet", destinationPortRange: "1-65000" })],
      }),
      path: "securityRules[0].sourceAddressPrefix",
    },
    {
      kind: "violating",
      says: "a list of prefixes with every protocol",
      expect: "fail",
      resources: alone(
        azureRuleTypes.rule,
        rule({ protocol: "*", sourceAddressPrefixes: ["10.0.0.0/8", "0.0.0.0/0"] }),
      ),
      path: "sourceAddressPrefixes[1]",
    },
    {
      kind: "clean",
      says: "from the tier before",
      expect: "pass",
      resources: alone(azureRuleTypes.rule, rule({ sourceAddressPrefix: "10.1.0.0/20" })),
    },
    {
      kind: "clean",
      says: "a deny",
      expect: "pass",
      resources: alone(azureRuleTypes.rule, rule({ access: "Deny", sourceAddressPrefix: "*" })),
    },
    {
      kind: "unknown",
      says: "the ports are not known",
      expect: "unknown",
      resources: alone(
        azureRuleTypes.rule,
        rule({ sourceAddressPrefix: "*", destinationPortRange: unknownHere }),
      ),
      path: "destinationPortRange",
    },
    {
      kind: "absent",
      says: "a group without rules of its own",
      expect: "pass",
      resources: alone(azureRuleTypes.group, { location: "westeurope" }),
    },
  ];
}

/** GCP: VPC firewalls and rules of network firewall policies. */
export function gcpPortExamples(port: number): Example[] {
  const firewall = (props: Props) =>
    alone(gcpRuleTypes.firewall, {
      network: "net",
      allows: [{ protocol: "tcp", ports: [String(port)] }],
      ...props,
    });
  const policyRule = (match: Props) =>
    alone(gcpRuleTypes.policyRule, {
      firewallPolicy: "policy",
      priority: 100,
      direction: "INGRESS",
      action: "allow",
      match: { layer4Configs: [{ ipProtocol: "tcp", ports: [`1-${port}`] }], ...match },
    });
  return [
    {
      kind: "violating",
      says: "a firewall",
      expect: "fail",
      resources: firewall({ sourceRanges: ["0.0.0.0/0"] }),
      path: "sourceRanges[0]",
      witness: `tcp/${port}`,
    },
    {
      kind: "violating",
      says: "a rule of a network firewall policy over IPv6",
      expect: "fail",
      resources: policyRule({ srcIpRanges: ["::/0"] }),
      path: "match.srcIpRanges[0]",
    },
    ...gcpPolicyExamples(port),
    {
      kind: "clean",
      says: "machines of one tag",
      expect: "pass",
      resources: firewall({ sourceTags: ["web"] }),
    },
    {
      kind: "clean",
      says: "a rule that is not in force",
      expect: "pass",
      resources: firewall({ sourceRanges: ["0.0.0.0/0"], disabled: true }),
    },
    {
      kind: "clean",
      says: "a rule for the tier before",
      expect: "pass",
      resources: policyRule({ srcSecureTags: [{ name: "tagValues/1" }] }),
    },
    {
      kind: "clean",
      says: "from a network of one's own",
      expect: "pass",
      resources: firewall({ sourceRanges: ["10.2.0.0/16"] }),
    },
    {
      kind: "unknown",
      says: "the ranges are not known",
      expect: "unknown",
      resources: firewall({ sourceRanges: unknownHere }),
      path: "sourceRanges",
    },
    {
      kind: "absent",
      says: "no ranges at all mean everywhere",
      expect: "fail",
      resources: firewall({}),
      path: "sourceRanges",
    },
  ];
}

/** Other forms of policies. */
function gcpPolicyExamples(port: number): Example[] {
  return [
    {
      kind: "violating",
      says: "a policy that holds its rules itself",
      expect: "fail",
      resources: alone(
        "gcp:compute/networkFirewallPolicyWithRules:NetworkFirewallPolicyWithRules",
        {
          rules: [
            {
              priority: 100,
              direction: "INGRESS",
              action: "allow",
              match: {
                srcIpRanges: ["0.0.0.0/0"],
                layer4Configs: [{ ipProtocol: "tcp", ports: [String(port)] }],
              },
            },
          ],
        },
      ),
      path: "rules[0].match.srcIpRanges[0]",
    },
    {
      kind: "clean",
      says: "a rule that leaves it to the next plane",
      expect: "pass",
      resources: [
        {
          type: gcpRuleTypes.policyRule,
          name: "app",
          props: {
            priority: 100,
            direction: "INGRESS",
            action: "goto_next",
            match: { srcIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "all" }] },
          },
        },
      ],
    },
  ];
}
