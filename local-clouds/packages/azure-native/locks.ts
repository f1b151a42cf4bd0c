/** What locks forbid ("Lock your resources to protect your infrastructure"). */

import type { Operation } from "../../types/profile.ts";
import type { Neighbour } from "../../types/resource.ts";
import type { ServiceError } from "../../types/type.ts";

/** The three ways to declare a lock. */
const lockTokens = ["ByScope", "AtResourceGroupLevel", "AtSubscriptionLevel"].map(
  (place) => `azure-native:authorization:ManagementLock${place}`,
);

const infix = "/providers/microsoft.authorization/locks/";

/** A lock holds for its scope and all below; only locks themselves may come and go there. */
export function lockedBy(
  operation: Operation,
  id: string,
  all: (token: string) => readonly Pick<Neighbour, "id" | "properties">[],
): ServiceError | undefined {
  const path = id.toLowerCase();
  if (path.includes(infix)) return undefined;
  const locked = lockTokens
    .flatMap((token) => all(token))
    .find((lock) => {
      const scope = lock.id.toLowerCase().split(infix)[0] ?? "";
      const forbids = lock.properties["level"] === "ReadOnly" || operation === "deleting";
      // A lock on something inside of a group also keeps the group.
      const meets =
        `${path}/`.startsWith(`${scope}/`) ||
        (operation === "deleting" && scope.startsWith(`${path}/`));
      return forbids && meets;
    });
  if (locked === undefined) return undefined;
  const verb = operation === "deleting" ? "delete" : "write";
  const scope = locked.id.split(/\/providers\/Microsoft\.Authorization\/locks\//i)[0] ?? "";
  return {
    code: "ScopeLocked",
    says: `The scope '${id}' cannot perform ${verb} operation because following scope(s) are locked: '${scope}'. Please remove the lock and try again.`,
  };
}
