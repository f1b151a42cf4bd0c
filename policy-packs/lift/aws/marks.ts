/** To which place and segment a planned resource says it belongs. */
import type { Marks } from "../../../model/network/marks.ts";
import { markKeys, marksOfTags } from "../../../model/network/marks.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import type { AwsLift } from "./lift.ts";
import { attempt } from "./lift.ts";

/** The marks among the resource's tags; other tags may be unknown. */
export function awsMarks(lift: AwsLift, resource: PlannedResource): Marks | undefined {
  const tags = resource.inputs.at("tags");
  let marks: Marks | undefined;
  attempt(lift, () => {
    marks = marksOfTags({
      [markKeys.place]: tags.at(markKeys.place).text(),
      [markKeys.segment]: tags.at(markKeys.segment).text(),
    });
  });
  return marks;
}
