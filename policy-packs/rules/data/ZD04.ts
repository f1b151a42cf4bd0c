/**
 * Microsoft Learn, "Transparent data encryption for SQL Database": on unless it is switched off, and
 * under the service's key unless the server, or a protector of its own, names another.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { namesOwnKey } from "../shared/key-rule.ts";
import { referring } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { referrersOf, refersTo } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const server = "azure-native:sql:Server";
const protector = "azure-native:sql:EncryptionProtector";
const encryption = "azure-native:sql:TransparentDataEncryption";

const protectors: Relation = {
  from: [protector],
  to: server,
  properties: ({ inputs }) => [inputs.at("serverName")],
};

export const ZD04: Rule = {
  id: "ZD04",
  sentence: "A SQL server encrypts its databases, under a key of one's own.",
  why: "A copied database or backup opens anywhere in plaintext; and under Microsoft's key nobody can shut it again.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-12", "SC-28", "SC-28(1)"],
  frameworks: [
    cis("cis-azure-2.1.0", "4.1.3"),
    cis("cis-azure-2.1.0", "4.1.5"),
    iso("azure", "A.8.24", "sqlserver_tde_encrypted_with_cmk"),
  ],
  fix: "Leave TransparentDataEncryption on, and set the server's keyId, or plan an EncryptionProtector with serverKeyType AzureKeyVault.",
  subjects: [encryption, server],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (subject.type === encryption) {
      const state = subject.inputs.at("state");
      if (state.text() === "Disabled") judge.fail(state, "a copy of the database is read anywhere");
      return;
    }
    const keyId = subject.inputs.at("keyId");
    if (keyId.state !== "absent" && namesOwnKey(keyId, plan, "azure")) return;
    const protects = someOf(judge, referrersOf(plan, subject, protectors), ({ inputs }) => {
      const isOwn = inputs.at("serverKeyType").text() === "AzureKeyVault";
      return isOwn && refersTo(plan, inputs.at("serverName"), subject);
    });
    if (protects === "no") judge.fail(keyId, "Microsoft's key opens every database");
  },
  examples: [
    {
      kind: "violating",
      says: "encryption switched off",
      expect: "fail",
      resources: alone(encryption, { state: "Disabled" }),
      path: "state",
    },
    {
      kind: "violating",
      says: "the service's key",
      expect: "fail",
      resources: [planned(), protecting("ServiceManaged")],
      path: "keyId",
    },
    {
      kind: "clean",
      says: "a key of one's own",
      expect: "pass",
      resources: [planned(), protecting("AzureKeyVault")],
    },
    {
      kind: "unknown",
      says: "the kind of key is not known",
      expect: "unknown",
      resources: [planned(), protecting(unknownHere)],
      path: "serverKeyType",
    },
    { kind: "absent", says: "no key", expect: "fail", resources: alone(server, {}), path: "keyId" },
  ],
};

function planned(): ExampleResource {
  return { type: server, name: "shop", props: { version: "12.0" } };
}

function protecting(serverKeyType: Json) {
  return referring(protector, "protector", "serverName", "shop", { serverKeyType });
}
