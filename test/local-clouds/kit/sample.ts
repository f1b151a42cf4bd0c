/** A small package of its own, so that the mechanism is tested apart from the tables. */

import { awsProfile } from "../../../local-clouds/packages/aws/profile.ts";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { type CloudPackage, definePackage } from "../../../local-clouds/types/package.ts";
import type { TypeEntry } from "../../../local-clouds/types/type.ts";

/** Tokens of the sample package. */
export const sample = {
  network: "aws:sample/network:Network",
  part: "aws:sample/part:Part",
  group: "aws:sample/group:Group",
} as const;

const network: TypeEntry = {
  token: sample.network,
  autoname: { property: "name", charactersMax: 20 },
  defaults: { dns: true, "rules[*].action": "allow" },
  forceNew: ["range", "rules[*].port"],
  id: (r) => `net-${r.hex("id", 8)}`,
  planned: {
    tagsAll: (r) => ({ ...(r.scope.config["shared"] as JsonObject), ...r.object("tags") }),
  },
  outputs: {
    arn: (r) => `arn:${r.region}:${r.account}:${r.id}`,
    description: "",
    "rules[*].note": "",
  },
  normalised: { range: (_r, given) => String(given).toLowerCase() },
  hidden: ["password"],
  keys: ["arn"],
  companions: (r) => [
    {
      token: sample.group,
      id: `grp-${r.hex("group", 8)}`,
      properties: { name: "default", network: r.id },
    },
  ],
  inUse: { code: "NetworkInUse", says: "network {id} is held by {value}" },
};

const part: TypeEntry = {
  token: sample.part,
  required: ["network"],
  id: (r) => `part-${r.hex("id", 8)}`,
  references: [
    {
      at: "network",
      to: sample.network,
      by: ["id", "arn"],
      missing: { code: "NoSuchNetwork", says: "network {value} does not exist" },
      holds: true,
    },
    {
      at: "groups[*]",
      to: sample.group,
      missing: { code: "NoSuchGroup", says: "group {value} does not exist" },
      holds: true,
    },
    {
      at: "owner",
      to: sample.part,
      missing: { code: "NoSuchPart", says: "part {value} does not exist" },
      cascades: true,
    },
  ],
  outputs: { networkArn: (r) => r.target("network")?.properties["arn"] },
  admit: (r) =>
    r.all(sample.part).length >= 3 && r.before === undefined
      ? { code: "TooMany", says: "no more than 3 parts" }
      : undefined,
};

const group: TypeEntry = {
  token: sample.group,
  global: true,
  id: (r) => r.text("name"),
  taken: { code: "GroupExists", says: "group {value} exists" },
};

/** The sample package, under the name and the manners of aws. */
export const samplePackages: ReadonlyMap<string, CloudPackage> = new Map([
  [
    "aws",
    definePackage(
      awsProfile,
      "7.8.9",
      [network, part, group],
      [
        {
          token: "aws:sample/count:count",
          run: (call) => ({ parts: call.all(sample.part).length, region: call.scope.region }),
        },
      ],
    ),
  ],
]);
