/** Ports of databases open to every address in GCP. */
import { openPortRule } from "../shared/open-port-rule.ts";
import { databasePorts } from "../shared/service-ports.ts";

export const GN04 = openPortRule({
  id: "GN04",
  sentence: "No port of a database, cache or search engine is open to everybody.",
  why: "Anybody on the internet may try passwords and flaws of the store; many have been emptied within hours.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name the service account or the secure tag of those that read and write the data.",
  cloud: "gcp",
  ports: databasePorts,
  example: 5432,
});
