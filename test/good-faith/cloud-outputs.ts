/** What clouds add to what a program asked for, as far as another resource reads or rules judge it. */
import type { Registered } from "../harness/deploy.ts";

type Resource = Pick<Registered, "type" | "name" | "inputs">;
type Outputs = Readonly<Record<string, unknown>>;

/** The id of a resource: no two of a program have the same. */
export function cloudId({ type, name }: Pick<Resource, "type" | "name">): string {
  return `${kindOf(type)}/${name}`;
}

/** The outputs of a resource beside its inputs. */
export function cloudOutputs(resource: Resource): Outputs {
  const { type, name, inputs } = resource;
  const own = ownOutputs[type]?.(name) ?? {};
  return {
    name: inputs["name"] ?? `${name}-${kindOf(type)}`.toLowerCase(),
    arn: `arn:${cloudId(resource)}`,
    selfLink: `link/${cloudId(resource)}`,
    ...(isObject(resource) ? metadataOf(resource) : {}),
    ...own,
  };
}

/** `Bucket` of `aws:s3/bucket:Bucket`. */
function kindOf(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

const ownOutputs: Readonly<Record<string, (name: string) => Outputs>> = {
  "aws:acm/certificate:Certificate": () => ({
    domainValidationOptions: [
      { resourceRecordName: "_1.shop", resourceRecordType: "CNAME", resourceRecordValue: "_2.aws" },
    ],
  }),
  "aws:apigatewayv2/api:Api": () => ({
    executionArn: "arn:aws:execute-api:eu-west-1:123456789012:api",
  }),
  "aws:cloudfront/distribution:Distribution": () => ({
    domainName: "d1.cloudfront.net",
    hostedZoneId: "Z2FDTNDATAQYW2",
  }),
  "aws:ecr/repository:Repository": () => ({
    repositoryUrl: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop",
  }),
  "aws:kms/key:Key": (name) => ({ keyId: `Key/${name}` }),
  "aws:rds/instance:Instance": (name) => ({ identifier: `Instance/${name}` }),
  "aws:route53/record:Record": (name) => ({ fqdn: `${name}.shop.example` }),
  "aws:route53/zone:Zone": (name) => ({ zoneId: `Zone/${name}` }),
  "aws:s3/bucket:Bucket": (name) => ({
    arn: `arn:aws:s3:::${name}-1a2b3c4`,
    bucket: `${name}-1a2b3c4`,
    bucketDomainName: `${name}-1a2b3c4.s3.amazonaws.com`,
    bucketRegionalDomainName: `${name}-1a2b3c4.s3.eu-west-1.amazonaws.com`,
  }),
  "aws:sqs/queue:Queue": (name) => ({
    url: `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`,
  }),
  "azure-native:applicationinsights:Component": () => ({
    connectionString: "InstrumentationKey=00000000-0000-0000-0000-000000000003",
  }),
  "azure-native:managedidentity:UserAssignedIdentity": (name) => ({
    principalId: `${name}-principal`,
  }),
  "azure-native:sql:Server": () => ({ fullyQualifiedDomainName: "shop.database.windows.net" }),
  "azuread:index/application:Application": (name) => ({ clientId: `${name}-client` }),
  "azuread:index/group:Group": (name) => ({ objectId: `${name}-object` }),
  "azuread:index/servicePrincipal:ServicePrincipal": (name) => ({ objectId: `${name}-object` }),
  "gcp:logging/organizationSink:OrganizationSink": () => ({
    writerIdentity: "serviceAccount:o1-1@gcp-sa-logging.iam.gserviceaccount.com",
  }),
  "gcp:serviceaccount/account:Account": () => ({
    email: "shop@acme-shop.iam.gserviceaccount.com",
  }),
  "gcp:sql/databaseInstance:DatabaseInstance": () => ({ privateIpAddress: "10.91.0.3" }),
  "random:index/randomPassword:RandomPassword": () => ({ result: "never the same twice" }),
  "tls:index/certRequest:CertRequest": () => ({ certRequestPem: "a request" }),
  "tls:index/locallySignedCert:LocallySignedCert": () => ({ certPem: "a certificate" }),
  "tls:index/privateKey:PrivateKey": () => ({
    privateKeyPem: "a key",
    publicKeyOpenssh: "ssh-rsa a-key",
  }),
  "tls:index/selfSignedCert:SelfSignedCert": () => ({ certPem: "a certificate" }),
};

function isObject({ type }: Resource): boolean {
  return type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm");
}

/** Pulumi names an object that the program does not name. */
function metadataOf({ name, inputs }: Resource): Outputs {
  return { metadata: { name: `${name}-1a2b3c4d`, ...(inputs["metadata"] as object | undefined) } };
}
