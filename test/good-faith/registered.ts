/** What a program in good faith registers, against mocks. */
import { readdirSync } from "node:fs";
import type { RawResource } from "../../policy-packs/kit/plan.ts";
import { deploy, type Invoked, type Registered } from "../harness/deploy.ts";
import { rawOfRegistered } from "../harness/registered.ts";
import { cloudId, cloudOutputs } from "./cloud-outputs.ts";

/** Before anything exists (ids and outputs are not known), or after. */
type Moment = "preview" | "update";

/** The names of all programs: each is a folder with an `index.ts`. */
export const programs: readonly string[] = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const runs = new Map<string, Promise<readonly Registered[]>>();

/** Runs a program, once for each moment: Node evaluates a module once. A failure in it is thrown. */
export function registeredBy(name: string, moment: Moment): Promise<readonly Registered[]> {
  const key = `${name} ${moment}`;
  const run = runs.get(key) ?? runProgram(name, moment);
  runs.set(key, run);
  return run;
}

function runProgram(name: string, moment: Moment): Promise<readonly Registered[]> {
  const address = new URL(`./${name}/index.ts?${moment}`, import.meta.url).href;
  return deploy(() => import(address), {
    preview: moment === "preview",
    project: name,
    outputs: cloudOutputs,
    id: cloudId,
    call: answer,
  });
}

/** What a program plans, as the engine hands it to packs: its default providers are there too. */
export async function plannedBy(name: string, moment: Moment): Promise<RawResource[]> {
  const resources = await registeredBy(name, moment);
  return [
    ...defaultProviders(resources),
    ...rawOfRegistered(resources, (one) =>
      moment === "update" ? { id: cloudId(one), ...one.inputs, ...cloudOutputs(one) } : undefined,
    ),
  ];
}

/** The providers that the engine makes by itself, configured as README.md says. */
function defaultProviders(resources: readonly Registered[]): RawResource[] {
  const orphans = resources.filter(({ custom, provider }) => custom && provider === "");
  const packages = new Set(orphans.map(({ type }) => type.slice(0, type.indexOf(":"))));
  packages.delete("pulumi");
  return [...packages].map((of) => ({
    urn: `urn:pulumi:test::good-faith::pulumi:providers:${of}::default`,
    type: `pulumi:providers:${of}`,
    name: "default",
    inputs: configuration[of] ?? {},
  }));
}

/** What each cloud's programs are configured with. */
const configuration: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws: { region: "eu-west-1" },
  "azure-native": { location: "westeurope" },
  gcp: { project: "acme-shop" },
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
