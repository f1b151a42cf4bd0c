/** A network intent as it comes from a file: of the right shape, and sound. */
import { throwIfAny } from "../base/problem.ts";
import { type Shape, shapeProblems } from "../base/shape.ts";
import { checkNetworkIntent } from "./check-intent.ts";
import type { NetworkIntent } from "./intent.ts";
import { internet } from "./intent.ts";

const text = "text";
const texts: Shape = { list: text };
const dated = { owner: text, until: text } as const;

const member: Shape = {
  oneOf: { tag: { fields: { key: text, value: text } }, serviceAccount: text, workload: text },
};

const networkShape: Shape = {
  fields: {
    places: {
      list: {
        fields: {
          name: text,
          cloud: text,
          region: text,
          cidr4: text,
          cidr6: text,
          subnetRules: { fields: { quota: "number" } },
          guardrails: {
            list: { fields: { deny: text, from: { words: [internet] }, because: text } },
          },
        },
        optional: "cidr6 subnetRules guardrails",
      },
    },
    segments: {
      list: {
        fields: {
          name: text,
          purpose: text,
          egress: { words: ["direct", "nat", "none"] },
          places: texts,
          holdsPods: "flag",
          podsOnly: "flag",
          membership: { words: ["carried", "subnet"] },
          cidrs: texts,
          members: { list: member },
          rollout: { fields: { stage: text, ...dated } },
        },
        optional: "places holdsPods podsOnly membership cidrs members rollout",
      },
    },
    flows: {
      list: {
        fields: { from: text, to: text, ports: text, because: text, exception: { fields: dated } },
        optional: "exception",
      },
    },
    roads: {
      list: {
        fields: {
          name: text,
          between: {
            list: { fields: { place: text, gateway: text }, optional: "gateway" },
            size: 2,
          },
          families: { list: { words: [4, 6] } },
        },
        optional: "families",
      },
    },
  },
  optional: "roads",
};

/** The intent that a value holds. Throws a {@link ProblemError} with everything wrong about it. */
export function readNetworkIntent(value: unknown): NetworkIntent {
  throwIfAny(shapeProblems(value, networkShape));
  const intent = value as NetworkIntent;
  throwIfAny(checkNetworkIntent(intent));
  return intent;
}
