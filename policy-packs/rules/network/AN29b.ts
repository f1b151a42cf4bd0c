/** AWS Transfer Family User Guide, "Create a server in a virtual private cloud"; the default is public. */
import { demandRule } from "../shared/flag-rule.ts";

export const AN29b = demandRule({
  id: "AN29b",
  sentence: "A server for file transfer stands in a VPC.",
  why: "No group stands before a public server: everybody may try names, keys and passwords.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set endpointType to VPC, with endpointDetails that name subnets and groups.",
  demands: {
    "aws:transfer/server:Server": [
      {
        path: ["endpointType"],
        holds: (value) => value === "VPC" || value === "VPC_ENDPOINT",
        witness: "a login from 203.0.113.7 to the server's public endpoint",
        good: "VPC",
        bad: "PUBLIC",
      },
    ],
  },
});
