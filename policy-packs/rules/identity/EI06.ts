/** Microsoft Learn, "Workload identity federation": an application needs no password. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";

const passwordTypes = [
  "azuread:index/applicationPassword:ApplicationPassword",
  "azuread:index/servicePrincipalPassword:ServicePrincipalPassword",
];
const application = "azuread:index/application:Application";

export const EI06: Rule = {
  id: "EI06",
  sentence: "No application and no service principal has a password.",
  why: "A password works for whoever reads it in a log, a variable or a state file, until it ends.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "AC-2"],
  fix: "Replace the password by a federated identity credential of what calls.",
  subjects: [...passwordTypes, application],
  needs: "resource",
  check: (subject, judge) => {
    const witness = "a token for the application, got by whoever read the password";
    if (passwordTypes.includes(subject.type)) {
      return judge.fail({ urn: subject.urn, path: "" }, witness);
    }
    const password = subject.inputs.at("password");
    if (password.state === "unknown") judge.open(password);
    if (password.state === "known") judge.fail(password, witness);
  },
  examples: [
    {
      kind: "violating",
      says: "a password of an application",
      expect: "fail",
      resources: alone(passwordTypes[0] ?? "", {}),
      path: "",
    },
    {
      kind: "violating",
      says: "a password inside the application",
      expect: "fail",
      resources: alone(application, { displayName: "ci", password: { displayName: "old" } }),
      path: "password",
    },
    {
      kind: "clean",
      says: "an application without one",
      expect: "pass",
      resources: alone(application, { displayName: "ci" }),
    },
    {
      kind: "unknown",
      says: "whether there is one is not known",
      expect: "unknown",
      resources: alone(application, { password: unknownHere }),
      path: "password",
    },
    { kind: "absent", says: "nothing said", expect: "pass", resources: alone(application, {}) },
  ],
};
