/** To which place and segment a planned resource says it belongs. */
import type { Marks } from "../../model/network/marks.ts";
import { marksOfDescription, marksOfTags } from "../../model/network/marks.ts";
import type { PlannedResource } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";

/** Marks in the resource's tags or, where it has none, its description. */
export function marksOf(resource: PlannedResource): Marks | undefined {
  const tags = resource.inputs.at("tags");
  if (tags.state === "unknown") throw new Undecided(tags.urn, tags.path, "unknown");
  if (tags.state === "known") return marksOfTags(asRecord(tags.plain()));
  const description = resource.inputs.at("description");
  return description.state === "known" ? marksOfDescription(description.text() ?? "") : undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
