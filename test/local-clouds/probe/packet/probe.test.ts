/** Questions to the packet probe: ends, wrong questions, and ways from one cloud to another. */

import assert from "node:assert/strict";
import { packetRoutes } from "../../../../local-clouds/control/routes/probe-packet.ts";
import { BadRequest } from "../../../../local-clouds/lifecycle/session.ts";
import { probe } from "../../../../local-clouds/probe/packet/probe.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { AwsWorld } from "./aws/world.ts";
import { AzureWorld } from "./azure/world.ts";
import { ask } from "./rows.ts";

describe("packet probe", () => {
  let w: AwsWorld;
  beforeEach(() => {
    w = new AwsWorld();
    w.open();
  });
  afterEach(() => w.lab.close());

  const refused = (packet: string, says: RegExp) =>
    assert.throws(
      () => ask(w.lab, packet),
      (error) => error instanceof BadRequest && says.test(error.message),
    );

  it("knows an end by id, URN, end of URN and address", () => {
    for (const from of [w.web.id, w.web.urn, "Instance::web", "10.0.1.10"]) {
      assert.equal(ask(w.lab, `${from} ${w.app.id} tcp 8080`).from, w.web.id, from);
    }
  });

  it("takes a subnet as a new interface with a free address and the default group", () => {
    w.instance("first", w.b, "10.0.2.4", [w.appGroup]);
    const answer = ask(w.lab, "Subnet::b Instance::web tcp 8080");
    assert.equal(answer.packet, "tcp 10.0.2.5:50000 -> 10.0.1.10:8080");
    assert.match(
      answer.steps[0]?.rule ?? "",
      new RegExp(String(w.vpc.outputs["defaultSecurityGroupId"])),
    );
  });

  it("gives a new interface the members after @", () => {
    const shut = w.group(w.vpc, "shut");
    assert.equal(ask(w.lab, `Subnet::b@${shut.id} Instance::web tcp 8080`).verdict, "dropped");
    const open = ask(w.lab, "Subnet::b@SecurityGroup::app-group Instance::web tcp 8080");
    assert.equal(open.verdict, "arrives");
  });

  it("gives a new interface a public address where it is asked for", () => {
    const gateway = w.gateway();
    w.table("public", w.b, [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }]);
    assert.equal(
      ask(w.lab, `internet Subnet::b@${w.appGroup.id},public tcp 443`).verdict,
      "arrives",
    );
    assert.equal(ask(w.lab, `internet Subnet::b@${w.appGroup.id} tcp 443`).verdict, "dropped");
  });

  it("takes the family of an address, else IPv4 where both ends have it", () => {
    const six = w.six(w.vpc, 2, "10");
    assert.match(ask(w.lab, `Instance::web ${six} tcp 8080`).packet, /^tcp \[2600:/);
    assert.match(ask(w.lab, "Instance::web Instance::app tcp 8080").packet, /^tcp 10\./);
    assert.match(
      ask(w.lab, "Instance::web Instance::app icmp family=6").packet,
      /^icmpv6 .* type 128 code 0$/,
    );
  });

  it("refuses questions that mean nothing", () => {
    refused("Instance::nobody Instance::app tcp 8080", /nothing is named Instance::nobody/);
    refused(
      "Instance::web Vpc::main tcp 8080",
      /is a aws:ec2\/vpc:Vpc, from and to which no packet goes/,
    );
    refused("Instance::web Instance::app tcp", /tcp needs a port/);
    refused("Instance::web Instance::app tcp 70000", /port 70000/);
    refused("Instance::web Instance::app quic 443", /no protocol quic/);
    refused("Instance::web Instance::app tcp 443 family=5", /no IPv5/);
    refused("10.0.1.10 2600::1 tcp 443", /one end is IPv4, the other IPv6/);
    refused("Instance::web Subnet::b@SecurityGroup::none tcp 443", /named SecurityGroup::none/);
    refused("Instance::web Subnet::b@sg-none tcp 443", /sg-none is no security group/);
  });

  it("refuses a name that several have, and lists them", () => {
    const other = w.network("second", "10.9.0.0/16");
    w.subnet(other, "twin", "10.9.1.0/24");
    w.lab
      .with("aws", { region: "us-east-1" })
      .create("aws:ec2/vpc:Vpc", "far", { cidrBlock: "10.8.0.0/16" });
    const far = w.lab.clouds.world
      .all()
      .find(({ region, token }) => region === "us-east-1" && token === "aws:ec2/vpc:Vpc");
    w.lab
      .with("aws", { region: "us-east-1" })
      .create("aws:ec2/subnet:Subnet", "twin", { vpcId: far?.id ?? "", cidrBlock: "10.8.1.0/24" });
    refused("Subnet::twin Instance::web tcp 443", /2 resources fit Subnet::twin/);
  });

  it("leaves the world as it was", () => {
    const before = w.lab.clouds.world.all();
    ask(w.lab, "Instance::web Instance::app tcp 8080");
    assert.deepEqual(w.lab.clouds.world.all(), before);
  });

  it("walks from one cloud to another over the internet, by both clouds' rules", () => {
    const azure = new AzureWorld(w.lab);
    azure.publicWeb();
    const gateway = w.gateway();
    w.table("public", w.a, [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }]);
    const address = String(w.elastic(w.web).outputs["publicIp"]);
    const packet = "Instance::web NetworkInterface::shown-web tcp 443";
    const shut = ask(w.lab, packet);
    assert.deepEqual(
      [shut.verdict, shut.stage],
      ["dropped", "network security group of the subnet, inbound"],
    );
    azure.rule(azure.groupA, "Allow 100 Inbound Tcp 443", { sourceAddressPrefix: address });
    const open = ask(w.lab, packet);
    assert.equal(open.verdict, "arrives");
    assert.ok(open.steps.some(({ stage }) => stage === "internet gateway"));
    assert.match(open.steps.map(({ rule }) => rule).join("\n"), /Allow-100-Inbound/);
    assert.match(open.steps.at(-1)?.stage ?? "", /^reply: network ACL/);
  });

  it("does not carry private addresses from one cloud to another", () => {
    new AzureWorld(w.lab);
    const gateway = w.gateway();
    w.table("public", w.a, [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }]);
    w.elastic(w.web);
    const answer = ask(w.lab, "Instance::web fd00:1:0:2::10 tcp 443");
    assert.equal(answer.verdict, "dropped");
    assert.equal(answer.stage, "route table");
  });

  it("answers at the control door, and refuses there what is no number", async () => {
    const handler = packetRoutes["POST /probe/packet"];
    assert.ok(handler);
    const question = { from: "Instance::web", to: "Instance::app", protocol: "tcp", port: 8080 };
    const answer = (await handler(question, w.lab.clouds)) as JsonObject;
    assert.equal(answer["verdict"], "arrives");
    assert.ok(Array.isArray(answer["steps"]) && answer["steps"].length > 5);
    assert.throws(
      () => handler({ ...question, port: "http" }, w.lab.clouds),
      /"port" is not a number/,
    );
    assert.throws(() => handler({ from: "internet" }, w.lab.clouds), /lacks the text "to"/);
  });

  it("walks many packets through one snapshot, each as it would be alone", async () => {
    const handler = packetRoutes["POST /probe/packets"];
    assert.ok(handler);
    const packets = Array.from({ length: 450 }, (_, i) => ({
      from: i % 3 === 0 ? "internet" : "Instance::web",
      to: i % 2 === 0 ? "Instance::app" : `10.0.2.${i % 250}`,
      protocol: i % 7 === 0 ? "udp" : "tcp",
      port: 8000 + i,
    }));
    const answer = (await handler({ packets }, w.lab.clouds)) as JsonObject;
    const alone = packets.map((packet) => {
      const { steps: _, ...rest } = probe(w.lab.clouds.world, packet);
      return rest;
    });
    assert.deepEqual(answer["answers"], alone);
  });

  it("keeps to its snapshot while the world changes", async () => {
    const handler = packetRoutes["POST /probe/packets"];
    assert.ok(handler);
    const one = { from: "Instance::web", to: "Instance::app", protocol: "tcp", port: 8080 };
    const asked = handler({ packets: new Array(300).fill(one) }, w.lab.clouds);
    w.lab.clouds.world.reset();
    const { answers } = (await asked) as { answers: readonly JsonObject[] };
    assert.deepEqual([...new Set(answers.map(({ verdict }) => verdict))], ["arrives"]);
  });

  it("refuses a batch that is none, and one that is too large", async () => {
    const handler = packetRoutes["POST /probe/packets"];
    assert.ok(handler);
    await assert.rejects(async () => handler({}, w.lab.clouds), /lacks the list "packets"/);
    const many = new Array(200_001).fill({});
    await assert.rejects(
      async () => handler({ packets: many }, w.lab.clouds),
      /200001 packets: at most 200000 fit one request/,
    );
    const { answers } = (await handler({ packets: [1] }, w.lab.clouds)) as JsonObject;
    assert.deepEqual(answers, [{ error: "a packet that is not a JSON object" }]);
  });
});
