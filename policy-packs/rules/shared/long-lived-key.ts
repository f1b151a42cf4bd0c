/** Rules by which a key or password that does not end with a session may not be planned. */
import type { Example, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "./alone.ts";

/** Fails where the resource makes a secret, unless the secret brings its own public half. */
export function checkKey(witness: string, publicHalf?: string): Rule["check"] {
  return (subject, judge) => {
    if (publicHalf !== undefined) {
      const view = subject.inputs.at(publicHalf);
      if (view.state === "unknown") return judge.open(view);
      if (view.state === "known") return judge.notApplicable("only a public key is uploaded");
    }
    judge.fail({ urn: subject.urn, path: "" }, witness);
  };
}

/** With nothing set a secret is made; `publicHalf` is the property by which it is not. */
export function keyExamples(type: string, publicHalf: string): Example[] {
  return [
    {
      kind: "violating",
      says: "a secret",
      expect: "fail",
      resources: alone(type, { serviceAccountId: "ci" }),
      path: "",
    },
    {
      kind: "clean",
      says: "a public key whose private half never leaves its machine",
      expect: "not-applicable",
      resources: alone(type, { [publicHalf]: "MIIC…" }),
    },
    {
      kind: "unknown",
      says: "whether it is a public key is not known",
      expect: "unknown",
      resources: alone(type, { [publicHalf]: unknownHere }),
      path: publicHalf,
    },
    { kind: "absent", says: "no property at all", expect: "fail", resources: alone(type, {}) },
  ];
}
