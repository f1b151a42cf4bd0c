/** Who acts in Google Cloud (IAM, "Principal identifiers"). */

import { BadRequest } from "../../lifecycle/bad-request.ts";
import type { GcpPrincipal } from "../../probe/token/gcp/principal.ts";
import { type LiveWorld, textAt } from "../../probe/token/live.ts";
import type { Caller } from "../../records/call.ts";

/**
 * The principal of a member as allow policies write it: `user:ADDRESS`, `serviceAccount:ADDRESS`,
 * `principal://…`; groups that it is in stand behind it as `+group:ADDRESS`. `also` are further names.
 */
export function gcpActor(text: string, also: readonly string[]): GcpPrincipal {
  const [written = "", ...groups] = text.split("+group:");
  const name = /^[^:/]+@[\w.-]+\.gserviceaccount\.com$/.test(written)
    ? `serviceAccount:${written}`
    : written;
  if (!/^(user|serviceAccount|group):\S+@\S+$|^principal(Set)?:\/\/|^allUsers$/.test(name)) {
    throw new BadRequest(
      `no principal of Google Cloud: ${text}; write user:ADDRESS, serviceAccount:ADDRESS or principal://…`,
    );
  }
  return { name, names: new Set([name, ...groups.map((group) => `group:${group}`), ...also]) };
}

/** The principal as records name it. */
export function gcpCaller(live: LiveWorld, { name }: GcpPrincipal): Caller {
  const [, kind = "", address = ""] = /^(user|serviceAccount|group):(.+)$/.exec(name) ?? [];
  const account = live
    .of("gcp:serviceaccount/account:Account")
    .find(({ properties }) => textAt(properties, "email") === address);
  return {
    kind: kind === "serviceAccount" ? "service account" : kind || "principal",
    id: address || name,
    name: address || name,
    account: account?.account ?? "",
    uniqueId: textAt(account?.properties, "uniqueId"),
    session: "",
    groups: [],
  };
}
