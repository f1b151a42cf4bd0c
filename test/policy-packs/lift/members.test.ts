/** Members of segments by what they carry. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readExport } from "../../../automation/engine/exported-state.ts";
import type { MemberIntent, NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import { withMembers } from "../../../policy-packs/lift/members.ts";
import { liftNetwork } from "../../../policy-packs/lift/network.ts";
import { inPlace } from "../../../policy-packs/lift/place.ts";
import { changed, flawed } from "../../flawed/example.ts";
import { deployment, eks, gke, onlyFrom } from "./clusters/world.ts";

const intent = JSON.parse(readFileSync(flawed.intent, "utf8")) as NetworkIntent;

/** Names of the endpoints that are in a segment of the intent with those members. */
function inSegment(
  members: readonly MemberIntent[],
  state: unknown = changed({}),
  places: readonly PlaceIntent[] = intent.places,
) {
  const plan = makePlan(readExport(JSON.stringify(state), "state"));
  const segments = [
    { ...intent.segments[0], name: "web", members } as NetworkIntent["segments"][0],
  ];
  const { endpoints, unknowns } = withMembers(
    liftNetwork(plan).topology,
    { ...intent, places, segments },
    plan,
  );
  const found = endpoints.filter(({ segment }) => segment !== undefined);
  return { names: found.map(({ name, segment }) => `${name} ${segment}`).sort(), unknowns };
}

const tier = (value: string): MemberIntent => ({ tag: { key: "tier", value } });

describe("members of a segment", () => {
  it("carry a tag of AWS or Azure, or a label of GCP", () => {
    const { names } = inSegment([tier("web")]);
    assert.deepEqual(names, [
      "aws-web web@aws",
      "aws-web-group web@aws",
      "azure-web web@azure",
      "gcp-web web@gcp",
    ]);
  });

  it("carry a network tag of GCP", () => {
    const { names } = inSegment([{ tag: { key: "app-tier", value: "" } }]);
    assert.deepEqual(names, ["gcp-app web@gcp", "network tag app-tier web@gcp"]);
  });

  it("run as a service account of GCP", () => {
    const email = "web@shop.iam.gserviceaccount.com";
    const state = changed({ "gcp-web": { serviceAccount: { email, scopes: ["cloud-platform"] } } });
    assert.deepEqual(inSegment([{ serviceAccount: email }], state).names, ["gcp-web web@gcp"]);
  });

  it("are in the place of their cloud in whose range they stand", () => {
    const [aws] = intent.places as [PlaceIntent];
    const places = [aws, { ...aws, name: "other", cidr4: "10.99.0.0/16" }];
    const { names } = inSegment([tier("data")], undefined, places);
    assert.deepEqual(names, ["aws-data web@aws", "aws-data-group web@aws"]);
    const elsewhere = places.map((place) => ({
      ...place,
      cidr4: `10.9${place.name.length}.0.0/16`,
    }));
    assert.deepEqual(inSegment([tier("data")], undefined, elsewhere).names, []);
  });

  it("are not told while their tags are not known", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const { names, unknowns } = inSegment(
      [tier("data")],
      changed({ "aws-data": { tags: unknown } }),
    );
    assert.deepEqual(names, ["aws-data-group web@aws"]);
    assert.deepEqual(
      unknowns.filter(({ urn }) => urn.endsWith("::aws-data")).map(({ path }) => path),
      ["tags"],
    );
  });

  it("are workloads of the cluster in their place, which are proved themselves", () => {
    const plan = makePlan([
      ...eks,
      ...gke.filter(({ type }) => !type.endsWith(":Instance")),
      deployment("eks", "web"),
      deployment("eks", "job"),
      deployment("gke", "web"),
      onlyFrom("eks", "web", { podSelector: {} }),
    ]);
    const { topology } = liftNetwork(plan);
    const [aws] = intent.places as [PlaceIntent];
    const seen = (members: readonly MemberIntent[]) => {
      const segments = [{ ...intent.segments[0], name: "web", members }];
      const own = { ...intent, places: [aws], segments } as NetworkIntent;
      const { endpoints } = withMembers(topology, own, plan);
      const placed = inPlace({ ...topology, endpoints }, own, aws);
      return {
        members: endpoints.flatMap(({ name, segment }) =>
          segment === undefined ? [] : [`${name} ${segment}`],
        ),
        pods: placed.endpoints.flatMap(({ name }) => (name.includes("/shop/") ? [name] : [])),
        planes: new Set(placed.stages.map(({ plane }) => plane)),
      };
    };
    const web = seen([{ workload: "shop/web" }]);
    assert.deepEqual(web.members, ["eks/shop/web[Deployment] web@aws"]);
    assert.deepEqual(web.pods, ["eks/shop/web[Deployment]"]);
    assert.ok(web.planes.has("network-policy"));
    // Pods of which the intent says nothing are answered for by their nodes.
    assert.deepEqual(seen([tier("data")]).pods, []);
  });
});
