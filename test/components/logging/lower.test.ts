import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { lowerAws } from "../../../components/logging/aws/lower.ts";
import { lowerTrail } from "../../../components/logging/aws/lower-trail.ts";
import { lowerAzure } from "../../../components/logging/azure/lower.ts";
import { lowerEntra } from "../../../components/logging/azure/lower-entra.ts";
import { lowerGcp } from "../../../components/logging/gcp/lower.ts";
import { lowerSink } from "../../../components/logging/gcp/lower-sink.ts";
import type { PolicyDocument } from "../../../components/shared/aws-policy.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { accounts } from "../identity/example.ts";
import { awsPlaces, azurePlaces, intent, organisationIntent } from "./example.ts";

const { aws, azure, gcp } = accounts;

describe("lowering the logging intent", () => {
  it("gives AWS a locked store and a flow log per place", () => {
    matchesGolden("logging/aws", lowerAws(intent, aws, awsPlaces));
  });

  it("gives Azure a store per region, flow logs and the activity log", () => {
    matchesGolden("logging/azure", lowerAzure(intent, azure, azurePlaces));
  });

  it("gives GCP a locked store, a sink and an audit configuration", () => {
    matchesGolden("logging/gcp", lowerGcp(intent, gcp));
  });

  it("gives the organisation a trail, Entra's diagnostics and a sink", () => {
    matchesGolden("logging/organisation", {
      trail: lowerTrail(organisationIntent, aws),
      entra: lowerEntra(organisationIntent, azure),
      sink: lowerSink(organisationIntent, gcp),
    });
  });

  it("locks firmly or liftably, as the intent says", () => {
    const lift = { ...intent, lock: "governance" } as const;
    const modes = (of: typeof intent) => [
      lowerAws(of, aws, []).store.buckets.map(({ lock }) => lock?.mode),
      lowerGcp(of, gcp).store.isLocked,
    ];
    assert.deepEqual(modes(intent), [[undefined, "COMPLIANCE"], true]);
    assert.deepEqual(modes(lift), [[undefined, "GOVERNANCE"], false]);
  });

  it("keeps Azure's flow logs for ever where Azure cannot count so far", () => {
    const retention = (days: number) =>
      lowerAzure({ ...intent, retentionDays: days }, azure, azurePlaces).flowLogs[0]?.retention;
    assert.deepEqual(retention(365), { enabled: true, days: 365 });
    assert.deepEqual(retention(366), { enabled: false, days: 0 });
  });

  it("uses Azure's own Network Watcher where the intent says so", () => {
    const existing = { ...intent, azureNetworkWatcher: "existing" } as const;
    assert.deepEqual(lowerAzure(existing, azure, azurePlaces).watchers, [
      {
        location: "westeurope",
        name: "NetworkWatcher_westeurope",
        existingGroup: "NetworkWatcherRG",
      },
      {
        location: "northeurope",
        name: "NetworkWatcher_northeurope",
        existingGroup: "NetworkWatcherRG",
      },
    ]);
  });

  it("keeps names within what the clouds allow", () => {
    const long = { ...intent, environment: "environment-with-20c" };
    for (const { name } of lowerAws(long, aws, []).store.buckets)
      assert.ok(name.length <= 63, name);
    for (const { account, vault } of lowerAzure(long, azure, azurePlaces).stores) {
      assert.match(account, /^[a-z0-9]{3,24}$/);
      assert.match(vault, /^[a-z][a-z0-9-]{2,23}$/);
    }
    assert.ok(lowerGcp(long, gcp).store.bucket.length <= 63);
  });
});

describe("the policies of log stores", () => {
  const stores = [
    lowerAws(intent, aws, awsPlaces).store,
    lowerTrail(organisationIntent, aws).store,
  ];
  const documents: [string, PolicyDocument][] = stores.flatMap(({ key, buckets }) => [
    [key.alias, key.policy] as [string, PolicyDocument],
    ...buckets.map(({ name, policy }): [string, PolicyDocument] => [name, policy]),
  ]);

  it("refuse every request without TLS", () => {
    for (const { policy, name } of stores.flatMap(({ buckets }) => buckets)) {
      const denial = policy.Statement.find(({ Effect }) => Effect === "Deny");
      assert.deepEqual(denial?.Condition, { Bool: { "aws:SecureTransport": "false" } }, name);
    }
  });

  it("let services act for this account only", () => {
    const ofServices = documents.flatMap(([name, { Statement }]) =>
      Statement.filter(({ Principal }) => Principal?.["Service"] !== undefined).map(
        ({ Condition }) => [name, JSON.stringify(Condition)] as const,
      ),
    );
    assert.equal(ofServices.length, 9);
    for (const [name, condition] of ofServices) {
      assert.match(condition, /SourceArn|EncryptionContext/, name);
      assert.match(condition, /111122223333/, name);
    }
  });

  it("let nobody write under a public principal", () => {
    for (const [name, { Statement }] of documents) {
      for (const { Effect, Principal } of Statement) {
        if (Effect === "Allow") assert.doesNotMatch(JSON.stringify(Principal), /"\*"/, name);
      }
    }
  });
});
