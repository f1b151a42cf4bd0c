/** Ports of databases open to every address in Azure. */
import { openPortRule } from "../shared/open-port-rule.ts";
import { databasePorts } from "../shared/service-ports.ts";

export const ZN06 = openPortRule({
  id: "ZN06",
  sentence: "No port of a database, cache or search engine is open to everybody.",
  why: "Anybody on the internet may try passwords and flaws of the store; many have been emptied within hours.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name the application security group or the subnet of those that read and write the data.",
  cloud: "azure",
  ports: databasePorts,
  example: 5432,
});
