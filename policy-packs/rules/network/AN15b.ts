/** Launch templates and configurations of EC2 Auto Scaling, and what a spot fleet launches by itself. */
import { demandRule } from "../shared/flag-rule.ts";

const witness = "every machine of the group gets an address that everybody can call";
const demand = { holds: (value?: string) => value !== "true", witness } as const;

export const AN15b = demandRule({
  id: "AN15b",
  sentence: "No launch template, configuration or spot fleet gives machines public addresses.",
  why: "Each machine that the group starts can be called by everybody whom its rules do not stop.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Leave associatePublicIpAddress out; let a load balancer take the calls and a NAT gateway translate.",
  demands: {
    "aws:ec2/launchTemplate:LaunchTemplate": [
      {
        ...demand,
        path: ["networkInterfaces", "*", "associatePublicIpAddress"],
        good: "false",
        bad: "true",
      },
    ],
    "aws:ec2/spotFleetRequest:SpotFleetRequest": [
      {
        ...demand,
        path: ["launchSpecifications", "*", "associatePublicIpAddress"],
        good: false,
        bad: true,
      },
    ],
    "aws:ec2/launchConfiguration:LaunchConfiguration": [
      { ...demand, path: ["associatePublicIpAddress"], good: false, bad: true },
    ],
  },
});
