/** What every lifecycle call works with, and the two ways it can fail. */

import type { ArmedFaults } from "../faults/armed.ts";
import type { Recorder } from "../records/recorder.ts";
import type { CloudPackage } from "../types/package.ts";
import { entryOf } from "../types/package.ts";
import { type Operation, wording } from "../types/profile.ts";
import type { Scope } from "../types/resource.ts";
import type { ServiceError, TypeEntry } from "../types/type.ts";
import type { Where, World } from "../world/world.ts";
import { BadRequest } from "./bad-request.ts";
import type { Leniency } from "./lenient.ts";

/** The simulated clouds: one world, several packages, one clock. */
export interface Clouds {
  readonly world: World;
  readonly packages: ReadonlyMap<string, CloudPackage>;
  /** The time now. */
  readonly clock: () => Date;
  /** Faults that meet requests; without them none can be armed. */
  readonly faults?: ArmedFaults;
  /** Takes types that no table has; without it they are refused. */
  readonly leniency?: Leniency | undefined;
  /** Records what is done in the logs that are deployed; without it nothing is. */
  readonly records?: Recorder;
}

/** One configured provider instance at work. */
export interface Session {
  readonly clouds: Clouds;
  readonly cloud: CloudPackage;
  readonly scope: Scope;
}

export { BadRequest };

/** A service's refusal, worded as the provider words it. */
export class Refused extends Error {
  /** The service's own code. */
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "Refused";
    this.code = code;
  }
}

/** The refusal of an operation on a resource, with the places of its sentence filled. */
export function refused(
  session: Session,
  operation: Operation,
  token: string,
  error: ServiceError,
  places: Readonly<Record<string, string>>,
): Refused {
  const { id } = places;
  const leaf = id === undefined ? {} : { leaf: id.slice(id.lastIndexOf("/") + 1) };
  const worded = wording(error, { ...leaf, ...places });
  // What the provider says by itself has no frame.
  const said =
    worded.code === "" ? worded.says : session.cloud.profile.frame(operation, token, worded);
  return new Refused(worded.code, said);
}

/** The entry of a token; throws {@link BadRequest} naming what can be done where there is none. */
export function demandEntry(session: Session, token: string): TypeEntry {
  const { cloud, clouds } = session;
  const entry = entryOf(cloud, token) ?? clouds.leniency?.entryFor(cloud, token);
  if (entry !== undefined) return entry;
  throw new BadRequest(
    `the local clouds do not know the resource type ${token}: an entry for it would go into ` +
      `local-clouds/packages/${cloud.profile.name}/types/; ./bulkhead clouds start --lenient takes ` +
      `such types as they are, without the service's behaviour`,
  );
}

/** The region a resource is stored under: `""` where regions do not keep its type apart. */
export function storedRegion(session: Session, entry: TypeEntry, region: string): string {
  return session.cloud.profile.regional && entry.global !== true ? region : "";
}

/** What a resource of an entry, lying there, can see in its own package. */
export function areaOf(session: Session, entry: TypeEntry, account: string, region: string): Where {
  const stored = storedRegion(session, entry, region);
  return {
    ...(account === "" ? {} : { account }),
    ...(stored === "" ? {} : { region: stored }),
  };
}

/** The last part of a URN: the resource's logical name. */
export function logicalName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
