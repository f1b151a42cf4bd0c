/** What a walked packet leaves at the interfaces it met. */

import assert from "node:assert/strict";
import { routes } from "../../../local-clouds/control/routes.ts";
import { Deployed } from "../../../local-clouds/probe/packet/deployed.ts";
import { walk } from "../../../local-clouds/probe/packet/probe.ts";
import { flowsOf } from "../../../local-clouds/probe/packet/record.ts";
import { Recorder } from "../../../local-clouds/records/recorder.ts";
import type { Lab } from "../kit/lab.ts";
import { AwsWorld } from "../probe/packet/aws/world.ts";

const at = new Date("2026-01-02T03:04:05Z");

/** Flows of `web` to `app` as `OUT|IN INTERFACE SOURCE DESTINATION ACCEPTED`. */
function flows(lab: Lab, to = "Instance::app"): readonly string[] {
  const question = { from: "Instance::web", to, protocol: "tcp", port: 443 };
  const walked = walk(new Deployed(lab.clouds.world, []), question);
  return flowsOf(walked, at).map(({ direction, interfaceId, source, destination, accepted }) =>
    [direction, interfaceId.slice(0, 4), source, destination, accepted].join(" "),
  );
}

describe("flows of a walked packet", () => {
  let world: AwsWorld;
  beforeEach(() => {
    world = new AwsWorld();
  });
  afterEach(() => world.lab.close());

  it("are one accepted at each end of what arrives", () => {
    world.open();
    assert.deepEqual(flows(world.lab), [
      "out eni- 10.0.1.10 10.0.2.10 true",
      "in eni- 10.0.1.10 10.0.2.10 true",
    ]);
  });

  it("are one rejected at the sender whose own rules drop the packet", () => {
    assert.deepEqual(flows(world.lab), ["out eni- 10.0.1.10 10.0.2.10 false"]);
  });

  it("are accepted at the sender and rejected at the receiver whose rules drop it", () => {
    world.allow(world.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
    assert.deepEqual(flows(world.lab), [
      "out eni- 10.0.1.10 10.0.2.10 true",
      "in eni- 10.0.1.10 10.0.2.10 false",
    ]);
  });

  it("end where a route leads nowhere", () => {
    world.allow(world.webGroup, "egress", "-1", { cidrIpv4: "0.0.0.0/0" });
    assert.deepEqual(flows(world.lab, "198.51.100.9"), ["out eni- 10.0.1.10 198.51.100.9 true"]);
  });

  it("are delivered by the door where a flow log watches", async () => {
    const { lab } = world;
    world.open();
    lab.create("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
    lab.create("aws:ec2/flowLog:FlowLog", "log", {
      subnetId: world.b.id,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: "arn:aws:s3:::logs",
    });
    const clouds = { ...lab.clouds, records: new Recorder(lab.clouds.world) };
    const body = { from: "Instance::web", to: "Instance::app", protocol: "tcp", port: 443 };
    const answer = await routes.get("POST /probe/packet")?.(body, clouds);
    assert.equal((answer as { verdict: string }).verdict, "arrives");
    const lines = lab.clouds.world.records(0).map(({ body: line }) => line);
    // Only the receiver is in the subnet that is watched.
    assert.equal(lines.length, 1);
    assert.match(
      lines[0] ?? "",
      /^2 123456789012 eni-\w+ 10\.0\.1\.10 10\.0\.2\.10 \d+ 443 6 1 40 \d+ \d+ ACCEPT OK$/,
    );
  });
});
