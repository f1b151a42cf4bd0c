/**
 * AWS Systems Manager User Guide, "Turn on KMS key encryption of session data": a session goes by
 * TLS; with a key, node and client encrypt it between themselves as well. YAML is not read here.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";

const type = "aws:ssm/document:Document";

export const AD56: Rule = {
  id: "AD56",
  sentence: "Sessions on machines are encrypted from end to end by a key.",
  why: "Who may start a session needs no right to a key, and what is typed is plaintext between two ends of TLS.",
  severity: "low",
  tenets: ["T2", "T3"],
  controls: ["SC-8(1)", "AC-17(2)"],
  fix: "Set inputs.kmsKeyId of the session document to a key.",
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
    const key = content.document().at("inputs", "kmsKeyId").text() ?? "";
    if (key === "") judge.fail(content, "a password that is typed into a session");
  },
  examples: [
    {
      kind: "violating",
      says: "an empty key",
      expect: "fail",
      resources: session({ kmsKeyId: "" }),
      path: "content",
    },
    { kind: "clean", says: "a key", expect: "pass", resources: session({ kmsKeyId: "alias/s" }) },
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
    { kind: "absent", says: "no key", expect: "fail", resources: session({}) },
  ],
};

function session(inputs: Json) {
  return alone(type, { documentType: "Session", content: JSON.stringify({ inputs }) });
}
