/** A process that creates resources without end and says each id once its creation is acknowledged. */

import { writeSync } from "node:fs";
import { createMade } from "../../../local-clouds/lifecycle/create.ts";
import { awsProfile } from "../../../local-clouds/packages/aws/profile.ts";
import { openWorld } from "../../../local-clouds/world/open.ts";
import { sample, samplePackages } from "./sample.ts";

const cloud = samplePackages.get("aws");
const path = process.argv[2];
if (cloud === undefined || path === undefined) throw new Error("a world's path is needed");

const clouds = { world: openWorld(path), packages: samplePackages, clock: () => new Date() };
const session = { clouds, cloud, scope: awsProfile.scope({}) };
for (let i = 0; ; i++) {
  const urn = `urn:pulumi:test::burst::${sample.network}::n${i}`;
  const { id } = createMade(session, { urn, token: sample.network, inputs: { range: "A" } }, {});
  writeSync(1, `${id}\n`);
}
