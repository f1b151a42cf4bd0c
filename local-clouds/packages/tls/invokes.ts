/** The provider functions of tls that the local clouds answer. */

import { createPublicKey } from "node:crypto";
import type { InvokeEntry } from "../../types/invoke.ts";
import { algorithmOf, keyId, parseKey, publicOutputs } from "./keys.ts";

/** Every function of tls. */
export const tlsInvokes: readonly InvokeEntry[] = [
  {
    token: "tls:index/getPublicKey:getPublicKey",
    run(call) {
      const pem = call.args["privateKeyPem"] ?? call.args["privateKeyOpenssh"];
      if (typeof pem !== "string") {
        return call.refuse({
          code: "Missing",
          says: "privateKeyPem or privateKeyOpenssh is needed",
        });
      }
      const key = parseKey(pem);
      const outputs = publicOutputs(createPublicKey(key));
      return {
        ...call.args,
        algorithm: algorithmOf(key),
        id: keyId(String(outputs["publicKeyPem"])),
        ...outputs,
      };
    },
  },
];
