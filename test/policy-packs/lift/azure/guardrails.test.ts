/** Guardrails: admin rules that no group undoes, and that stop nothing that a flow declares. */
import assert from "node:assert/strict";
import { checkSegmentation } from "../../../../components/segmentation/check.ts";
import { cidrInterval, parseCidr } from "../../../../model/base/address.ts";
import { intersect } from "../../../../model/base/interval-set.ts";
import { portSet, tryParsePorts } from "../../../../model/base/layer4.ts";
import type { NetworkIntent, PlaceIntent } from "../../../../model/network/intent.ts";
import { allow, internet } from "../../../../model/network/intent.ts";
import { walk } from "../../../../model/network/walk.ts";
import type { Proof } from "../../../../model/reach/prove.ts";
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { liftAzure } from "../../../../policy-packs/lift/azure/topology.ts";
import { inPlace, plannedPlace } from "../../../../policy-packs/lift/place.ts";
import { threeClouds } from "../../../harness/intents.ts";
import { proofOf } from "../../../harness/wanted.ts";
import { loweredAzure } from "../lowered.ts";

const place: PlaceIntent = {
  name: "azure",
  cloud: "azure",
  region: "westeurope",
  cidr4: "10.17.0.0/16",
  cidr6: "fd17:1:1::/48",
  guardrails: [
    { deny: "tcp/22", from: internet, because: "nobody administers from the internet" },
    { deny: "tcp/8000-8999", from: internet, because: "business logic is not served" },
  ],
};
const { guardrails: _, ...unguarded } = place;

const intent: NetworkIntent = {
  ...threeClouds,
  places: [place],
  segments: [
    ...threeClouds.segments,
    {
      name: "office",
      purpose: "where people sit",
      egress: "none",
      cidrs: ["203.0.113.64/26", "2001:db8:7::/48"],
    },
  ],
  flows: [...threeClouds.flows, allow("office", "app", "tcp/22", "repairs")],
};

function proof(program: readonly RawResource[], guarded = true): Proof {
  const here = guarded ? intent : { ...intent, places: [unguarded] };
  return proofOf(
    here,
    plannedPlace(liftAzure(makePlan(program)), here, guarded ? place : unguarded),
  );
}

/** What differs on a port, settled or not; residual paths are no gaps. */
function gaps({ differences }: Proof, ports: string): string[] {
  const range = tryParsePorts(ports);
  assert.ok(range !== undefined);
  return differences
    .filter(({ kind }) => kind !== "residual")
    .filter(({ selectors }) => intersect(selectors, portSet(range)).length > 0)
    .map(({ kind, from, to, family }) => `${kind} ${from.name} => ${to.name} IPv${family}`);
}

/** What somebody adds to the group of segment `app` by hand. */
function byHand(program: readonly RawResource[], ports: string): RawResource {
  const sample = program.find(
    ({ name }) => name === "segmentation-azure-web_to_app_tcp-8080_inbound",
  );
  assert.ok(sample !== undefined);
  const { sourceApplicationSecurityGroups: __, ...inputs } = inputsOf(sample);
  return {
    ...sample,
    urn: `${sample.urn}-by-hand`,
    name: "by-hand",
    inputs: {
      ...inputs,
      priority: 500,
      sourceAddressPrefix: "Internet",
      destinationPortRange: ports,
    },
  };
}

const inputsOf = ({ inputs }: RawResource) => inputs as Readonly<Record<string, unknown>>;
const ofType = (program: readonly RawResource[], type: string) =>
  program.filter((one) => one.type === `azure-native:network:${type}`);

describe("guardrails of Azure places", () => {
  it("leave the plan proven equal to its intent, whom a flow names included", () => {
    assert.deepEqual(checkSegmentation(intent), []);
    const { verdict, unknowns, pairs } = proof(loweredAzure(intent, place));
    assert.equal(verdict, "proven");
    assert.deepEqual(unknowns, []);
    assert.ok(pairs > 20);
  });

  it("hold against a rule that somebody writes into a group", () => {
    for (const port of ["22", "8443"]) {
      const ports = `tcp/${port}`;
      const open = loweredAzure(intent, unguarded);
      const found = gaps(proof([...open, byHand(open, port)], false), ports);
      assert.ok(
        found.includes(`extra ${internet} => segmentation-azure-app-asg in network-azure-app IPv4`),
        found.join("\n"),
      );
      const guarded = loweredAzure(intent, place);
      assert.deepEqual(gaps(proof([...guarded, byHand(guarded, port)]), ports), []);
    }
  });

  it("need every exemption", () => {
    const program = loweredAzure(intent, place);
    const exemptions = ofType(program, "AdminRule").filter(
      (one) => inputsOf(one).access === "Allow",
    );
    assert.equal(exemptions.length, 2);
    for (const left of exemptions) {
      const rest = program.filter((one) => one !== left);
      assert.ok(gaps(proof(rest), "tcp/22").some((gap) => gap.startsWith("missing office =>")));
    }
  });

  it("stop no health probe, even where the internet may call nothing", () => {
    const closed: PlaceIntent = {
      ...place,
      guardrails: [{ deny: "any", from: internet, because: "nothing is served from here" }],
    };
    const flows = [allow("web", "app", "tcp/8080", "pages ask the business logic")];
    const inner: NetworkIntent = { ...intent, places: [closed], flows };
    assert.deepEqual(checkSegmentation(inner), []);
    const topology = inPlace(liftAzure(makePlan(loweredAzure(inner, closed))), inner, closed);
    const member = topology.endpoints.find(({ name }) =>
      name.startsWith("segmentation-azure-app-asg"),
    );
    const [own] = member?.addresses ?? [];
    assert.ok(member !== undefined && own !== undefined);
    const fate = (source: string) =>
      walk(
        topology,
        {
          from: { endpoint: undefined, address: cidrInterval(parseCidr(source, "source")).from },
          to: { endpoint: member.id, address: own.from },
          selector: portSet({ protocol: "tcp", from: 8080, to: 8080 })[0]?.from ?? 0n,
          sourcePort: 40_000,
        },
        "must",
      ).arrives;
    assert.equal(fate("168.63.129.16/32"), true);
    assert.equal(fate("203.0.113.7/32"), false);
  });

  it("are promised by nothing that is not deployed to the region of the network", () => {
    const program = loweredAzure(intent, place);
    const [commit] = ofType(program, "Commit");
    assert.ok(commit !== undefined);
    const rest = program.filter((one) => one !== commit);
    const properties = {
      ...(inputsOf(commit).properties as object),
      targetLocations: ["northeurope"],
    };
    const elsewhere = { ...commit, inputs: { ...inputsOf(commit), properties } };
    for (const undeployed of [rest, [...rest, elsewhere]]) {
      const { verdict, differences } = proof([...undeployed, byHand(undeployed, "22")]);
      assert.equal(verdict, "unknown");
      const waits = differences.flatMap(({ witness }) => witness.inputs.map(({ path }) => path));
      assert.ok(waits.includes("deployment"), waits.join());
    }
  });
});
