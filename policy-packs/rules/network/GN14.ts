/** Cloud SQL documentation, "Configure public IP": on unless told otherwise; AlloyDB's is off. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { addressesOf } from "../../lift/address-set.ts";
import type { Peer } from "../../lift/edge-rule.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { judgePeers } from "../shared/open-port.ts";

const sql = "gcp:sql/databaseInstance:DatabaseInstance";
const alloy = "gcp:alloydb/instance:Instance";
const instance = (ipConfiguration: Json) => alone(sql, { settings: { ipConfiguration } });

export const GN14: Rule = {
  id: "GN14",
  sentence: "No database has a public address, and none is open to everybody.",
  why: "A password is all that is left between everybody on the internet and the data.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [cis("cis-gcp-3.0.0", "6.5"), cis("cis-gcp-3.0.0", "6.6")],
  fix: "Set ipv4Enabled to false with a privateNetwork or private service connect, and name no authorized networks.",
  subjects: [sql, alloy],
  needs: "resource",
  check: ({ type, inputs }, judge) => {
    const settings =
      type === sql ? inputs.at("settings", "ipConfiguration") : inputs.at("networkConfig");
    const address = settings.at(type === sql ? "ipv4Enabled" : "enablePublicIp");
    judge.part(() => {
      // A copy takes the settings of what it copies.
      if (type === sql && isCopy(inputs) && address.state === "absent") return;
      if ((address.flag() ?? type === sql) === false) return;
      judge.fail(address, "a connection from the internet to the database's public address");
    });
    judge.part(() => {
      const [list, key] =
        type === sql
          ? ["authorizedNetworks", "value"]
          : ["authorizedExternalNetworks", "cidrRange"];
      const peers = entriesOf(settings.at(list)).map((entry): Peer => {
        const at = entry.at(key);
        return { kind: "addresses", at, addresses: () => addressesOf(at) };
      });
      judgePeers(judge, peers, (at, who) => judge.fail(at, `a connection from ${who}`));
    });
  },
  examples: [
    {
      kind: "violating",
      says: "everybody authorized, in two halves",
      expect: "fail",
      resources: instance({
        ipv4Enabled: false,
        authorizedNetworks: [{ value: "0.0.0.0/1" }, { value: "128.0.0.0/1" }],
      }),
      path: "settings.ipConfiguration.authorizedNetworks[0].value",
    },
    {
      kind: "violating",
      says: "a public address",
      expect: "fail",
      resources: alone(alloy, { networkConfig: { enablePublicIp: true } }),
      path: "networkConfig.enablePublicIp",
    },
    {
      kind: "clean",
      says: "private",
      expect: "pass",
      resources: instance({ ipv4Enabled: false, privateNetwork: "net" }),
    },
    {
      kind: "unknown",
      says: "who is authorized is not known",
      expect: "unknown",
      resources: instance({ ipv4Enabled: false, authorizedNetworks: unknownHere }),
      path: "settings.ipConfiguration.authorizedNetworks",
    },
    {
      kind: "absent",
      says: "nothing set",
      expect: "fail",
      resources: alone(sql, { databaseVersion: "POSTGRES_17" }),
      path: "settings.ipConfiguration.ipv4Enabled",
    },
  ],
};

function isCopy(inputs: View): boolean {
  return inputs.at("clone").state === "known" && inputs.at("settings").state === "absent";
}
