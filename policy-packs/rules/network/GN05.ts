/** FTP and plain HTTP open to every address in GCP. */
import { portsSet } from "../../../model/base/layer4.ts";
import { openPortRule } from "../shared/open-port-rule.ts";

const plaintext = portsSet([
  { protocol: "tcp", from: 20, to: 21 },
  { protocol: "tcp", from: 80, to: 80 },
]);

export const GN05 = openPortRule({
  id: "GN05",
  sentence: "Nobody outside may open FTP (tcp/20, tcp/21) or HTTP (tcp/80).",
  why: "What is sent there, passwords included, is read and changed by everybody on the way.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "SC-8"],
  fix: "Delete the rule; let an external load balancer redirect to HTTPS, and allow its ranges only.",
  cloud: "gcp",
  ports: plaintext,
  example: 80,
});
