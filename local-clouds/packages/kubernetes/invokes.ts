/** The provider functions of Kubernetes that the local clouds answer. */

import { loadAll } from "js-yaml";
import type { Json } from "../../protocol/value.ts";
import type { InvokeEntry } from "../../types/invoke.ts";

/** Every function of Kubernetes. */
export const kubernetesInvokes: readonly InvokeEntry[] = [
  {
    token: "kubernetes:yaml:decode",
    run(call) {
      const text = call.args["text"];
      if (typeof text !== "string")
        return call.refuse({ code: "BadRequest", says: "text is missing" });
      try {
        return {
          result: loadAll(text).filter((item) => item !== null && item !== undefined) as Json[],
        };
      } catch (error) {
        const says = error instanceof Error ? error.message : String(error);
        return call.refuse({ code: "BadRequest", says });
      }
    },
  },
];
