/** To which place and segment a planned resource says it belongs. */
import type { Marks } from "../../model/network/marks.ts";
import { markKeys, marksOfDescription, marksOfTags } from "../../model/network/marks.ts";
import type { PlannedResource } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";

/**
 * Marks in the resource's tags, of which others may be unknown, or, where it has no tags, in its
 * description.
 */
export function marksOf(resource: PlannedResource): Marks | undefined {
  const tags = resource.inputs.at("tags");
  if (tags.state === "unknown") throw new Undecided(tags.urn, tags.path, "unknown");
  if (tags.state === "known") {
    const marks = [markKeys.place, markKeys.segment].map((key) => [key, tags.at(key).text()]);
    return marksOfTags(Object.fromEntries(marks));
  }
  const description = resource.inputs.at("description");
  return description.state === "known" ? marksOfDescription(description.text() ?? "") : undefined;
}
