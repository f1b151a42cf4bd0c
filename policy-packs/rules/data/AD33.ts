/**
 * Amazon RDS and Amazon DocumentDB, "Password management with AWS Secrets Manager": a password that
 * the service makes, keeps and rotates. What is restored or follows another has that one's, and what
 * joins a global database cannot.
 */
import { alone } from "../shared/alone.ts";
import { startsEmpty } from "../shared/encrypted-store.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { forMarked } from "../shared/sensitive-data.ts";

const managed: Demand = {
  path: ["manageMasterUserPassword"],
  holds: (value) => value === "true",
  when: (inputs) => startsEmpty(inputs) && inputs.at("globalClusterIdentifier").state === "absent",
  witness: "a login with a password that stood in a program or its state",
  good: true,
  bad: false,
};

export const AD33 = forMarked(
  demandRule({
    id: "AD33",
    sentence:
      "Of a database that is marked as sensitive, Secrets Manager makes and rotates the password.",
    why: "A password that a person or program chose is in its text, its state and its logs, and works until somebody changes it.",
    severity: "medium",
    tenets: ["T3", "T6"],
    controls: ["IA-5", "IA-5(1)", "IA-5(7)"],
    fix: "Set manageMasterUserPassword to true, and leave masterPassword or password out.",
    demands: {
      "aws:docdb/cluster:Cluster": [managed],
      "aws:rds/cluster:Cluster": [managed],
      "aws:rds/instance:Instance": [managed],
    },
    more: [
      {
        kind: "clean",
        says: "a cluster of a global database",
        expect: "not-applicable",
        resources: alone("aws:rds/cluster:Cluster", { globalClusterIdentifier: "orders" }),
      },
    ],
  }),
);
