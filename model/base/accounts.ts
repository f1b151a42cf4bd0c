/** The account an environment uses in each cloud; plain, so that lowering can write whole names. */
export interface CloudAccounts {
  readonly aws: AwsAccount;
  readonly azure: AzureAccount;
  readonly gcp: GcpAccount;
}

export interface AwsAccount {
  /** Twelve digits. */
  readonly accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN. */
  readonly partition: string;
  /** Home region: where what exists once per environment lies. */
  readonly region: string;
  /** Every region in use, the home region included. */
  readonly regions: readonly string[];
}

export interface AzureAccount {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly location: string;
}

export interface GcpAccount {
  readonly project: string;
  /** Digits. Identity pools are named by number, which is never given out twice. */
  readonly projectNumber: string;
  readonly region: string;
}
