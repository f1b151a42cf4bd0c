/** Cloud SQL for MySQL documentation, "Manage users with built-in authentication": a login without a password asks for none. */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { givenRule } from "../shared/given-rule.ts";

const type = "gcp:sql/user:User";

/** Names that MySQL gives every right. PostgreSQL and SQL Server let nobody in without a password. */
const isRoot = (inputs: View) =>
  inputs.at("name").text() === "root" &&
  (inputs.at("type").text() ?? "BUILT_IN") === "BUILT_IN" &&
  inputs.at("passwordWo").state === "absent";

export const GD53 = givenRule({
  id: "GD53",
  sentence: "The administrator of a database has a password.",
  why: "Whoever reaches the port is administrator of the database.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["IA-2", "IA-5(1)", "AC-6"],
  frameworks: [cis("cis-gcp-3.0.0", "6.1.1")],
  fix: "Set password or passwordWo, or plan no user root.",
  places: {
    [type]: {
      path: ["password"],
      when: isRoot,
      witness: "a login as root without a password",
      good: "of-a-secret",
      base: { name: "root", host: "%" },
    },
  },
  more: [
    {
      kind: "clean",
      says: "a password that is never stored",
      expect: "not-applicable",
      resources: alone(type, { name: "root", passwordWo: "of-a-secret" }),
    },
    {
      kind: "clean",
      says: "an account of the cloud",
      expect: "not-applicable",
      resources: alone(type, { name: "shop@example.iam", type: "CLOUD_IAM_SERVICE_ACCOUNT" }),
    },
  ],
});
