/**
 * Microsoft Learn, "Configure customer-managed keys" for Azure Cosmos DB, and for Azure Service Bus,
 * of which only the tier Premium can have them.
 */
import { alone } from "../shared/alone.ts";
import { keyRule } from "../shared/key-rule.ts";

const cosmos = "azure-native:cosmosdb:DatabaseAccount";
const bus = "azure-native:servicebus:Namespace";

export const ZD07 = keyRule({
  id: "ZD07",
  sentence:
    "Databases of Cosmos DB and premium namespaces of Service Bus encrypt under a key of one's own.",
  why: "Under Microsoft's key, leave to read the account is leave to read the data; nobody can withdraw that key, or see it used.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-12", "SC-28", "SC-28(1)"],
  fix: "Set keyVaultKeyUri of the account, and encryption.keySource with keyVaultProperties of the namespace.",
  cloud: "azure",
  places: {
    [cosmos]: [
      { path: ["keyVaultKeyUri"], witness: "whoever may read the account reads the data" },
    ],
    [bus]: [
      {
        // Azure refuses a source without the key itself.
        path: ["encryption", "keySource"],
        when: (inputs) => inputs.at("sku", "name").text() === "Premium",
        witness: "whoever may receive reads the messages",
      },
    ],
  },
  base: { [cosmos]: { databaseAccountOfferType: "Standard" }, [bus]: { sku: { name: "Premium" } } },
  more: [
    {
      kind: "clean",
      says: "the tier Standard cannot",
      expect: "not-applicable",
      resources: alone(bus, { sku: { name: "Standard" } }),
    },
  ],
});
