/** Subjects of Azure's federated credentials, which Entra compares as they are written. */
import type { Example, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "./alone.ts";

/** Fails for subjects that name nobody, everybody's pull requests, or a pattern. */
export const checkFederatedSubject: Rule["check"] = (subject, judge) => {
  const view = subject.inputs.at("subject");
  const text = view.text()?.trim() ?? "";
  if (text === "") return judge.fail(view, "a credential that names no identity");
  if (text.endsWith(":pull_request")) {
    return judge.fail(view, `the token sub=${text}, which any pull request's workflow gets`);
  }
  if (/[*?]/.test(text)) {
    judge.fail(
      view,
      `no token, since ${text} is taken literally; read as a pattern, any look-alike`,
    );
  }
};

/** Examples of a credential of this type. */
export function federatedSubjectExamples(type: string): Example[] {
  const issuer = "https://token.actions.githubusercontent.com";
  const credential = (subject: string) => alone(type, { issuer, subject });
  return [
    {
      kind: "violating",
      says: "every pull request",
      expect: "fail",
      resources: credential("repo:acme/api:pull_request"),
      path: "subject",
      witness: "pull request",
    },
    {
      kind: "violating",
      says: "a wildcard",
      expect: "fail",
      resources: credential("repo:acme*"),
      path: "subject",
    },
    {
      kind: "clean",
      says: "one environment of one repository, by ids",
      expect: "pass",
      resources: credential("repo:acme@1/api@2:environment:production"),
    },
    {
      kind: "unknown",
      says: "the subject is not known",
      expect: "unknown",
      resources: credential(unknownHere),
      path: "subject",
    },
    { kind: "absent", says: "no subject", expect: "fail", resources: alone(type, { issuer }) },
  ];
}
