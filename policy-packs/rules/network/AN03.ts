/** RDP open to every address in AWS. */
import { cis, iso } from "../shared/benchmarks.ts";
import { openPortRule } from "../shared/open-port-rule.ts";
import { remoteDesktopPort } from "../shared/service-ports.ts";

export const AN03 = openPortRule({
  id: "AN03",
  sentence: "Nobody outside may open RDP (tcp/3389).",
  why: "Anybody on the internet may try passwords and flaws of the remote desktop, a common way in for ransomware.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  frameworks: [
    cis("cis-aws-3.0.0", "5.2"),
    cis("cis-aws-3.0.0", "5.3"),
    iso("aws", "A.8.20", "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389"),
    iso("aws", "A.8.22", "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389"),
  ],
  fix: "Delete the rule; reach machines through the cloud's own session service or from a segment that a flow names.",
  cloud: "aws",
  ports: remoteDesktopPort,
  example: 3389,
});
