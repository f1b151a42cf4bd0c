import assert from "node:assert/strict";
import { alike, namePairs, normalise } from "../../../local-clouds/replay/normalise.ts";

describe("what services make up", () => {
  it("is told apart from what was given", () => {
    const form = (text: string) => normalise(text).form;
    assert.equal(form("bucket-5c6160b"), "bucket-<id>");
    assert.equal(form("vpc-0a1b2c3d4e5f60718"), "vpc-<id>");
    assert.equal(
      form("arn:aws:sns:us-west-2:616138583583:alarms"),
      "arn:aws:sns:us-west-2:<id>:alarms",
    );
    assert.equal(form("2023-11-01T09:15:54.250-07:00"), "<time>");
    assert.equal(form("2024-01-30T09:19:24Z"), "<time>");
    assert.equal(form("BwYQJtKHnbI="), "<fingerprint>");
    assert.equal(form("10.28.0.0/14"), "<address>/14");
    assert.equal(form("AROAZ7XKQ2PLM3ABCDEFG"), "<unique id>");
    assert.equal(form("3d2f1c77-0000-4abc-8def-1234567890ab"), "<uuid>");
    assert.equal(form("1.27.3-gke.100"), "<version>");
    assert.equal(form("namespacea118e18e"), "namespace<id>");
    assert.equal(form('"0x8DD1979C09AA79F"'), '"<etag>"');
    assert.equal(
      form("wvvfiir1ahfulfhjw41nxip0ye.xx.internal.cloudapp.net"),
      "<domain>.xx.internal.cloudapp.net",
    );
    assert.equal(form("terraform-20240102030405678900000001"), "<uuid>");
    assert.equal(form("a1b2c3d4e5"), "<id>");
    assert.equal(form("us-west-2a"), "us-west-2<zone>");
    assert.equal(form("usw2-az1"), "<zone>");
    assert.equal(form("db-APHDYQXAWC6637KYGRJPNEN5Y4"), "<id>");
    assert.equal(form("ip-172-31-20-1.us-west-2.compute"), "<address>.us-west-2.compute");
    assert.equal(
      form("db.chuqccm8uxqx.us-west-2.rds.amazonaws.com"),
      "db.<host>.us-west-2.rds.amazonaws.com",
    );
  });

  it("is found in a name that looks like an id as a whole", () => {
    assert.ok(alike("rg05734339", "rga675c885"));
    assert.ok(alike("a1b2c3d4e5", "k9l8m7n6o5"));
    assert.ok(!alike("rg05734339", "vna675c885"));
    assert.deepEqual(namePairs("rg05734339", "rga675c885"), [["05734339", "a675c885"]]);
  });

  it("does not swallow words, short numbers and settings", () => {
    for (const text of [
      "default",
      "facade",
      "PRIVATE",
      "86600s",
      "INTERVAL_5_SEC",
      "us-central1",
      "feedface",
    ]) {
      assert.equal(normalise(text).form, text);
    }
  });

  it("makes texts alike that differ in nothing else", () => {
    assert.ok(alike("subnet-0123456789abcdef0", "subnet-fedcba9876543210f"));
    assert.ok(!alike("subnet-0123456789abcdef0", "eni-fedcba9876543210f"));
    assert.ok(!alike("10.0.0.0/16", "10.0.0.0/24"));
    assert.ok(alike(921927215178, 720608826259));
    assert.ok(!alike(110, 64));
  });

  it("gives the names of things by pairs", () => {
    const recorded = "arn:aws:ec2:eu-west-1:616138583583:vpc/vpc-0a1b2c3d at 2024-01-30T09:19:24Z";
    const ours = "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-9f8e7d6c at 2026-11-27T00:00:00Z";
    assert.deepEqual(namePairs(recorded, ours), [
      ["616138583583", "111122223333"],
      ["0a1b2c3d", "9f8e7d6c"],
    ]);
    assert.deepEqual(namePairs("vpc-0a1b2c3d", "eni-9f8e7d6c"), []);
  });
});
