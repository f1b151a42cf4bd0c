/** Amazon MWAA User Guide, "Apache Airflow access modes"; the default is private. */
import { demandRule } from "../shared/flag-rule.ts";

export const AN29g = demandRule({
  id: "AN29g",
  sentence: "The web server of a managed Airflow is reached from its VPC only.",
  why: "Everybody may try stolen sessions and flaws of a page from which code runs with the environment's role.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set webserverAccessMode to PRIVATE_ONLY.",
  demands: {
    "aws:mwaa/environment:Environment": [
      {
        path: ["webserverAccessMode"],
        holds: (value) => value === undefined || value === "PRIVATE_ONLY",
        witness: "GET /home from 203.0.113.7",
        good: "PRIVATE_ONLY",
        bad: "PUBLIC_ONLY",
      },
    ],
  },
  // Who comes by the internet has to come by the VPC from then on.
  remedy: "opt-in",
});
