/** RDP open to every address in GCP. */
import { cis, iso } from "../shared/benchmarks.ts";
import { openPortRule } from "../shared/open-port-rule.ts";
import { remoteDesktopPort } from "../shared/service-ports.ts";

export const GN03 = openPortRule({
  id: "GN03",
  sentence: "Nobody outside may open RDP (tcp/3389).",
  why: "Anybody on the internet may try passwords and flaws of the remote desktop, a common way in for ransomware.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  frameworks: [
    cis("cis-gcp-3.0.0", "3.7"),
    iso("gcp", "A.8.20", "compute_firewall_rdp_access_from_the_internet_allowed"),
  ],
  fix: "Delete the rule; reach machines through the cloud's own session service or from a segment that a flow names.",
  cloud: "gcp",
  ports: remoteDesktopPort,
  example: 3389,
});
