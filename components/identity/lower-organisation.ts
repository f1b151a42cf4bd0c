/** The organisation's identities as an identity provider, groups and a workforce pool. */
import { awsAudience } from "../../model/identity/aws/trust-policy.ts";
import { githubIssuer } from "../../model/identity/github.ts";
import type { OrganisationIdentityIntent } from "../../model/identity/organisation.ts";

export interface OrganisationIdentitiesPlan {
  readonly github: { readonly url: string; readonly clientIds: readonly string[] };
  readonly group: { readonly name: string; readonly description: string };
  readonly pool: {
    readonly id: string;
    readonly parent: string;
    readonly location: string;
    readonly sessionDuration: string;
  };
  readonly provider: {
    readonly id: string;
    readonly issuerUri: string;
    readonly clientId: string;
    readonly attributeMapping: Readonly<Record<string, string>>;
    /** The condition that admits one Entra group, given its object id. */
    readonly tenantId: string;
  };
}

/** Pure: intent in, every value that does not depend on a created id out. */
export function lowerOrganisation(intent: OrganisationIdentityIntent): OrganisationIdentitiesPlan {
  return {
    github: { url: githubIssuer, clientIds: [awsAudience] },
    group: {
      name: intent.workforce,
      description: "May sign in to the clouds for an hour at a time; made by Bulkhead.",
    },
    pool: {
      id: `bulkhead-${intent.name}`,
      parent: `organizations/${intent.gcpOrganisationId}`,
      location: "global",
      sessionDuration: `${intent.sessionMinutes * 60}s`,
    },
    provider: {
      id: "entra",
      issuerUri: `https://login.microsoftonline.com/${intent.entraTenantId}/v2.0`,
      clientId: intent.entraClientId,
      attributeMapping: {
        // Entra's `sub` differs per application; the object id is the person.
        "google.subject": "assertion.oid",
        "google.groups": "assertion.groups",
      },
      tenantId: intent.entraTenantId,
    },
  };
}

/** CEL: only members of the group, only from the tenant. */
export function workforceCondition(tenantId: string, groupId: string): string {
  return `assertion.tid == '${tenantId}' && '${groupId}' in assertion.groups`;
}
