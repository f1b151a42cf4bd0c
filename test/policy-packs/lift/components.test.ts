/** What our own components plan in Azure and GCP is exactly what their intent says. */
import assert from "node:assert/strict";
import * as azure from "@pulumi/azure-native/index.js";
import * as gcp from "@pulumi/gcp/index.js";
import fc from "fast-check";
import { Cluster } from "../../../components/cluster/index.ts";
import { Network } from "../../../components/network/index.ts";
import { Segmentation } from "../../../components/segmentation/index.ts";
import { cidrInterval, familyOf, parseCidr } from "../../../model/base/address.ts";
import { portSet, tryParsePorts } from "../../../model/base/layer4.ts";
import type { NetworkIntent } from "../../../model/network/intent.ts";
import type { Topology } from "../../../model/network/topology.ts";
import type { Packet, PacketEnd } from "../../../model/network/walk.ts";
import { walk } from "../../../model/network/walk.ts";
import type { Plan } from "../../../model/policy/view.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import { liftAzure } from "../../../policy-packs/lift/azure/topology.ts";
import { liftGcp } from "../../../policy-packs/lift/gcp/topology.ts";
import { inPlace, plannedPlace } from "../../../policy-packs/lift/place.ts";
import { accounts, clusterIntent } from "../../components/cluster/context.ts";
import { usualOutputs } from "../../harness/cloud-outputs.ts";
import type { Registered } from "../../harness/deploy.ts";
import { deployFully } from "../../harness/deploy.ts";
import { guardedClouds, threeClouds } from "../../harness/intents.ts";
import { rawOfRegistered } from "../../harness/registered.ts";
import { proofOf, wantedOf } from "../../harness/wanted.ts";
import { loweredAzure, loweredGcp } from "./lowered.ts";

const clouds = {
  azure: { lift: liftAzure, provider: () => new azure.Provider("azure", {}) },
  gcp: { lift: liftGcp, provider: () => new gcp.Provider("gcp", {}) },
} as const;
type Name = keyof typeof clouds;

function here(cloud: Name, intent: NetworkIntent = threeClouds): NetworkIntent {
  return { ...intent, places: intent.places.filter((place) => place.cloud === cloud) };
}

const kubeconfig = {
  name: "user",
  value: Buffer.from("certificate-authority-data: QVpV\n").toString("base64"),
};
const administrators = {
  azure: ["00000000-0000-0000-0000-00000000000c"],
  gcp: ["group:administrators@shop.example"],
};
const special: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "gcp:compute/network:Network": { project: "shop" },
  "gcp:serviceaccount/account:Account": { email: "nodes@shop.example" },
  "gcp:container/cluster:Cluster": {
    privateClusterConfig: { privateEndpoint: "10.18.48.2" },
    masterAuth: { clusterCaCertificate: "" },
  },
};

function outputsOf(resource: Pick<Registered, "type" | "name" | "inputs">) {
  return { id: `${resource.name}-id`, ...usualOutputs(resource), ...special[resource.type] };
}

async function planned(
  cloud: Name,
  intent: NetworkIntent,
  preview: boolean,
  cluster = false,
): Promise<Plan> {
  const { resources } = await deployFully(
    () => {
      const providers = [clouds[cloud].provider()];
      const { places } = new Network("network", { intent }, { providers });
      const { memberships } = new Segmentation("segmentation", { intent, places }, { providers });
      if (!cluster) return;
      const clusters = clusterIntent.clusters.filter(({ place }) => place === cloud);
      const own = { ...clusterIntent, clusters };
      const args = { intent: own, network: intent, places, memberships, accounts };
      new Cluster("cluster", { ...args, administrators }, { providers });
    },
    { preview, outputs: outputsOf, call: () => ({ kubeconfigs: [kubeconfig] }) },
  );
  const raws = rawOfRegistered(resources, (one) => (preview ? undefined : outputsOf(one)));
  return makePlan(withoutParents(raws));
}

/** URNs without the types of their parents, as the pure lowering writes them. */
function withoutParents(raws: readonly RawResource[]): RawResource[] {
  const text = JSON.stringify(raws).replaceAll(/(?:\w+:[\w/]+:\w+\$)+/g, "");
  return JSON.parse(text) as RawResource[];
}

/** The intent's place as rules see it. */
function placed(topology: Topology, intent: NetworkIntent): Topology {
  const [place] = intent.places;
  assert.ok(place !== undefined);
  return inPlace(topology, intent, place);
}

/** Differences of a lifted plan and the intent, each in a line. */
function differences(topology: Topology, intent: NetworkIntent): string[] {
  const [place] = intent.places;
  assert.ok(place !== undefined);
  const planned = plannedPlace(topology, intent, place);
  const { differences: found, unknowns, pairs } = proofOf(intent, planned);
  assert.deepEqual(unknowns, []);
  assert.ok(pairs > 20);
  return found
    .filter(({ kind }) => kind !== "residual")
    .map(({ kind, from, to, family, settled }) =>
      [kind, from.name, "=>", to.name, family, settled ? "" : "perhaps"].join(" ").trim(),
    );
}

/** The place by its pure lowering, lifted. */
function lowered(cloud: Name, intent: NetworkIntent): Topology {
  const [place] = intent.places;
  assert.ok(place !== undefined);
  const program = cloud === "azure" ? loweredAzure(intent, place) : loweredGcp(intent, place);
  return clouds[cloud].lift(makePlan(program));
}

const selectors = ["tcp/443", "tcp/8080", "tcp/5432", "tcp/22", "udp/53", "icmp"].map((text) => {
  const range = tryParsePorts(text);
  return range === undefined ? 0n : (portSet(range)[0]?.from ?? 0n);
});
const outsiders = ["203.0.113.7", "2001:db8::7"].map((text): PacketEnd => {
  const cidr = parseCidr(`${text}/${text.includes(":") ? 128 : 32}`, text);
  return { endpoint: undefined, address: cidrInterval(cidr).from };
});

/** Packets between ends of a topology and of the internet. */
function packetsOf({ endpoints }: Topology): fc.Arbitrary<Packet> {
  const known = endpoints.flatMap(({ id, addresses }) =>
    addresses.map(({ from, to }) =>
      fc.bigInt({ min: from, max: to }).map((address): PacketEnd => ({ endpoint: id, address })),
    ),
  );
  const end = fc.oneof(...known, fc.constantFrom(...outsiders));
  const family = ({ address }: PacketEnd) =>
    typeof address === "bigint" ? familyOf(address) : address.unknown;
  const outside = new Set([
    undefined,
    ...endpoints.flatMap((one) => (one.outside === true ? [one.id] : [])),
  ]);
  return fc
    .record({
      from: end,
      to: end,
      selector: fc.constantFrom(...selectors),
      sourcePort: fc.integer({ min: 1024, max: 65535 }),
    })
    .filter(({ from, to }) => !outside.has(from.endpoint) || !outside.has(to.endpoint))
    .filter(({ from, to }) => family(from) === family(to));
}

for (const cloud of ["azure", "gcp"] as const) {
  describe(`lift of components in ${cloud}`, () => {
    for (const preview of [false, true]) {
      it(`proves the plan equal to its intent, ids ${preview ? "unknown" : "known"}`, async () => {
        const intent = here(cloud);
        const topology = clouds[cloud].lift(await planned(cloud, intent, preview));
        assert.deepEqual(differences(topology, intent), []);
        const segments = new Set(topology.endpoints.flatMap(({ segment }) => segment ?? []));
        assert.deepEqual([...segments].toSorted(), [
          `app@${cloud}`,
          `cluster@${cloud}`,
          `data@${cloud}`,
          `web@${cloud}`,
        ]);
      });
    }

    for (const preview of [false, true]) {
      it(`proves it with a cluster there, ids ${preview ? "unknown" : "known"}`, async () => {
        const intent = here(cloud);
        const topology = clouds[cloud].lift(await planned(cloud, intent, preview, true));
        assert.deepEqual(differences(topology, intent), []);
        const nodes = topology.endpoints.filter(({ name }) => name.startsWith("nodes of"));
        assert.ok(nodes.length > 0);
        assert.ok(nodes.every(({ segment }) => segment === `cluster@${cloud}`));
      });
    }

    it("registers what the pure lowering says, so that many intents need no program", async () => {
      const intent = here(cloud);
      const registered = clouds[cloud].lift(await planned(cloud, intent, true));
      assert.deepEqual(lowered(cloud, intent), registered);
    });

    it("does the same where places ask for more than the groups", async () => {
      const intent = here(cloud, guardedClouds);
      for (const preview of [false, true]) {
        const topology = clouds[cloud].lift(await planned(cloud, intent, preview));
        assert.deepEqual(differences(topology, intent), []);
        if (preview) assert.deepEqual(lowered(cloud, intent), topology);
      }
    });

    it("agrees with the intent on random packets, one by one", () => {
      const intent = here(cloud);
      const topology = placed(lowered(cloud, intent), intent);
      const wanted = wantedOf(intent, topology);
      let passed = 0;
      fc.assert(
        fc.property(packetsOf(topology), (packet) => {
          for (const reading of ["may", "must"] as const) {
            const { arrives, replyArrives } = walk(topology, packet, reading);
            assert.equal(arrives, walk(wanted, packet, reading).arrives);
            if (!arrives) continue;
            passed++;
            assert.ok(replyArrives);
          }
        }),
        { numRuns: 2000 },
      );
      assert.ok(passed > 50, `${passed} packets passed`);
    }).timeout(60_000);

    it("finds what is missing when one allow is left out", async () => {
      const intent = here(cloud);
      const plan = await planned(cloud, intent, true);
      const allows = plan.resources.filter(({ name }) =>
        /^(?!.*_probes_).*_(inbound|outbound|ingress|egress)/.test(name),
      );
      assert.ok(allows.length > 5);
      for (const left of allows) {
        const rest: Plan = {
          ...plan,
          ofType: (...types) => plan.ofType(...types).filter((one) => one !== left),
        };
        const found = differences(clouds[cloud].lift(rest), intent);
        assert.ok(
          found.some((line) => line.startsWith("missing")),
          `nothing missing without ${left.name}`,
        );
      }
    });

    it("finds what is too much when the closing rules are left out", async () => {
      const intent = here(cloud);
      const plan = await planned(cloud, intent, true);
      const rest: Plan = {
        ...plan,
        ofType: (...types) =>
          plan.ofType(...types).filter(({ name }) => !/-deny-(out|eg)/.test(name)),
      };
      const found = differences(clouds[cloud].lift(rest), intent);
      assert.ok(
        found.some((line) => line.startsWith("extra")),
        "nothing is too much",
      );
    });
  });
}
