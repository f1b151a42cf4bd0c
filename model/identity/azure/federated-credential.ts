/**
 * Entra's federated credentials: issuer, subject and audience must all be equal, letter case
 * included (Microsoft Learn, "Workload identity federation considerations").
 */
import type { Admission } from "../admission.ts";
import { admitted, refused } from "../admission.ts";
import type { Token } from "../token.ts";
import type { AzureTrust } from "../trust.ts";

/** The audience Entra asks for in its public cloud. */
export const azureAudience = "api://AzureADTokenExchange";

/** The audiences Entra's token exchange takes at all; a credential with another one never works. */
const exchangeAudiences = [
  azureAudience,
  "api://AzureADTokenExchangeUSGov",
  "api://AzureADTokenExchangeChina",
];

/** Credentials of one identity. A subject's 600 characters are never reached: Google takes 127 bytes. */
export const credentialsPerIdentityMax = 20;

/** Whether a federated credential admits the token. */
export function admitToAzure(trust: AzureTrust, token: Token): Admission {
  if (trust.issuer !== token.issuer) return refused(`issuer is not ${quote(trust.issuer)}`);
  if (trust.subject !== token.subject) return refused(`subject is not ${quote(trust.subject)}`);
  if (!exchangeAudiences.includes(token.audience)) {
    return refused(`audience ${quote(token.audience)} is none of Entra's token exchange`);
  }
  if (!trust.audiences.includes(token.audience)) {
    return refused(`audience is not one of ${trust.audiences.map(quote).join(", ")}`);
  }
  return admitted(`issuer, subject ${quote(trust.subject)} and audience are equal`);
}

function quote(value: string): string {
  return JSON.stringify(value);
}
