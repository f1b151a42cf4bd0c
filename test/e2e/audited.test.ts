/** The engine's own calls in the logs that it deployed: made, taken away again, and told where they are sent. */
import assert from "node:assert/strict";
import { Checkout } from "../harness/checkout.ts";
import { Program } from "../harness/program.ts";

const minutes = 60_000;

interface Destination {
  readonly name: string;
  readonly token: string;
  readonly count: number;
}

/** Names of calls, sorted, as each cloud tells them. */
interface Told {
  readonly aws: readonly string[];
  readonly azure: readonly string[];
  readonly gcp: readonly string[];
}

const made: Told = {
  aws: ["AttachRolePolicy", "CreateQueue", "CreateRole", "CreateSubnet", "CreateVpc"],
  azure: [
    "MICROSOFT.NETWORK/VIRTUALNETWORKS/SUBNETS/WRITE",
    "MICROSOFT.NETWORK/VIRTUALNETWORKS/WRITE",
  ],
  gcp: [
    "google.iam.admin.v1.CreateServiceAccount",
    "google.iam.v1.IAMPolicy.SetIamPolicy",
    "google.pubsub.v1.Publisher.CreateTopic",
  ],
};
const takenAway: Told = {
  aws: ["DeleteQueue", "DeleteRole", "DeleteSubnet", "DeleteVpc", "DetachRolePolicy"],
  azure: [
    "MICROSOFT.NETWORK/VIRTUALNETWORKS/DELETE",
    "MICROSOFT.NETWORK/VIRTUALNETWORKS/SUBNETS/DELETE",
  ],
  gcp: [
    "google.iam.admin.v1.DeleteServiceAccount",
    "google.iam.v1.IAMPolicy.SetIamPolicy",
    "google.pubsub.v1.Publisher.DeleteTopic",
  ],
};

describe("a program that logs its own making", function () {
  this.timeout(10 * minutes);

  let checkout: Checkout;
  before(async () => {
    checkout = new Checkout();
    const started = await checkout.run(["clouds", "start"]);
    assert.equal(started.code, 0, started.stderr);
  });
  after(async () => {
    await checkout.run(["clouds", "stop"]);
    checkout.remove();
  });

  async function json(...args: string[]): Promise<unknown> {
    const { code, stdout, stderr } = await checkout.run([...args, "--json"]);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  }

  async function destinations(): Promise<readonly Destination[]> {
    return ((await json("clouds", "logs")) as { destinations: Destination[] }).destinations;
  }

  /** Bodies of the records of a destination. */
  async function bodies({ name }: Destination): Promise<readonly Record<string, unknown>[]> {
    const { code, stdout, stderr } = await checkout.run(["clouds", "logs", name]);
    assert.equal(code, 0, stderr);
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async function told(): Promise<Told> {
    const found = await destinations();
    const of = async (token: string, name: (body: Record<string, unknown>) => unknown) => {
      const [one, ...more] = found.filter((destination) => destination.token === token);
      assert.deepEqual(more, []);
      return one === undefined ? [] : (await bodies(one)).map((body) => String(name(body)));
    };
    return {
      aws: await of("aws:s3/bucket:Bucket", (body) => body["eventName"]),
      azure: await of("azure-native:storage:StorageAccount", (body) => body["operationName"]),
      gcp: await of("gcp:storage/bucket:Bucket", (body) =>
        String((body["protoPayload"] as Record<string, unknown>)["methodName"]),
      ),
    };
  }

  /** What came to the logs, in each cloud, after what was there before. */
  async function toldSince(before: Told): Promise<Told> {
    const now = await told();
    const since = (cloud: keyof Told) => now[cloud].slice(before[cloud].length).sort();
    return { aws: since("aws"), azure: since("azure"), gcp: since("gcp") };
  }

  it("tells of creation and removal in the bucket, the account and the sink's bucket, and nowhere else", async () => {
    const configuration = {
      "aws:region": "eu-west-1",
      "azure-native:location": "westeurope",
      "gcp:project": "acme-shop",
      "gcp:region": "europe-west1",
      "audited:busy": "false",
    };
    const program = await Program.open(checkout, "test/programs/audited", configuration);
    await program.run("up", "--yes", "--skip-preview");
    const quiet = await told();
    assert.ok(quiet.aws.includes("CreateBucket"), "the bucket that came after the trail");

    await program.run("config", "set", "busy", "true");
    await program.run("up", "--yes", "--skip-preview");
    assert.deepEqual(await toldSince(quiet), made);
    const busy = await told();

    await program.run("config", "set", "busy", "false");
    await program.run("up", "--yes", "--skip-preview");
    assert.deepEqual(await toldSince(busy), takenAway);
    assert.equal((await destinations()).length, 3);

    await program.run("destroy", "--yes", "--skip-preview");
    const { resources } = (await json("clouds", "state")) as { resources: unknown[] };
    assert.deepEqual(resources, []);
    assert.deepEqual(await destinations(), []);
  });
});
