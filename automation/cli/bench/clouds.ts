/**
 * The local clouds' figures: what they cost over a provider that does nothing, how much they hold and
 * how soon they are there. Everything works on worlds of its own below `.bulkhead/bench`.
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Descriptor } from "../../clouds/descriptor.ts";
import { startClouds, stopClouds } from "../../clouds/start.ts";
import type { Folders } from "../../engine/folders.ts";
import type { Context } from "../context.ts";
import { ProviderClient } from "./clouds/provider-client.ts";
import { startStub } from "./clouds/stub.ts";
import { upRatio } from "./clouds/up-ratio.ts";
import { alternating, atMost, type Figure, median } from "./figure.ts";

const area = "clouds";
const rounds = { start: 5, check: 300, warm: 200, open: 3 };
const bars = { startS: 1, checkRatio: 1.5, rssMb: 400, openS: 2, upRatio: 1.15 };
const worldResources = 10_000;
/** Requests on their way at once while the world is filled. */
const inFlightMax = 64;

const group = "aws:ec2/securityGroup:SecurityGroup";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";

/** Measures all figures, one after the other; the update of 1,000 resources only where asked for. */
export async function measureClouds(
  context: Context,
  options: { readonly long: boolean },
): Promise<Figure[]> {
  const bench = join(context.root, ".bulkhead", "bench", area);
  rmSync(bench, { recursive: true, force: true });
  const folders = { ...context.folders, worlds: bench, world: join(bench, "world"), clouds: bench };
  try {
    const figures = [await startTime(context, folders), await checkTime(context, folders)];
    figures.push(...(await largeWorld(context, folders)));
    if (options.long) {
      const ratio = await upRatio(context, folders);
      figures.push(atMost(area, "up1000_ratio", ratio, "ratio", bars.upRatio));
    }
    return figures;
  } finally {
    rmSync(bench, { recursive: true, force: true });
  }
}

/** From the start of the process until it announces itself, with an empty world. */
async function startTime(context: Context, folders: Folders): Promise<Figure> {
  context.output.note("▸ start with an empty world");
  const times: number[] = [];
  for (let round = 0; round < rounds.start; round++) {
    rmSync(folders.world, { force: true });
    const { elapsedMs, clouds } = await started(context, folders);
    await stopClouds(folders, clouds);
    times.push(elapsedMs / 1000);
  }
  return atMost(area, "start_s", median(times), "s", bars.startS);
}

/** One Check of a security group with 30 rules, over the same by a provider that does nothing. */
async function checkTime(context: Context, folders: Folders): Promise<Figure> {
  context.output.note("▸ check of a group with 30 rules");
  const { clouds } = await started(context, folders);
  const stub = await startStub();
  const own = new ProviderClient(clouds.providers["aws"] ?? 0);
  const other = new ProviderClient(stub.port);
  try {
    await own.configure({ region: "eu-west-1" });
    for (let i = 0; i < rounds.warm; i++) {
      await own.check(group, `warm-${i}`, thirtyRules);
      await other.check(group, `warm-${i}`, thirtyRules);
    }
    let name = 0;
    const { first, second } = await alternating(
      rounds.check,
      () => own.check(group, `group-${name++}`, thirtyRules),
      () => other.check(group, `group-${name++}`, thirtyRules),
    );
    return atMost(area, "check_ratio", first / second, "ratio", bars.checkRatio);
  } finally {
    own.close();
    other.close();
    stub.stop();
    await stopClouds(folders, clouds);
  }
}

const thirtyRules = {
  description: "thirty rules",
  vpcId: "vpc-0123456789abcdef0",
  tags: { Name: "thirty", owner: "bench" },
  ingress: Array.from({ length: 30 }, (_, i) => ({
    protocol: "tcp",
    fromPort: 1000 + i,
    toPort: 1000 + i,
    cidrBlocks: [`10.0.${i}.0/24`, `10.1.${i}.0/24`],
    description: `rule ${i}`,
  })),
};

/** Memory of the process that made a world of 10,000 resources, and the time to open that world. */
async function largeWorld(context: Context, folders: Folders): Promise<Figure[]> {
  context.output.note(`▸ a world of ${worldResources} resources`);
  rmSync(folders.world, { force: true });
  const { clouds } = await started(context, folders);
  await fill(context, clouds);
  const filledMb = residentMb(clouds.pid);
  await stopClouds(folders, clouds);
  const times: number[] = [];
  let openedMb = 0;
  for (let round = 0; round < rounds.open; round++) {
    const again = await started(context, folders);
    times.push(again.elapsedMs / 1000);
    openedMb = Math.max(openedMb, residentMb(again.clouds.pid));
    await stopClouds(folders, again.clouds);
  }
  return [
    atMost(area, "rss10k_mb", Math.max(filledMb, openedMb), "MB", bars.rssMb),
    atMost(area, "open10k_s", median(times), "s", bars.openS),
  ];
}

async function fill(context: Context, clouds: Descriptor): Promise<void> {
  const client = new ProviderClient(clouds.providers["aws"] ?? 0);
  await client.configure({ region: "eu-west-1" });
  let next = 0;
  const worker = async () => {
    while (next < worldResources) {
      context.interrupts.check();
      const name = `group-${next++}`;
      await client.create(logGroup, name, { name, retentionInDays: 30, tags: { owner: "bench" } });
    }
  };
  await Promise.all(Array.from({ length: inFlightMax }, worker));
  client.close();
}

async function started(
  context: Context,
  folders: Folders,
): Promise<{ elapsedMs: number; clouds: Descriptor }> {
  context.interrupts.check();
  const begun = performance.now();
  const clouds = await startClouds(folders, context.variables, { kept: false, ports: [] });
  return { elapsedMs: performance.now() - begun, clouds };
}

/** Resident memory in MB of 10^6 bytes; `ps` counts in KiB. */
function residentMb(pid: number): number {
  const kib = execFileSync("ps", ["-o", "rss=", "-p", `${pid}`], { encoding: "utf8" });
  return (Number(kib) * 1024) / 1e6;
}
