/**
 * Whether a sign-in meets a policy's grant controls (Microsoft Entra, "Conditional Access: Grant",
 * "Conditional Access authentication strength").
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Live, type LiveWorld, objectsAt, textAt, textsAt } from "../live.ts";
import type { Presented } from "../presented.ts";

const strengthToken = "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy";

/** Strengths that every tenant has, by the end of their id ("Built-in authentication strengths"). */
const builtIn: Readonly<Record<string, readonly string[]>> = {
  "00000000-0000-0000-0000-000000000004": [
    "windowsHelloForBusiness",
    "fido2",
    "x509CertificateMultiFactor",
  ],
  "00000000-0000-0000-0000-000000000003": [
    "windowsHelloForBusiness",
    "fido2",
    "x509CertificateMultiFactor",
    "deviceBasedPush",
  ],
};
const multifactorStrength = "00000000-0000-0000-0000-000000000002";

/** A control that is not met; `open` where that cannot be told. */
export interface Unmet {
  readonly control: string;
  readonly open: boolean;
}

/** What is not met: of AND all, of OR nothing when one is. */
export function unmetControls(live: LiveWorld, policy: Live, token: Presented): readonly Unmet[] {
  const grant = objectsAt(policy.properties, "grantControls")[0];
  if (grant === undefined) return [];
  const judged = controlsOf(grant).map((control) => ({
    control,
    met: isMet(live, control, token),
  }));
  const unmet = judged
    .filter(({ met }) => met !== true)
    .map(({ control, met }) => ({ control, open: met === undefined }));
  const either = textAt(grant, "operator") === "OR" && !judged.some(isBlock);
  return either && unmet.length < judged.length ? [] : unmet;
}

function isBlock({ control }: { readonly control: string }): boolean {
  return control === "block";
}

function controlsOf(grant: JsonObject): readonly string[] {
  const strength = textAt(grant, "authenticationStrengthPolicyId");
  return [
    ...textsAt(grant, "builtInControls"),
    ...(strength === "" ? [] : [`authenticationStrength ${strength}`]),
    ...textsAt(grant, "termsOfUses").map((id) => `termsOfUse ${id}`),
    ...textsAt(grant, "customAuthenticationFactors").map((id) => `custom ${id}`),
  ];
}

/** What was done to sign in stands in the token; what the device is, somebody must have told. */
function isMet(live: LiveWorld, control: string, token: Presented): boolean | undefined {
  const told = (fact: string) => textAt(token.context, fact) === "true";
  const multifactor = textsAt(token.claims, "amr").includes("mfa");
  switch (control) {
    case "block":
      return false;
    case "mfa":
      return multifactor;
    case "compliantDevice":
    case "domainJoinedDevice":
    case "compliantApplication":
      return told(control);
    // "Approved client app" was retired in 2026 and no longer counts as chosen.
    case "approvedApplication":
      return undefined;
    default:
      return control.startsWith("authenticationStrength ")
        ? isStrong(live, control.split("/").at(-1)?.replace(/^.* /, "") ?? "", token, multifactor)
        : undefined;
  }
}

/** The fact `method` names the combination that was used, e.g. `fido2` or `password,sms`. */
function isStrong(
  live: LiveWorld,
  id: string,
  token: Presented,
  multifactor: boolean,
): boolean | undefined {
  if (!multifactor) return false;
  if (id === multifactorStrength) return true;
  const method = textAt(token.context, "method");
  const custom = live.of(strengthToken).find((one) => one.id.endsWith(id));
  const allowed = builtIn[id] ?? textsAt(custom?.properties, "allowedCombinations");
  return method === "" || allowed.length === 0 ? undefined : allowed.includes(method);
}
