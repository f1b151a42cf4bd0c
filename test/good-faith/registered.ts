/** What a program in good faith registers, against mocks. */
import { readdirSync } from "node:fs";
import { usualOutputs } from "../harness/cloud-outputs.ts";
import { deploy, type Invoked, type Registered } from "../harness/deploy.ts";

/** Before anything exists (ids and outputs are not known), or after. */
type Moment = "preview" | "update";

/** The names of all programs: each is a folder with an `index.ts`. */
export const programs: readonly string[] = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Runs a program; a failure in it is thrown. */
export function registeredBy(name: string, moment: Moment): Promise<readonly Registered[]> {
  // Node evaluates a module once for each address, and each moment is a run of its own.
  const address = new URL(`./${name}/index.ts?${moment}`, import.meta.url).href;
  return deploy(() => import(address), {
    preview: moment === "preview",
    project: name,
    outputs: (resource) => ({ ...usualOutputs(resource), ...ownOutputs[resource.type] }),
    call: answer,
  });
}

/** What the clouds add to resources of which a program reads it. */
const ownOutputs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "aws:acm/certificate:Certificate": {
    domainValidationOptions: [
      { resourceRecordName: "_1.shop", resourceRecordType: "CNAME", resourceRecordValue: "_2.aws" },
    ],
  },
  "aws:apigatewayv2/api:Api": { executionArn: "arn:aws:execute-api:eu-west-1:123456789012:api" },
  "aws:ecr/repository:Repository": {
    repositoryUrl: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop",
  },
  "azure-native:sql:Server": { fullyQualifiedDomainName: "shop.database.windows.net" },
  "gcp:serviceaccount/account:Account": { email: "shop@acme-shop.iam.gserviceaccount.com" },
};

/** What the clouds answer to the functions that programs call. */
function answer({ token }: Invoked): Readonly<Record<string, unknown>> {
  const found = answers[token];
  if (found === undefined) throw new Error(`no program calls ${token} yet`);
  return found;
}

const answers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "aws:ec2/getAmi:getAmi": { id: "ami-0123456789abcdef0" },
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
  "azure-native:authorization:getClientConfig": {
    subscriptionId: "00000000-0000-0000-0000-000000000001",
    tenantId: "00000000-0000-0000-0000-000000000002",
  },
  "gcp:organizations/getClientConfig:getClientConfig": { project: "acme-shop" },
  "gcp:organizations/getProject:getProject": { number: "123456789012", projectId: "acme-shop" },
  "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": {
    emailAddress: "service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
  },
};
