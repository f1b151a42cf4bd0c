/** What of a lifted network belongs to one place of an intent. */
import assert from "node:assert/strict";
import type { NetworkIntent } from "../../../model/network/intent.ts";
import type { ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { examplePlan } from "../../../policy-packs/kit/example-plan.ts";
import { liftNetwork } from "../../../policy-packs/lift/network.ts";
import { inPlace } from "../../../policy-packs/lift/place.ts";
import { azurePlan } from "../../../policy-packs/rules/shared/network-plans.ts";

const google: ExampleResource[] = [
  { type: "gcp:compute/network:Network", name: "g", props: { autoCreateSubnetworks: false } },
  {
    type: "gcp:compute/subnetwork:Subnetwork",
    name: "g-subnet",
    props: { network: unknownHere, ipCidrRange: "10.7.0.0/24", region: "europe-west4" },
    dependsOn: { network: ["g"] },
  },
];

describe("a place of a lifted network", () => {
  it("has its own cloud's platform, and nothing that another cloud has or is", () => {
    const resources = azurePlan();
    const lifted = liftNetwork(examplePlan([...resources, ...google])).topology;
    const intent = resources[0].props["intent"] as unknown as NetworkIntent;
    const [place] = intent.places;
    assert.ok(place);
    const names = ({ endpoints }: typeof lifted) => endpoints.map(({ name }) => name);
    assert.ok(names(lifted).some((name) => name.startsWith("Google")));
    const here = names(inPlace(lifted, intent, place));
    assert.ok(
      here.some((name) => name.startsWith("Azure platform")),
      here.join(),
    );
    assert.ok(
      !here.some((name) => name.startsWith("Google") || name.startsWith("g-")),
      here.join(),
    );
  });
});
