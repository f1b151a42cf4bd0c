/** The one question to a trust of any cloud: does it admit this token? */
import type { Admission } from "./admission.ts";
import { admitToAws } from "./aws/trust-policy.ts";
import { admitToAzure } from "./azure/federated-credential.ts";
import { admitToGcp } from "./gcp/workload-trust.ts";
import type { Token } from "./token.ts";
import type { Trust } from "./trust.ts";

/** Whether the trust admits the token, as the cloud's own token service decides. */
export function admit(trust: Trust, token: Token): Admission {
  switch (trust.cloud) {
    case "aws":
      return admitToAws(trust, token);
    case "azure":
      return admitToAzure(trust, token);
    case "gcp":
      return admitToGcp(trust, token);
  }
}
