/** Ordinary programs that know nothing of Bulkhead, by Pulumi's own command, in the local clouds. */
import assert from "node:assert/strict";
import { Checkout } from "../harness/checkout.ts";
import { type Configuration, Program } from "../harness/program.ts";

const minutes = 60_000;

const aws: Configuration = { "aws:region": "eu-west-1" };
const azure: Configuration = { "azure-native:location": "westeurope" };
const gcp: Configuration = { "gcp:project": "acme-shop", "gcp:region": "europe-west1" };

/** Folders below test/programs, with what their owners configure. */
const programs: Readonly<Record<string, Configuration>> = {
  "web-server": aws,
  "fargate-service": aws,
  "static-site": aws,
  "serverless-api": aws,
  "database-with-replicas": { ...aws, ...gcp },
  "aks-cluster": azure,
  "azure-web-app": azure,
  "gke-cluster": gcp,
};

describe("ordinary programs", function () {
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

  const world = async (): Promise<string[]> => {
    const { code, stdout, stderr } = await checkout.run(["clouds", "state", "--json"]);
    assert.equal(code, 0, stderr);
    return (JSON.parse(stdout) as { resources: { id: string }[] }).resources.map(({ id }) => id);
  };

  for (const [name, configuration] of Object.entries(programs)) {
    it(`${name} comes up, stays as it is, and leaves nothing`, async () => {
      const program = await Program.open(checkout, `test/programs/${name}`, configuration);
      await program.run("preview");
      await program.run("up", "--yes", "--skip-preview");
      assert.notDeepEqual(await world(), []);
      await program.run("refresh", "--yes", "--skip-preview", "--expect-no-changes");
      await program.run("up", "--yes", "--skip-preview", "--expect-no-changes");
      await program.run("destroy", "--yes", "--skip-preview");
      assert.deepEqual(await world(), []);
    });
  }
});
