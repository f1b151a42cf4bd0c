/** Invoke: a provider function answers from the world and the provider's configuration. */

import type { JsonObject } from "../protocol/value.ts";
import { entryOf, packageOf } from "../types/package.ts";
import type { ServiceError } from "../types/type.ts";
import { allExisting, findExisting, neighbourOf } from "./neighbours.ts";
import { BadRequest, refused, type Session } from "./session.ts";

/** Calls a function; throws `BadRequest` for one that no table answers. */
export function invoke(session: Session, token: string, args: JsonObject): JsonObject {
  const { cloud, scope } = session;
  const entry = cloud.invokes.get(token) ?? cloud.invokes.get(cloud.profile.canonical(token));
  if (entry === undefined) {
    throw new BadRequest(
      `the local clouds do not know the function ${token}: ` +
        `an entry for it would go into local-clouds/packages/${cloud.profile.name}/invokes.ts`,
    );
  }
  const where = (asked: string) =>
    packageOf(asked) === cloud.profile.name
      ? { account: scope.account, ...(scope.region === "" ? {} : { region: scope.region }) }
      : {};
  return entry.run({
    args,
    scope,
    find(asked, key) {
      const keys = ["id", ...(entryOf(cloud, asked)?.keys ?? [])];
      const row = findExisting(session, asked, key, keys, where(asked));
      return row === undefined ? undefined : neighbourOf(row);
    },
    all: (asked) => allExisting(session, asked, where(asked)).map(neighbourOf),
    refuse(error: ServiceError): never {
      throw refused(session, "invoking", token, error, {});
    },
  });
}
