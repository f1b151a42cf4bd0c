/**
 * Compute Engine documentation, "Troubleshooting using the serial console": open where the metadata of
 * the machine or of its project says so; all spellings of true count.
 */

import { cis } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { everyMachineType, ofEach } from "../shared/gcp-machines.ts";

const key = "serial-port-enable";

const shut: Demand = {
  path: ["metadata", key],
  holds: (value) => !/^(true|1|y|yes)$/i.test(value ?? ""),
  witness:
    "a connection to ssh-serialport.googleapis.com from any address, whatever the firewall says",
  good: "FALSE",
  bad: "TRUE",
};

export const GN13c = demandRule({
  id: "GN13c",
  sentence: "No machine takes connections on its serial port.",
  why: "The serial console is reached from everywhere, past every firewall rule, with nothing but a key.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-17", "CM-7"],
  frameworks: [cis("cis-gcp-3.0.0", "4.5")],
  fix: "Take serial-port-enable out of the metadata of machines and of the project.",
  demands: {
    ...ofEach([...everyMachineType, "gcp:compute/projectMetadata:ProjectMetadata"], shut),
    "gcp:compute/projectMetadataItem:ProjectMetadataItem": [
      {
        ...shut,
        path: ["value"],
        when: (inputs) => inputs.at("key").text() === key,
      },
    ],
  },
  base: { "gcp:compute/projectMetadataItem:ProjectMetadataItem": { key } },
});
