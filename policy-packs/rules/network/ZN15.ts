/**
 * Microsoft Learn, "Azure SQL Database and Azure Synapse IP firewall rules" and the like of the other
 * databases: the range 0.0.0.0 to 0.0.0.0 stands for everything in Azure, other customers' included.
 */
import { tryParseAddress } from "../../../model/base/address.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { cis } from "../shared/benchmarks.ts";
import { databaseFirewallExamples } from "../shared/database-firewall-examples.ts";

const inDatabase = ["startIpAddress", "endIpAddress"] as const;

/** First and last address of each kind of rule. */
const rangeOf: Readonly<Record<string, readonly [string, string]>> = {
  "azure-native:sql:FirewallRule": inDatabase,
  "azure-native:dbforpostgresql:FirewallRule": inDatabase,
  "azure-native:dbforpostgresql:ServerGroupFirewallRule": inDatabase,
  "azure-native:dbforpostgresql:SingleServerFirewallRule": inDatabase,
  "azure-native:dbformysql:FirewallRule": inDatabase,
  "azure-native:dbformysql:SingleServerFirewallRule": inDatabase,
  "azure-native:cosmosdb:MongoClusterFirewallRule": inDatabase,
  "azure-native:synapse:IpFirewallRule": inDatabase,
  "azure-native:redis:FirewallRule": ["startIP", "endIP"],
};

/** From as many addresses on a range is nobody's own: a /8. */
const wideRangeAddresses = 2n ** 24n;

/** First address of 10.0.0.0/8, the only private block as wide. */
const privateFrom = 10n << 24n;

export const ZN15: Rule = {
  id: "ZN15",
  sentence: "The firewall of a database names those who call: neither everybody nor all of Azure.",
  why: "A password is then all that is left, and anybody may rent a machine in Azure for an hour.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [cis("cis-azure-2.1.0", "4.1.2"), cis("cis-azure-2.1.0", "4.3.7")],
  fix: "Name the few addresses that call, or take the server off the public network and use a private endpoint.",
  subjects: Object.keys(rangeOf),
  needs: "resource",
  check: (subject, judge) => {
    const [start, end] = (rangeOf[subject.type] ?? inDatabase).map((name) =>
      subject.inputs.at(name),
    ) as [View, View];
    const [from, to] = [addressOf(start), addressOf(end)];
    if (from === 0n && to === 0n) {
      judge.fail(start, "a connection from anybody's machine in Azure");
    } else if (to - from + 1n >= wideRangeAddresses && !isPrivate(from, to)) {
      judge.fail(end, `a connection from any address up to ${end.text()}`);
    }
  },
  examples: databaseFirewallExamples,
};

function isPrivate(from: bigint, to: bigint): boolean {
  return from >= privateFrom && to < privateFrom + wideRangeAddresses;
}

function addressOf(view: View): bigint {
  const address = tryParseAddress(view.text() ?? "");
  if (address === undefined) throw new Undecided(view.urn, view.path, "unreadable");
  return address.value;
}
