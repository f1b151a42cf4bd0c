/**
 * Seeded faults against the real engine. Every test run draws ten of a seed's 200 runs on a program
 * of some thirty resources of all packages; `./bulkhead test --full faults` makes all of them, and
 * all of them again by `up local`, which takes hours.
 */
import { seedOf } from "../../automation/cli/testing/seed.ts";
import { EngineProject } from "../harness/engine-project.ts";
import { faultRuns, sampleOf } from "../harness/fault-runs.ts";
import { faultSuite } from "../harness/fault-suite.ts";
import { LocalStack } from "../harness/local-stack.ts";

const minutes = 60_000;
const full = process.env["BULKHEAD_FULL"] === "faults";
const seed = seedOf(import.meta.dirname, process.env);

describe(`faults, seed ${seed}`, function () {
  this.timeout(10 * minutes);
  const runs = faultRuns(seed);
  faultSuite(() => EngineProject.open("all-packages.js"), full ? runs : sampleOf(runs, seed));
});

if (full) {
  describe(`faults of up local, seed ${seed}`, function () {
    this.timeout(60 * minutes);
    faultSuite(() => LocalStack.open(), faultRuns(seed));
  });
}
