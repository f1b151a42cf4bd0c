/** RDP open to every address in Azure. */
import { cis, iso } from "../shared/benchmarks.ts";
import { openPortRule } from "../shared/open-port-rule.ts";
import { remoteDesktopPort } from "../shared/service-ports.ts";

export const ZN03 = openPortRule({
  id: "ZN03",
  sentence: "Nobody outside may open RDP (tcp/3389).",
  why: "Anybody on the internet may try passwords and flaws of the remote desktop, a common way in for ransomware.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  frameworks: [
    cis("cis-azure-2.1.0", "6.1"),
    iso("azure", "A.8.20", "network_rdp_internet_access_restricted"),
  ],
  fix: "Delete the rule; reach machines through the cloud's own session service or from a segment that a flow names.",
  cloud: "azure",
  ports: remoteDesktopPort,
  example: 3389,
});
