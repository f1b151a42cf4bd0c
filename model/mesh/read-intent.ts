/** A mesh's intent as it comes from outside: of the right shape, and sound. */
import { throwIfAny } from "../base/problem.ts";
import { type Shape, shapeProblems } from "../base/shape.ts";
import { checkMeshIntent } from "./check-intent.ts";
import type { MeshIntent } from "./intent.ts";
import { protocols } from "./intent.ts";

const text = "text";
const texts: Shape = { list: text };

const offer: Shape = {
  fields: { port: "number", workloadPort: "number", protocol: { words: protocols } },
  optional: "workloadPort",
};

const meshShape: Shape = {
  fields: {
    id: text,
    trustDomain: text,
    istio: { fields: { version: text, chartRepository: text, hub: text } },
    certificates: {
      fields: { rootHours: "number", intermediateHours: "number", renewalHours: "number" },
    },
    clusters: {
      list: { fields: { name: text, cloud: text, network: text, ranges: texts, apiServer: texts } },
    },
    services: {
      list: {
        fields: { namespace: text, name: text, offers: offer },
        optional: "offers",
      },
    },
    calls: { list: { fields: { from: text, to: text, because: text } } },
    ingress: {
      fields: { service: text, host: text, certificate: text, from: texts, because: text },
    },
  },
  optional: "ingress",
};

/** The intent that a value holds. Throws a `ProblemError` with everything wrong about it. */
export function readMeshIntent(value: unknown): MeshIntent {
  throwIfAny(shapeProblems(value, meshShape));
  const intent = value as MeshIntent;
  throwIfAny(checkMeshIntent(intent));
  return intent;
}
