/** Which ends have a public IPv4 address. */
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { readOr, unknownCondition } from "../uncertain.ts";
import type { EndpointType } from "./endpoint-type.ts";
import type { AwsLift } from "./lift.ts";
import { resourceAt } from "./lift.ts";
import { firstAt } from "./paths.ts";
import type { Publicness } from "./route-rule.ts";
import type { Tracer } from "./trace.ts";
import { awsTypes } from "./types.ts";

/** Instances and interfaces with an Elastic IP address. */
export function publicResources(lift: AwsLift): ReadonlySet<string> {
  const uses: readonly (readonly [string, string, string])[] = [
    [awsTypes.address, "instance", awsTypes.instance],
    [awsTypes.address, "networkInterface", awsTypes.networkInterface],
    [awsTypes.addressUse, "instanceId", awsTypes.instance],
    [awsTypes.addressUse, "networkInterfaceId", awsTypes.networkInterface],
  ];
  return new Set(
    uses.flatMap(([type, key, target]) =>
      lift.plan.ofType(type).flatMap(({ inputs }) => {
        const found = resourceAt(lift, inputs.at(key), target);
        return found === undefined ? [] : [found.urn];
      }),
    ),
  );
}

/** What the resource itself says. */
export function sourcePublic(
  tracer: Tracer,
  { public: source }: EndpointType,
  resource: PlannedResource,
): Publicness | "subnet" {
  if (source === "never") return false;
  const paths = "word" in source ? [source.word] : source.flags;
  const { views, lost } = firstAt(tracer, resource, paths);
  const [unseen] = lost;
  if (unseen !== undefined) return unknownCondition(unseen);
  const [view] = views;
  if (view === undefined) return source.absent;
  const { value, conditions } = readOr(
    () =>
      "word" in source ? view.text() === source.yes : isOn(view) !== (source.negated ?? false),
    true,
  );
  return conditions[0] ?? value;
}

/** Launch templates write flags as texts, an empty one where nothing is said. */
function isOn(view: View): boolean {
  return view.text() === "" ? false : (view.flag() ?? false);
}
