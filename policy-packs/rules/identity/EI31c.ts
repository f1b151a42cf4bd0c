/** Microsoft Learn, "Connect to Azure Cosmos DB for NoSQL using role-based access control"; the other interfaces know only keys. */
import type { View } from "../../../model/policy/view.ts";
import { cis } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const EI31c = demandRule({
  id: "EI31c",
  sentence: "A Cosmos DB account takes no keys.",
  why: "A key names nobody, opens everything, and ends only when somebody changes it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  frameworks: [cis("cis-azure-2.1.0", "4.5.3")],
  fix: "Set disableLocalAuth to true, and give callers roles on the data.",
  demands: {
    "azure-native:cosmosdb:DatabaseAccount": [
      {
        path: ["disableLocalAuth"],
        holds: (value) => value === "true",
        witness: "a query signed with a leaked account key",
        when: isForRoles,
        good: true,
        bad: false,
      },
    ],
  },
  // Whoever still comes with a key or password is shut out.
  remedy: "opt-in",
});

/** Whether the account's interface knows roles: MongoDB, Cassandra and Gremlin have keys only. */
function isForRoles(inputs: View): boolean {
  if (inputs.at("kind").text() === "MongoDB") return false;
  const names = inputs
    .at("capabilities")
    .items()
    .map((one) => one.at("name").text() ?? "");
  return !names.some((name) => /^Enable(Mongo|Cassandra|Gremlin)$/i.test(name));
}
