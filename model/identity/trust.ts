/** A trust of any cloud, as plain data. */

/** The trust policy of an AWS role. */
export interface AwsTrust {
  readonly cloud: "aws";
  /** The policy document, parsed from JSON. */
  readonly document: unknown;
  /**
   * Client ids of the OpenID Connect provider. STS refuses any other audience before it looks at
   * the trust policy. Absent where the provider is not known.
   */
  readonly clientIds?: readonly string[];
}

/** A federated credential of an Azure managed identity or Entra application. */
export interface AzureTrust {
  readonly cloud: "azure";
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** A GCP workload identity provider together with one member that was granted something. */
export interface GcpTrust {
  readonly cloud: "gcp";
  readonly issuer: string;
  /** Empty: the provider's own resource name is the only audience. */
  readonly allowedAudiences: readonly string[];
  /** Attribute to CEL expression over `assertion`. */
  readonly attributeMapping: Readonly<Record<string, string>>;
  /** CEL expression over `assertion`, `google` and `attribute`; absent admits all that map. */
  readonly attributeCondition?: string;
  /** `projects/NUMBER/locations/global/workloadIdentityPools/ID`. */
  readonly pool: string;
  /** Last part of the provider's resource name. */
  readonly provider: string;
  /** `principal://…` or `principalSet://…`, as an IAM binding has it. */
  readonly member: string;
}

export type Trust = AwsTrust | AzureTrust | GcpTrust;
