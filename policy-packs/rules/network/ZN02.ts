/** SSH open to every address in Azure. */
import { cis, iso } from "../shared/benchmarks.ts";
import { openPortRule } from "../shared/open-port-rule.ts";
import { sshPort } from "../shared/service-ports.ts";

export const ZN02 = openPortRule({
  id: "ZN02",
  sentence: "Nobody outside may open SSH (tcp/22).",
  why: "Anybody on the internet may try keys, passwords and flaws of the SSH server.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  frameworks: [
    cis("cis-azure-2.1.0", "6.2"),
    iso("azure", "A.8.20", "network_ssh_internet_access_restricted"),
  ],
  fix: "Delete the rule; reach machines through the cloud's own session service or from a segment that a flow names.",
  cloud: "azure",
  ports: sshPort,
  example: 22,
});
