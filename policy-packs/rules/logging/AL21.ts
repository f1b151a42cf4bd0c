/**
 * AWS Systems Manager User Guide, "Logging session activity" and "Session document schema": a
 * document of JSON names where what was typed and shown is kept. YAML is not read here.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";

const type = "aws:ssm/document:Document";
const schemaVersion = "1.0";

/** A destination, and the switch that has it encrypted, which is on unless it is said otherwise. */
const destinations = [
  ["s3BucketName", "s3EncryptionEnabled"],
  ["cloudWatchLogGroupName", "cloudWatchEncryptionEnabled"],
] as const;

export const AL21: Rule = {
  id: "AL21",
  sentence: "What is typed and shown in a session on a machine is kept, encrypted.",
  why: "Nobody can tell afterwards what somebody did with a shell, or everybody can read it.",
  severity: "medium",
  tenets: ["T3", "T7"],
  controls: ["AU-12", "AU-14", "AC-17"],
  fix: "Name in inputs of the document a cloudWatchLogGroupName or s3BucketName, and leave encryption on.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    if (inputs.at("documentType").text() !== "Session") {
      return judge.notApplicable("it is no preference of sessions");
    }
    if (["YAML", "TEXT"].includes(inputs.at("documentFormat").text() ?? "JSON")) {
      return judge.notApplicable("only JSON is read");
    }
    const content = inputs.at("content");
    const settings = content.document().at("inputs");
    const kept = destinations.filter(([name]) => (settings.at(name).text() ?? "") !== "");
    if (kept.length === 0) judge.fail(content, "a shell whose commands leave no record");
    for (const [name, encrypted] of kept) {
      if (isOff(settings.at(encrypted))) judge.fail(content, `${name} takes it in plaintext`);
    }
  },
  examples: [
    {
      kind: "violating",
      says: "kept nowhere",
      expect: "fail",
      resources: session({ s3BucketName: "", cloudWatchLogGroupName: "" }),
      path: "content",
    },
    {
      kind: "violating",
      says: "in plaintext",
      expect: "fail",
      resources: session({ s3BucketName: "sessions", s3EncryptionEnabled: false }),
      witness: "plaintext",
    },
    {
      kind: "clean",
      says: "in a log group",
      expect: "pass",
      resources: session({ cloudWatchLogGroupName: "sessions", cloudWatchEncryptionEnabled: true }),
    },
    {
      kind: "clean",
      says: "a command",
      expect: "not-applicable",
      resources: alone(type, { documentType: "Command", content: "{}" }),
    },
    {
      kind: "unknown",
      says: "the document is not known",
      expect: "unknown",
      resources: alone(type, { documentType: "Session", content: unknownHere }),
      path: "content",
    },
    { kind: "absent", says: "no settings", expect: "fail", resources: session(undefined) },
  ],
};

function isOff(flag: View): boolean {
  return flag.flag() === false;
}

function session(inputs: { readonly [key: string]: string | boolean } | undefined) {
  const content = JSON.stringify({ schemaVersion, sessionType: "Standard_Stream", inputs });
  return alone(type, { documentType: "Session", content });
}
