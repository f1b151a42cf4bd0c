/** How many generated intents a run of the tests takes on each plane. */
const every = 10_000;
const sample = 500;

/** A sample, but all in `./bulkhead test --full segmentation`. */
export const generatedRuns: number =
  process.env["BULKHEAD_FULL"] === "segmentation" ? every : sample;
