/** SSH open to every address in GCP. */
import { cis, iso } from "../shared/benchmarks.ts";
import { openPortRule } from "../shared/open-port-rule.ts";
import { sshPort } from "../shared/service-ports.ts";

export const GN02 = openPortRule({
  id: "GN02",
  sentence: "Nobody outside may open SSH (tcp/22).",
  why: "Anybody on the internet may try keys, passwords and flaws of the SSH server.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  frameworks: [
    cis("cis-gcp-3.0.0", "3.6"),
    iso("gcp", "A.8.20", "compute_firewall_ssh_access_from_the_internet_allowed"),
  ],
  fix: "Delete the rule; reach machines through the cloud's own session service or from a segment that a flow names.",
  cloud: "gcp",
  ports: sshPort,
  example: 22,
});
