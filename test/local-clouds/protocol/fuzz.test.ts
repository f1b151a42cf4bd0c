/** Any inputs for any type: the engine gets an answer or a clear refusal, and a refusal changes nothing. */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Clouds } from "../../../local-clouds/lifecycle/session.ts";
import { packages } from "../../../local-clouds/packages/index.ts";
import { type Served, serve } from "../../../local-clouds/protocol/serve.ts";
import type { ValueObject } from "../../../local-clouds/protocol/value.ts";
import { memoryWorld } from "../../../local-clouds/world/open.ts";
import { type Client, configure, connectTo, create } from "../kit/client.ts";
import { GuessedLife } from "../kit/guessed-life.ts";
import { Guesses, type Oddity } from "../kit/guesses.ts";

const configs: Readonly<Record<string, ValueObject>> = {
  aws: { region: "eu-central-1" },
  "azure-native": { location: "westeurope" },
  azuread: {},
  gcp: { project: "shop-dev", region: "europe-west4", zone: "europe-west4-a" },
};

const group = { resourceGroupName: "rg", location: "westeurope" };

/** Runs of a package and oddity; `BULKHEAD_FUZZ_RUNS` asks for more. */
const runs = Number(process.env["BULKHEAD_FUZZ_RUNS"] ?? 60);
const seed = Number(process.env["BULKHEAD_FUZZ_SEED"] ?? 20261127);

const oddities: Readonly<Record<string, Oddity>> = {
  "sensible inputs": { given: 0.15, wrong: 0, unknown: 0, odd: 0 },
  "odd texts": { given: 0.3, wrong: 0, unknown: 0, odd: 0.3 },
  "inputs of wrong types": { given: 0.3, wrong: 0.1, unknown: 0, odd: 0.1 },
  "unknown inputs": { given: 0.3, wrong: 0, unknown: 0.2, odd: 0.05 },
};

describe("any inputs of any type", function () {
  this.timeout(60_000 + runs * 200);

  for (const name of Object.keys(configs)) {
    describe(name, () => {
      let clouds: Clouds;
      let served: Served;
      let client: Client;
      before(async () => {
        clouds = { world: memoryWorld(), packages, clock: () => new Date() };
        const cloud = packages.get(name);
        assert.ok(cloud);
        served = await serve(clouds, cloud, 0);
        client = connectTo(served.port);
        await configure(client, configs[name] ?? {});
        // Most of Azure's resources lie in a group.
        if (name === "azure-native")
          await create(client, "azure-native:resources:ResourceGroup", group, false);
      });
      after(async () => {
        client.close();
        await served.stop();
        clouds.world.close();
      });

      const tokens = [...new Set(packages.get(name)?.types.values())].map(({ token }) => token);
      for (const [kind, oddity] of Object.entries(oddities)) {
        it(`${kind}: an answer or a clear refusal that changes nothing`, () =>
          fc.assert(
            fc.asyncProperty(fc.constantFrom(...tokens), fc.nat(), async (token, draw) => {
              const entry = packages.get(name)?.types.get(token);
              assert.ok(entry);
              const guesses = new Guesses(draw, clouds.world, oddity);
              await new GuessedLife(client, clouds.world, entry, guesses).live();
            }),
            { numRuns: runs, seed, endOnFailure: true },
          ));
      }
    });
  }
});
