/** AWS CodeBuild User Guide, "Access your source provider": a connection gives short tokens, a URL with credentials is shown to whoever reads the project. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

/** A name with a password, or a token in the name's place; a name alone is no secret. */
const credentials = /^https?:\/\/([^/@\s]*:[^/@\s]+|[\w-]{20,})@/i;

const location = (path: Demand["path"]): Demand => ({
  path,
  holds: (value) => !credentials.test(value ?? ""),
  witness: "codebuild:BatchGetProjects shows the credentials in the source's URL",
  good: "https://bitbucket.org/acme/shop.git",
  bad: "https://acme:hunter2@bitbucket.org/acme/shop.git",
});

export const AI66 = demandRule({
  id: "AI66",
  sentence: "A build gets its source by a connection, not by a password or a token of a person.",
  why: "The token opens all repositories of that person, for as long as nobody thinks of it.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["IA-2", "IA-5", "IA-5(7)"],
  fix: "Set authType to CODECONNECTIONS, and write the source's URL without credentials.",
  demands: {
    "aws:codebuild/project:Project": [
      location(["source", "location"]),
      location(["secondarySources", "*", "location"]),
    ],
    "aws:codebuild/sourceCredential:SourceCredential": [
      {
        path: ["authType"],
        holds: (value) => value !== "BASIC_AUTH" && value !== "PERSONAL_ACCESS_TOKEN",
        witness: "a clone of the person's other repositories with the leaked token",
        good: "CODECONNECTIONS",
        bad: "PERSONAL_ACCESS_TOKEN",
      },
    ],
  },
});
