/** What somebody makes by hand, at a console or a command line: no engine and no state knows it. */

import { meet, parsePath, withValueAt } from "../protocol/path.ts";
import type { JsonObject, ValueObject } from "../protocol/value.ts";
import { packageOf } from "../types/package.ts";
import type { ResourceRow } from "../world/record.ts";
import { BadRequest } from "./bad-request.ts";
import { check } from "./check.ts";
import { create } from "./create.ts";
import { findRow } from "./read.ts";
import { type Clouds, demandEntry, type Session } from "./session.ts";

/** A resource that somebody wants. */
export interface HandMade {
  readonly token: string;
  /** Goes where the type has a name; elsewhere nobody sees it again. */
  readonly name: string;
  readonly inputs: ValueObject;
  /** A provider's configuration: whose account, which region, which cluster. */
  readonly config: JsonObject;
}

/**
 * Creates it in the world, with the id and the defaults that the service gives, and without a URN.
 * Throws `Refused` as the service would, `BadRequest` for inputs that no service would take.
 */
export async function createByHand(clouds: Clouds, wanted: HandMade): Promise<ResourceRow> {
  const session = sessionFor(clouds, wanted);
  const entry = demandEntry(session, wanted.token);
  const { inputs, faults } = check(session, {
    urn: `urn:pulumi:hand::hand::${entry.token}::${wanted.name}`,
    token: entry.token,
    olds: {},
    news: named(wanted, entry.autoname?.property),
    randomSeed: new Uint8Array(),
    autonaming: undefined,
  });
  if (faults.length > 0) {
    throw new BadRequest(faults.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
  }
  const request = { urn: "", name: wanted.name, token: entry.token, inputs };
  const { id, outputs } = await create(session, request);
  const row = findRow(session, entry, { urn: "", id, inputs, outputs });
  if (row === undefined) throw new RangeError(`${id} is gone already`);
  return row;
}

function sessionFor(clouds: Clouds, wanted: HandMade): Session {
  const cloud = clouds.packages.get(packageOf(wanted.token));
  if (cloud === undefined) {
    const known = [...clouds.packages.keys()].join(", ");
    throw new BadRequest(`${wanted.token} is of none of the packages ${known}`);
  }
  const { faults, config } = cloud.profile.checkConfig(wanted.config);
  if (faults.length > 0) {
    throw new BadRequest(faults.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
  }
  return { clouds, cloud, scope: cloud.profile.scope(config) };
}

/** Nobody at a console adds random characters to a name. */
function named(wanted: HandMade, property: string | undefined): ValueObject {
  if (property === undefined) return wanted.inputs;
  const steps = parsePath(property);
  const given = meet(wanted.inputs, steps).length > 0;
  return given ? wanted.inputs : withValueAt(wanted.inputs, steps, wanted.name);
}
