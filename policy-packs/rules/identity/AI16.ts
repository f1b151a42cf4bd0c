/**
 * IAM User Guide, "Security best practices": human users come by federation, workloads by roles. A
 * user whose boundary denies everything is one that was shut out.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";

const user = "aws:iam/user:User";
const profile = "aws:iam/userLoginProfile:UserLoginProfile";
const nothing = /^arn:aws[\w-]*:iam::aws:policy\/AWSDenyAll$/;

export const AI16: Rule = {
  id: "AI16",
  sentence: "People come by federation, not as IAM users.",
  why: "A user's password and keys stay good when the person has left, and no session of theirs ever ends.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["IA-2", "AC-2"],
  frameworks: [cis("cis-aws-3.0.0", "1.21")],
  fix: "Give people permission sets of IAM Identity Center, and workloads roles.",
  subjects: [user, profile],
  needs: "resource",
  check: ({ urn, type, inputs }, judge) => {
    if (type === profile) return judge.fail({ urn, path: "" }, "a console login with a password");
    if (nothing.test(inputs.at("permissionsBoundary").text() ?? "")) return;
    judge.fail({ urn, path: "" }, "a login that works long after the person has left");
  },
  examples: [
    {
      kind: "violating",
      says: "a password for the console",
      expect: "fail",
      resources: alone(profile, { user: "alice" }),
      path: "",
    },
    {
      kind: "violating",
      says: "a user",
      expect: "fail",
      resources: alone(user, { name: "alice" }),
      path: "",
    },
    {
      kind: "clean",
      says: "a user who may do nothing",
      expect: "pass",
      resources: alone(user, { permissionsBoundary: "arn:aws:iam::aws:policy/AWSDenyAll" }),
    },
    {
      kind: "unknown",
      says: "the boundary is not known",
      expect: "unknown",
      resources: alone(user, { permissionsBoundary: unknownHere }),
      path: "permissionsBoundary",
    },
    { kind: "absent", says: "nothing said", expect: "fail", resources: alone(user, {}) },
  ],
};
