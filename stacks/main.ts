/** One environment: settings and intent in, components out. No logic lives here. */
import "./native-stack-traces.ts";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { Cluster } from "../components/cluster/index.ts";
import { IdentityFederation } from "../components/identity/index.ts";
import { LoggingPipeline } from "../components/logging/index.ts";
import { ServiceMesh } from "../components/mesh/index.ts";
import { Network } from "../components/network/index.ts";
import { Segmentation } from "../components/segmentation/index.ts";
import { mustHave } from "../components/shared/must-get.ts";
import { ProblemError } from "../model/base/problem.ts";
import { deployPipeline, environmentIntent } from "./intent.ts";
import { readIdentities } from "./organisation/outputs.ts";
import { cloudProviders } from "./providers.ts";
import { accountsOf, readSettings, settingNames } from "./settings.ts";
import { settingsOfThisStack } from "./this-stack.ts";

const read = readSettings(pulumi.getStack(), settingsOfThisStack(settingNames));
if ("problems" in read) throw new ProblemError(read.problems);
const { settings } = read;
const intent = environmentIntent(settings);
const accounts = accountsOf(settings);

const organisation = new pulumi.StackReference(settings.organisation);
const made = await organisation.getOutputDetails("identities");
const identities = readIdentities(made.value, settings.organisation);

const { aws, azure, gcp } = cloudProviders(accounts, settings.environment);
const tlsProvider = new tls.Provider("tls");
const providers = [aws, azure, gcp];

const network = new Network("network", { intent: intent.network }, { providers });
const segmentation = new Segmentation(
  "segmentation",
  { intent: intent.network, places: network.places },
  { providers },
);
const identity = new IdentityFederation(
  "identity",
  { intent: intent.identity, organisation: identities, accounts },
  { providers },
);
const logging = new LoggingPipeline(
  "logging",
  { intent: intent.logging, accounts, places: Object.values(network.places) },
  { providers },
);
const cluster = new Cluster(
  "cluster",
  {
    intent: intent.cluster,
    network: intent.network,
    places: network.places,
    memberships: segmentation.memberships,
    accounts,
    administrators: {
      aws: [mustHave(identity.aws.roleArns, deployPipeline)],
      azure: [identities.azure.workforceGroupId],
      gcp: [
        `principalSet://iam.googleapis.com/locations/global/workforcePools/${identities.gcp.workforcePoolId}/group/${identities.gcp.workforceGroupId}`,
      ],
    },
    auditAccountIds: { azure: mustHave(logging.azureAccounts, settings.azure.location) },
  },
  { providers },
);
const mesh = new ServiceMesh(
  "mesh",
  {
    intent: intent.mesh,
    clusters: Object.values(cluster.clusters).map(({ place, kubeconfig }) => ({
      name: place,
      provider: new kubernetes.Provider(place, { kubeconfig }),
    })),
  },
  { providers: [tlsProvider] },
);

/** What a pipeline needs to sign in, and what a caller of the mesh needs to trust it. */
export const pipeline = { aws: identity.aws, azure: identity.azure, gcp: identity.gcp };
export const meshRootCertificate = mesh.rootCertificate;
