/**
 * Whatever is declared, lowered and lifted back, means what was declared: in every cloud, for
 * generated intents with outsiders, roads, stages and exceptions. A test run draws 500 of a seed's
 * 10,000 for each cloud; `./bulkhead test --full segmentation` makes all.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { seedOf } from "../../../automation/cli/testing/seed.ts";
import { checkSegmentation } from "../../../components/segmentation/check.ts";
import { checkNetworkIntent } from "../../../model/network/check-intent.ts";
import type { Cloud, NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { Proof } from "../../../model/reach/prove.ts";
import { proveIntent } from "../../../model/reach/prove.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import { liftNetwork } from "../../../policy-packs/lift/network.ts";
import { plannedPlace } from "../../../policy-packs/lift/place.ts";
import { drawn } from "../../harness/fault-runs.ts";
import { generatedRuns } from "../../harness/generated-runs.ts";
import { threeClouds } from "../../harness/intents.ts";
import { randomIntents } from "../../harness/random-intents.ts";
import { loweredProgram } from "./aws/lowered.ts";
import { rawOf } from "./aws/program.ts";
import { loweredAzure, loweredGcp } from "./lowered.ts";

const seed = seedOf(import.meta.dirname, process.env);
const intentsPerCloud = generatedRuns;

const lowerings: Record<Cloud, (intent: NetworkIntent, place: PlaceIntent) => RawResource[]> = {
  aws: (intent, place) => rawOf(loweredProgram(intent, place), "preview"),
  azure: loweredAzure,
  gcp: loweredGcp,
};

function prove(intent: NetworkIntent, place: PlaceIntent, planned: readonly RawResource[]): Proof {
  const { topology } = liftNetwork(makePlan(planned));
  return proveIntent(plannedPlace(topology, intent, place), intent, place, {
    urn: "intent",
    path: "flows",
  });
}

function said({ differences, unknowns, unseen }: Proof): string[] {
  return [
    ...differences
      .filter(({ kind }) => kind !== "residual")
      .map(({ kind, from, to, family }) => `${kind} ${from.name} => ${to.name} IPv${family}`),
    ...unknowns.map(({ urn, path }) => `unknown ${urn} ${path}`),
    ...unseen.map((segment) => `unseen ${segment}`),
  ];
}

const { places } = threeClouds;

for (const [index, place] of places.entries()) {
  const other = places[(index + 1) % places.length] ?? place;

  describe(`what is lowered to ${place.cloud}, seed ${seed}`, function () {
    this.timeout(60 * 60_000);

    it(`means what ${intentsPerCloud} generated intents say`, () => {
      let proved = 0;
      let optional = 0;
      fc.assert(
        fc.property(randomIntents(place, other), (intent) => {
          const [here] = intent.places;
          assert.ok(here !== undefined);
          assert.deepEqual(checkNetworkIntent(intent), []);
          // What a cloud cannot filter it refuses; only what it accepts can be proved.
          fc.pre(checkSegmentation(intent).length === 0);
          const proof = prove(intent, here, lowerings[place.cloud](intent, here));
          assert.deepEqual(said(proof), []);
          assert.equal(proof.verdict, "proven");
          assert.ok(proof.pairs > 20);
          proved++;
          if (here.subnetRules !== undefined || here.guardrails !== undefined) optional++;
        }),
        { numRuns: intentsPerCloud, seed: drawn(seed), maxSkipsPerRun: 1000 },
      );
      assert.ok(proved >= intentsPerCloud);
      // Rules of subnets in AWS, guardrails in Azure.
      assert.ok(place.cloud === "gcp" || optional > proved / 4, `${optional} of ${proved}`);
    });

    it("needs every single allow", () => {
      const intent = { ...threeClouds, places: [place] };
      const planned = lowerings[place.cloud](intent, place);
      const allows = planned.filter(
        ({ type, name }) =>
          /(Ingress|Egress|Security|Policy)Rule$/.test(type) && !/deny/.test(name),
      );
      assert.ok(allows.length >= 8, `${allows.length} allows`);
      for (const left of allows.filter(({ name }) => !name.includes("_probes_"))) {
        const proof = prove(
          intent,
          place,
          planned.filter((one) => one !== left),
        );
        assert.ok(
          proof.differences.some(({ kind }) => kind === "missing"),
          `nothing is missing without ${left.name}`,
        );
      }
    });
  });
}
