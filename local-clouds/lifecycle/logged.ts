/** What the deployed logs tell of a request, to be stored in one transaction with what it changes. */

import type { EngineDeed } from "../records/engine/deed.ts";
import type { ResourceData } from "../world/record.ts";
import type { RecordData } from "../world/world.ts";
import type { Session } from "./session.ts";

/** The records of an operation on a resource; none where nobody listens. */
export function logged(
  { clouds, cloud, scope }: Session,
  operation: EngineDeed["operation"],
  data: ResourceData,
): readonly RecordData[] {
  if (clouds.records === undefined) return [];
  const { token, id, account, inputs, outputs } = data;
  return clouds.records.ofDeed(cloud.profile.name, () => ({
    operation,
    package: cloud.profile.name,
    token,
    id,
    account,
    region: data.region || scope.region,
    tenant: scope.tenant,
    inputs,
    outputs,
    at: clouds.clock(),
  }));
}
