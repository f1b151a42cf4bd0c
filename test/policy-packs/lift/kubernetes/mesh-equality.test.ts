/**
 * What is lowered to Istio's policies and lifted back means what was declared: nothing, and the
 * declared calls by the identity of the caller. Only TCP goes through a mesh, and only what comes in
 * is judged. A test run draws 500 of a seed's 10,000; `./bulkhead test --full segmentation` makes all.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { seedOf } from "../../../../automation/cli/testing/seed.ts";
import { lowerCluster } from "../../../../components/mesh/lower.ts";
import { subtract } from "../../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../../model/base/layer4.ts";
import { checkMeshIntent } from "../../../../model/mesh/check-intent.ts";
import type { IngressIntent, MeshIntent, ServiceIntent } from "../../../../model/mesh/intent.ts";
import {
  applicationNamespaces,
  findService,
  gatewayNamespace,
  ingressGateway,
  ingressPort,
  serviceRef,
  workloadPortOf,
} from "../../../../model/mesh/intent.ts";
import { parseEnd } from "../../../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../../../../model/network/intent.ts";
import { allow } from "../../../../model/network/intent.ts";
import { flowsTopology } from "../../../../model/network/intent-topology.ts";
import { placeFlows } from "../../../../model/network/local-flows.ts";
import type { Endpoint, Rule, Stage, Topology } from "../../../../model/network/topology.ts";
import type { Comparison } from "../../../../model/reach/compare.ts";
import { compareTopologies } from "../../../../model/reach/compare.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { everyTcp } from "../../../../policy-packs/lift/kubernetes/mesh-rules.ts";
import { clusterInPlace } from "../../../../policy-packs/lift/kubernetes/place.ts";
import { plannedClusters } from "../../../../policy-packs/lift/kubernetes/plan.ts";
import { anyPlugin } from "../../../../policy-packs/lift/kubernetes/plugin.ts";
import { liftCluster } from "../../../../policy-packs/lift/kubernetes/topology.ts";
import { drawn } from "../../../harness/fault-runs.ts";
import { generatedRuns } from "../../../harness/generated-runs.ts";
import { intents } from "../../../model/mesh/intents.ts";
import { firstCluster, sample } from "../../../model/mesh/sample.ts";
import type { ManifestObject } from "./lowered.ts";
import { deployment, namespaceOf, planned } from "./lowered.ts";

const seed = seedOf(import.meta.dirname, process.env);
const place: PlaceIntent = { name: "here", cloud: "aws", region: "x", cidr4: "10.16.0.0/16" };
const gateway = "gateway";
const callers = "callers";

/** Meshes of both trust domains, some with a way in. */
const meshes: fc.Arbitrary<MeshIntent> = intents().chain((intent) => {
  const web = intent.services.filter(({ offers }) => offers && offers.protocol !== "tcp");
  const offering = web.map(serviceRef);
  const { ingress: entry } = sample;
  assert.ok(entry !== undefined);
  const from = fc.subarray(["192.0.2.0/24", "198.51.100.7/32", "2001:db8::/32"], { minLength: 1 });
  const ingress =
    offering.length === 0
      ? fc.constant(undefined)
      : fc.option(
          fc
            .tuple(fc.constantFrom(...offering), from)
            .map(([service, prefixes]): IngressIntent => ({ ...entry, service, from: prefixes })),
          { nil: undefined },
        );
  const domain = fc.constantFrom("cluster.local", intent.trustDomain);
  return fc.tuple(ingress, domain).map(([some, trustDomain]) => ({
    ...intent,
    trustDomain,
    ...(some === undefined ? {} : { ingress: some }),
  }));
});

/** The calls as flows between workloads. */
function asFlows(mesh: MeshIntent): NetworkIntent {
  const { ingress } = mesh;
  const portOf = (ref: string) => {
    const offers = findService(mesh, ref)?.offers;
    return `tcp/${offers === undefined ? 0 : workloadPortOf(offers)}`;
  };
  const own = ({ namespace, name }: Pick<ServiceIntent, "namespace" | "name">) =>
    `${namespace}-${name}`;
  const named = (ref: string) => ref.replace("/", "-");
  const segment = (name: string, workload: string) =>
    ({ name, purpose: "test", egress: "none", members: [{ workload }] }) as const;
  return {
    places: [place],
    segments: [
      ...mesh.services.map((service) => segment(own(service), serviceRef(service))),
      ...(ingress === undefined
        ? []
        : [
            segment(gateway, `${gatewayNamespace}/${ingressGateway}`),
            { name: callers, purpose: "test", egress: "none", cidrs: ingress.from } as const,
          ]),
    ],
    flows: [
      ...mesh.calls.map(({ from, to }) => allow(named(from), named(to), portOf(to), "test")),
      ...(ingress === undefined
        ? []
        : [
            allow(callers, gateway, `tcp/${ingressPort}`, "test"),
            allow(gateway, named(ingress.service), portOf(ingress.service), "test"),
          ]),
    ],
  };
}

/** Workloads in the mesh, of whom nothing was said too, and beside it. */
function workloads(mesh: MeshIntent): ManifestObject[] {
  return [
    ...mesh.services.map(({ namespace, name }) => deployment(namespace, name)),
    ...applicationNamespaces(mesh).map((namespace) => deployment(namespace, "stranger")),
    ...(mesh.ingress === undefined
      ? []
      : [deployment(gatewayNamespace, ingressGateway, { istio: "ingressgateway" })]),
    namespaceOf("elsewhere", { "istio-injection": "enabled" }),
    deployment("elsewhere", "a"),
    namespaceOf("plain"),
    deployment("plain", "b"),
  ];
}

function lowered(mesh: MeshIntent): ManifestObject[] {
  const { namespaces, meshObjects, releases } = lowerCluster(mesh, firstCluster);
  const charts = releases.filter(({ name }) => name === "istiod");
  return [
    ...namespaces,
    ...meshObjects,
    ...charts.map(({ name, namespace, chart, values }) => ({
      apiVersion: "helm.sh/v3",
      kind: "Release",
      metadata: { name, namespace },
      chart,
      values,
    })),
  ];
}

/** What the mesh is meant to do: it sees TCP alone, and nothing that goes out. */
function seenByMesh(intended: Topology): Topology {
  const pass: Rule = {
    action: "allow",
    peers: [{}],
    selectors: subtract(everyLayer4, everyTcp),
    origin: { urn: "mesh", path: "" },
  };
  const seen = (stage: Stage): Stage => ({
    ...stage,
    tiers: stage.tiers.map(({ rules, ...tier }) => ({ ...tier, rules: [pass, ...rules] })),
  });
  const stages = intended.stages.filter(({ direction }) => direction === "in");
  const kept = new Set(stages.map(({ id }) => id));
  return {
    ...intended,
    stages: stages.map(seen),
    endpoints: intended.endpoints.map((endpoint) => ({
      ...endpoint,
      stages: endpoint.stages.filter((id) => kept.has(id)),
    })),
  };
}

function compare(mesh: MeshIntent, policies: readonly ManifestObject[]): Comparison {
  const intent = asFlows(mesh);
  const [found] = plannedClusters(makePlan(planned([...workloads(mesh), ...policies])));
  assert.ok(found);
  assert.deepEqual(found.cluster.problems, []);
  // Of a chart the values are read, and not what it makes.
  const unread = found.cluster.unread.map(({ path }) => path);
  assert.deepEqual(unread, ["chart"]);
  const { topology } = liftCluster(found.cluster, anyPlugin);
  const all = clusterInPlace(topology, found.cluster, intent, place);
  // Machines in the subnets of a segment have no identity in the mesh.
  const machine = ({ segment = "", outside }: Endpoint) =>
    outside === true && parseEnd(segment).place === place.name;
  const actual = { ...all, endpoints: all.endpoints.filter((one) => !machine(one)) };
  const at = { urn: "intent", path: "calls" };
  const wanted = flowsTopology(placeFlows(intent, place), actual.endpoints, "most", at);
  return compareTopologies(actual, seenByMesh(wanted));
}

function said({ differences }: Comparison): string[] {
  return differences.map(
    ({ kind, from, to, settled }) =>
      `${settled ? "" : "perhaps "}${kind} ${from.name} => ${to.name}`,
  );
}

describe(`what is lowered to Istio, seed ${seed}`, function () {
  this.timeout(60 * 60_000);

  it(`means what ${generatedRuns} generated intents say`, () => {
    fc.assert(
      fc.property(meshes, (mesh) => {
        assert.deepEqual(checkMeshIntent(mesh), []);
        const comparison = compare(mesh, lowered(mesh));
        assert.ok(comparison.pairs > 10);
        const found = said(comparison);
        // From which address a pod calls the gateway is the network plugin's to say.
        const byAddress = /^perhaps extra \S+\[Deployment\] => istio-gateways\//;
        assert.deepEqual(
          found.filter((one) => !byAddress.test(one)),
          [],
        );
        assert.notEqual(comparison.verdict, "violated");
      }),
      { numRuns: generatedRuns, seed: drawn(seed) },
    );
  });

  it("needs every single policy, and nothing else", () => {
    const { ingress: _, ...mesh } = sample;
    const objects = lowered(mesh);
    assert.deepEqual(said(compare(mesh, objects)), []);
    const lacking = (kind: string, name: RegExp) =>
      objects
        .filter((one) => one.kind === kind && name.test(one.metadata.name))
        .map((left) =>
          said(
            compare(
              mesh,
              objects.filter((one) => one !== left),
            ),
          ),
        );
    const calls = lacking("AuthorizationPolicy", /\.from\./);
    assert.equal(calls.length, sample.calls.length);
    for (const found of calls) assert.match(found.join(), /missing/);
    const all = objects.filter(({ metadata }) => metadata.name !== "allow-nothing");
    assert.match(said(compare(mesh, all)).join(), /extra shop\/stranger\S+ => shop\/visitor/);
  });
});
