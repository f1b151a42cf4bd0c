/** SSH open to every address in AWS. */
import { cis, iso } from "../shared/benchmarks.ts";
import { openPortRule } from "../shared/open-port-rule.ts";
import { sshPort } from "../shared/service-ports.ts";

export const AN02 = openPortRule({
  id: "AN02",
  sentence: "Nobody outside may open SSH (tcp/22).",
  why: "Anybody on the internet may try keys, passwords and flaws of the SSH server.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  frameworks: [
    cis("cis-aws-3.0.0", "5.2"),
    cis("cis-aws-3.0.0", "5.3"),
    iso("aws", "A.8.20", "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22"),
    iso("aws", "A.8.22", "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22"),
  ],
  fix: "Delete the rule; reach machines through the cloud's own session service or from a segment that a flow names.",
  cloud: "aws",
  ports: sshPort,
  example: 22,
});
