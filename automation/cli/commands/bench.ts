/** `bench`: figures with their bars. */
import { ProblemError } from "../../../model/base/problem.ts";
import { unknownName } from "../../engine/stack-place.ts";
import { measureClouds } from "../bench/clouds.ts";
import type { Figure } from "../bench/figure.ts";
import { measureFoundation } from "../bench/foundation.ts";
import { measurePolicy } from "../bench/policy.ts";
import { measureSegmentation } from "../bench/segmentation.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { table } from "../output.ts";

type Measure = (context: Context, options: { readonly long: boolean }) => Promise<Figure[]>;

const areas: Readonly<Record<string, Measure>> = {
  clouds: measureClouds,
  foundation: measureFoundation,
  policy: measurePolicy,
  segmentation: measureSegmentation,
};

/** Measures an area; ends with 1 where a figure does not hold its bar. */
export async function bench(
  context: Context,
  area: string,
  options: { readonly json: boolean; readonly long: boolean },
): Promise<ExitCode> {
  const measure = Object.hasOwn(areas, area) ? areas[area] : undefined;
  if (measure === undefined) {
    throw new ProblemError([unknownName("area", area, Object.keys(areas))]);
  }
  const figures = await measure(context, options);
  context.output.result(
    options.json
      ? figures.map((figure) => JSON.stringify(figure)).join("\n")
      : figureTable(figures),
  );
  return figures.every((figure) => figure.holds) ? exitCodes.done : exitCodes.findings;
}

function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, bar, holds }) => [
    name,
    `${value}`,
    unit,
    bar,
    holds ? "yes" : "no",
  ]);
  return table([["name", "value", "unit", "bar", "holds"], ...rows]);
}
