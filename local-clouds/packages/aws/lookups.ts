/** Provider functions of aws that look for what is in the world: networks, zones, secrets, roles, images. */

import { cidrInterval, tryParseCidr } from "../../../model/base/address.ts";
import type { Json, JsonObject } from "../../protocol/value.ts";
import type { InvokeCall, InvokeEntry } from "../../types/invoke.ts";
import type { Neighbour } from "../../types/resource.ts";
import { imageLookup } from "./images.ts";
import { hexFrom } from "./stable.ts";
import { isJsonObject, objectsIn, partition, textOf, textsIn } from "./types/common.ts";

/** What a function looks for. */
interface LookUp {
  readonly token: string;
  /** Types it looks among. */
  readonly among: readonly string[];
  /** Arguments that must equal an output, by argument; the output's name where it differs. */
  readonly by: Readonly<Record<string, string>>;
  /** Arguments of which two spellings are one thing, in the common spelling. */
  readonly spelled?: (text: string) => string;
  /** How the provider calls one of them in its messages. */
  readonly kind: string;
  /** Outputs of the resource that the function does not tell; no function tells `tagsAll`. */
  readonly untold?: readonly string[];
  /** Further outputs of the function. */
  readonly more?: (found: Neighbour, call: InvokeCall) => JsonObject;
}

/** EC2's filter names that are not simply an output's name with hyphens (EC2 API reference, Filter). */
const filterNames: Readonly<Record<string, string>> = {
  cidr: "cidrBlock",
  "cidr-block": "cidrBlock",
  "group-id": "id",
  "group-name": "name",
  "internet-gateway-id": "id",
  "is-default": "default",
  isDefault: "default",
  "subnet-id": "id",
};

/** Outputs that only few have, and what the others answer. */
const absent: Readonly<Record<string, Json>> = { default: false, defaultForAz: false };

/** Whether a resource has what a call asks for. */
function matches(
  found: Neighbour,
  call: InvokeCall,
  by: Readonly<Record<string, string>>,
  spelled = (text: string) => text,
): boolean {
  const direct = Object.entries(by).every(([argument, output]) => {
    const given = call.args[argument];
    const asked = typeof given === "string" ? spelled(given) : given;
    return asked === undefined || asked === (found.properties[output] ?? absent[output]);
  });
  const tags = call.args["tags"];
  const tagged = Object.entries(isJsonObject(tags) ? tags : {}).every(
    ([key, value]) => tagOf(found, key) === value,
  );
  return (
    direct && tagged && objectsIn(call.args["filters"]).every((filter) => passes(found, filter))
  );
}

function passes(found: Neighbour, filter: JsonObject): boolean {
  const name = String(filter["name"]);
  const wanted = textsIn(filter["values"]);
  const output = filterNames[name] ?? camel(name);
  const value = name.startsWith("tag:")
    ? tagOf(found, name.slice(4))
    : (found.properties[output] ?? absent[output]);
  return wanted.some((pattern) => like(pattern, String(value ?? "")));
}

function tagOf(found: Neighbour, key: string): Json | undefined {
  const tags = found.properties["tagsAll"] ?? found.properties["tags"];
  return isJsonObject(tags) ? tags[key] : undefined;
}

/** `vpc-id` → `vpcId`. */
function camel(name: string): string {
  return name.replaceAll(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase());
}

/** Filters take `*` and `?`. */
function like(pattern: string, value: string): boolean {
  const source = pattern
    .replaceAll(/[.+^$()|[\]{}\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(value);
}

/** The entry of a function that finds exactly one. */
function finder({ token, among, by, spelled, kind, untold, more }: LookUp): InvokeEntry {
  return {
    token,
    run: (call) => {
      const found = among
        .flatMap((type) => call.all(type))
        .filter((one) => matches(one, call, by, spelled));
      const [first, second] = found;
      if (first === undefined) {
        return call.refuse({ code: "NotFound", says: `no matching ${kind} found` });
      }
      if (second !== undefined) {
        return call.refuse({
          code: "TooManyResults",
          says: `multiple ${kind}s matched; use additional constraints to reduce matches to a single ${kind}`,
        });
      }
      const told = Object.entries(first.properties).filter(
        ([key]) => key !== "tagsAll" && untold?.includes(key) !== true,
      );
      return { ...call.args, ...Object.fromEntries(told), id: first.id, ...more?.(first, call) };
    },
  };
}

/** The entry of a function that lists ids. */
function lister(token: string, type: string): InvokeEntry {
  return {
    token,
    run: (call) => ({
      ...call.args,
      id: call.scope.region,
      region: call.scope.region,
      ids: call
        .all(type)
        .filter((found) => matches(found, call, {}))
        .map(({ id }) => id),
    }),
  };
}

const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";
const secret = "aws:secretsmanager/secret:Secret";

const secretVersion: InvokeEntry = {
  token: "aws:secretsmanager/getSecretVersion:getSecretVersion",
  run: (call) => {
    const owner = call.find(secret, String(call.args["secretId"]));
    const versions = call
      .all("aws:secretsmanager/secretVersion:SecretVersion")
      .filter(({ properties }) => properties["arn"] === owner?.properties["arn"]);
    const wanted = call.args["versionId"];
    const found = versions
      .filter(({ properties }) => wanted === undefined || properties["versionId"] === wanted)
      .at(-1);
    if (owner === undefined || found === undefined) {
      return call.refuse({
        code: "ResourceNotFoundException",
        says: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
      });
    }
    const { properties } = found;
    return {
      secretBinary: "",
      secretString: "",
      ...call.args,
      ...properties,
      id: `${textOf(owner.properties, "arn") ?? ""}|AWSCURRENT`,
      secretId: String(call.args["secretId"]),
      createdDate: "",
    };
  },
};

/** Accounts under which load balancers of older regions write their logs (Elastic Load Balancing user guide). */
const logAccounts: Readonly<Record<string, string>> = {
  "eu-central-1": "054676820928",
  "eu-north-1": "897822967062",
  "eu-west-1": "156460612806",
  "eu-west-2": "652711504416",
  "eu-west-3": "009996457667",
  "us-east-1": "127311923021",
  "us-east-2": "033677994240",
  "us-west-1": "027434742980",
  "us-west-2": "797873946194",
};

const balancerAccount: InvokeEntry = {
  token: "aws:elb/getServiceAccount:getServiceAccount",
  run: (call) => {
    const region = String(call.args["region"] ?? call.scope.region);
    const id = logAccounts[region];
    if (id === undefined) {
      return call.refuse({
        code: "NotFound",
        says: `unknown region (${region}): it has no such account`,
      });
    }
    return { id, region, arn: `arn:${partition(region)}:iam::${id}:root` };
  },
};

/** Addresses of a subnet that EC2 keeps to itself (VPC user guide, "Subnet sizing"). */
const reservedAddresses = 5;

function addressesFor(cidr: string | undefined): number {
  const range = tryParseCidr(cidr ?? "");
  if (range === undefined) return 0;
  const { from, to } = cidrInterval(range);
  return Number(to - from) + 1 - reservedAddresses;
}

/** The functions that look for something. */
export const awsLookups: readonly InvokeEntry[] = [
  imageLookup((found, call) => matches(found, call, {})),
  finder({
    token: "aws:ec2/getVpc:getVpc",
    among: [vpc],
    by: { id: "id", cidrBlock: "cidrBlock", default: "default" },
    kind: "EC2 VPC",
    untold: [
      "assignGeneratedIpv6CidrBlock",
      "defaultNetworkAclId",
      "defaultRouteTableId",
      "defaultSecurityGroupId",
      "ipv6CidrBlockNetworkBorderGroup",
      "ipv6IpamPoolId",
      "ipv6NetmaskLength",
    ],
    more: ({ id, properties }) => ({
      cidrBlockAssociations: [
        {
          associationId: `vpc-cidr-assoc-0${hexFrom(`${id} range`, 16)}`,
          cidrBlock: properties["cidrBlock"] ?? "",
          state: "associated",
        },
      ],
      default: properties["default"] === true,
    }),
  }),
  lister("aws:ec2/getVpcs:getVpcs", vpc),
  finder({
    token: "aws:ec2/getSubnet:getSubnet",
    among: [subnet],
    by: {
      id: "id",
      vpcId: "vpcId",
      cidrBlock: "cidrBlock",
      availabilityZone: "availabilityZone",
      availabilityZoneId: "availabilityZoneId",
      defaultForAz: "defaultForAz",
    },
    kind: "EC2 Subnet",
    more: ({ properties }) => ({
      availableIpAddressCount: addressesFor(textOf(properties, "cidrBlock")),
      defaultForAz: properties["defaultForAz"] === true,
      state: "available",
    }),
  }),
  lister("aws:ec2/getSubnets:getSubnets", subnet),
  finder({
    token: "aws:ec2/getSecurityGroup:getSecurityGroup",
    among: [
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    ],
    by: { id: "id", name: "name", vpcId: "vpcId" },
    kind: "EC2 Security Group",
  }),
  finder({
    token: "aws:route53/getZone:getZone",
    among: ["aws:route53/zone:Zone"],
    by: { zoneId: "zoneId", name: "name" },
    // Names of zones are shown without the dot that ends them (provider, data source aws_route53_zone).
    spelled: (text) => text.replace(/\.$/, ""),
    kind: "Route53Zone",
    more: ({ properties }) => ({
      callerReference: "",
      resourceRecordSetCount: 2,
      privateZone: Array.isArray(properties["vpcs"]) && properties["vpcs"].length > 0,
    }),
  }),
  finder({
    token: "aws:secretsmanager/getSecret:getSecret",
    among: [secret],
    by: { arn: "arn", name: "name" },
    kind: "Secrets Manager Secret",
  }),
  secretVersion,
  balancerAccount,
  finder({
    token: "aws:lb/getLoadBalancer:getLoadBalancer",
    among: ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"],
    by: { arn: "arn", name: "name" },
    kind: "ELBv2 Load Balancer",
  }),
  finder({
    token: "aws:ssm/getParameter:getParameter",
    among: ["aws:ssm/parameter:Parameter"],
    by: { name: "name" },
    kind: "SSM Parameter",
    more: ({ properties }) => ({
      value: properties["value"] ?? "",
      insecureValue: properties["type"] === "SecureString" ? "" : (properties["value"] ?? ""),
    }),
  }),
  finder({
    token: "aws:kms/getAlias:getAlias",
    among: ["aws:kms/alias:Alias"],
    by: { name: "name" },
    kind: "KMS Alias",
  }),
  finder({
    token: "aws:iam/getRole:getRole",
    among: ["aws:iam/role:Role"],
    by: { name: "name" },
    kind: "IAM Role",
    more: () => ({ roleLastUseds: [] }),
  }),
  finder({
    token: "aws:iam/getPolicy:getPolicy",
    among: ["aws:iam/policy:Policy"],
    by: { arn: "arn", name: "name" },
    kind: "IAM Policy",
  }),
  finder({
    token: "aws:s3/getBucket:getBucket",
    among: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
    by: { bucket: "bucket" },
    kind: "S3 Bucket",
  }),
  finder({
    token: "aws:acm/getCertificate:getCertificate",
    among: ["aws:acm/certificate:Certificate"],
    by: { domain: "domainName" },
    kind: "ACM Certificate",
  }),
  finder({
    token: "aws:ecr/getRepository:getRepository",
    among: ["aws:ecr/repository:Repository"],
    by: { name: "name" },
    kind: "ECR Repository",
    more: () => ({ mostRecentImageTags: [] }),
  }),
];
