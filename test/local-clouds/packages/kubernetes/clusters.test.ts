/** Several clusters in one world, reached by the kubeconfig of each. */

import assert from "node:assert/strict";
import type { ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { makeNetwork, makeRole, openAws, textAt } from "../aws/fixtures.ts";

const namespace = "kubernetes:core/v1:Namespace";
const shop = { metadata: { name: "shop" } };

function kubeconfig(server: string): string {
  return JSON.stringify({
    clusters: [{ name: "c", cluster: { server } }],
    contexts: [{ name: "c", context: { cluster: "c" } }],
    "current-context": "c",
  });
}

describe("kubernetes clusters", () => {
  let aws: Lab;
  let one: Made;
  let two: Made;
  before(async () => {
    aws = openAws();
    const network = makeNetwork(aws);
    const role = makeRole(aws, "control", "eks.amazonaws.com");
    const make = (name: string): Promise<Made> =>
      aws.createLater("aws:eks/cluster:Cluster", name, {
        name,
        roleArn: textAt(role, "arn"),
        version: "1.34",
        vpcConfig: { subnetIds: network.subnets.map(({ id }) => id) },
      });
    one = await make("one");
    two = await make("two");
  });
  after(() => aws.close());

  const at = (server: string, more: ValueObject = {}) =>
    aws.with("kubernetes", { kubeconfig: kubeconfig(server), ...(more as object) });

  it("are apart, and each is found by any spelling of its address", () => {
    const first = at(textAt(one, "endpoint"));
    const made = first.create(namespace, "shop", shop);
    assert.ok(at(`${textAt(one, "endpoint")}`).read(namespace, "shop"));
    assert.equal(at(textAt(two, "endpoint")).read(namespace, "shop"), undefined);
    first.delete(made);
  });

  it("that are not there are unreachable, whatever is asked", () => {
    const nowhere = at("https://gone.example");
    const message =
      /^configured Kubernetes cluster is unreachable: .*dial tcp: lookup gone\.example/;
    assert.match(
      nowhere.refusal(() => nowhere.create(namespace, "shop", shop)),
      message,
    );
    assert.match(
      nowhere.refusal(() => nowhere.read(namespace, "shop")),
      message,
    );
    const made = at(textAt(two, "endpoint")).create(namespace, "shop", shop);
    assert.match(
      nowhere.refusal(() => nowhere.delete(made)),
      message,
    );
    assert.match(
      nowhere.refusal(() => nowhere.update(made, shop)),
      message,
    );
    // A preview cannot tell: the cluster may be made before the object.
    assert.ok(nowhere.preview(namespace, "shop", shop));
  });

  it("take their objects along, and may be forgiven for being gone", () => {
    const lab = at(textAt(two, "endpoint"));
    const made = lab.create(namespace, "front", { metadata: { name: "front" } });
    lab.create("kubernetes:core/v1:ConfigMap", "c", {
      metadata: { name: "c", namespace: "front" },
    });
    aws.delete(two);
    assert.deepEqual(
      aws.clouds.world.all().filter((row) => row.package === "kubernetes"),
      [],
    );
    assert.match(
      lab.refusal(() => lab.delete(made)),
      /is unreachable/,
    );
    const forgiving = at(textAt(two, "endpoint"), { deleteUnreachable: true });
    forgiving.delete(made);
    assert.equal(forgiving.read(namespace, "front"), undefined);
  });

  it("of this machine are always there", () => {
    assert.equal(at("https://127.0.0.1:41234").create(namespace, "shop", shop).id, "shop");
  });
});
