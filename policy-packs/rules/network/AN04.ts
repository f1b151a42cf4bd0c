/** Ports of databases open to every address in AWS. */
import { openPortRule } from "../shared/open-port-rule.ts";
import { databasePorts } from "../shared/service-ports.ts";

export const AN04 = openPortRule({
  id: "AN04",
  sentence: "No port of a database, cache or search engine is open to everybody.",
  why: "Anybody on the internet may try passwords and flaws of the store; many have been emptied within hours.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name the group of the segment that reads and writes the data.",
  cloud: "aws",
  ports: databasePorts,
  example: 5432,
});
