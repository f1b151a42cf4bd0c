/** What a planned machine, function, task or setting holds in plaintext: environments and scripts. */
import type { Judge } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { waitsForOneOf } from "./refers-to.ts";
import { isSecretName, secretInScript, secretUnder } from "./secret-literal.ts";

/** A value under a name, or a whole script. */
interface HandedValue {
  readonly view: View;
  /** Undefined for scripts. */
  readonly name: string | undefined;
}

interface Handed {
  /** The call by which it is read. */
  readonly shownBy: string;
  readonly read: (inputs: View) => readonly HandedValue[];
}

const ofAws: Readonly<Record<string, Handed>> = {
  "aws:apprunner/service:Service": {
    shownBy: "apprunner:DescribeService",
    read: (inputs) => {
      const source = inputs.at("sourceConfiguration");
      const places = [
        source.at("imageRepository", "imageConfiguration"),
        source.at("codeRepository", "codeConfiguration", "codeConfigurationValues"),
      ];
      return places.flatMap((place) => ofMap(place.at("runtimeEnvironmentVariables")));
    },
  },
  "aws:batch/jobDefinition:JobDefinition": {
    shownBy: "batch:DescribeJobDefinitions",
    read: (inputs) => ofContainer(inputs.at("containerProperties").document()),
  },
  "aws:codebuild/project:Project": {
    shownBy: "codebuild:BatchGetProjects",
    read: (inputs) =>
      entriesOf(inputs.at("environment", "environmentVariables"))
        .filter((one) => (one.at("type").text() ?? "PLAINTEXT") === "PLAINTEXT")
        .map(named),
  },
  "aws:ec2/instance:Instance": {
    shownBy: "ec2:DescribeInstanceAttribute",
    read: (inputs) => [script(inputs.at("userData")), script(inputs.at("userDataBase64"))],
  },
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    shownBy: "autoscaling:DescribeLaunchConfigurations",
    read: (inputs) => [script(inputs.at("userData")), script(inputs.at("userDataBase64"))],
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    shownBy: "ec2:DescribeLaunchTemplateVersions",
    read: (inputs) => [script(inputs.at("userData"))],
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    shownBy: "ecs:DescribeTaskDefinition",
    read: (inputs) => entriesOf(inputs.at("containerDefinitions").document()).flatMap(ofContainer),
  },
  "aws:lambda/function:Function": {
    shownBy: "lambda:GetFunctionConfiguration",
    read: (inputs) => ofMap(inputs.at("environment", "variables")),
  },
  "aws:ssm/parameter:Parameter": {
    shownBy: "ssm:GetParameter without a key",
    read: (inputs) => {
      if (inputs.at("type").text() === "SecureString") return [];
      const name = inputs.at("name").text() ?? "";
      return [inputs.at("value"), inputs.at("insecureValue")].map((view) => ({ view, name }));
    },
  },
};

const ofAzure: Readonly<Record<string, Handed>> = {
  "azure-native:automation:Variable": {
    shownBy: "automationAccounts/variables/read",
    read: (inputs) => {
      if (inputs.at("isEncrypted").flag() === true) return [];
      const name = inputs.at("variableName").text() ?? inputs.at("name").text() ?? "";
      return [{ view: inputs.at("value"), name }];
    },
  },
  "azure-native:compute:VirtualMachine": {
    shownBy: "the machine's own disk or metadata service",
    read: ofMachine,
  },
  "azure-native:compute:VirtualMachineScaleSet": {
    shownBy: "the machine's own disk or metadata service",
    read: (inputs) => ofMachine(inputs.at("virtualMachineProfile")),
  },
  "azure-native:containerinstance:ContainerGroup": {
    shownBy: "containerGroups/read",
    read: (inputs) =>
      [...entriesOf(inputs.at("containers")), ...entriesOf(inputs.at("initContainers"))]
        .flatMap((container) => entriesOf(container.at("environmentVariables")))
        .map(named),
  },
};

const ofGcp: Readonly<Record<string, Handed>> = {
  "gcp:cloudfunctions/function:Function": {
    shownBy: "cloudfunctions.functions.get",
    read: (inputs) => [
      ...ofMap(inputs.at("environmentVariables")),
      ...ofMap(inputs.at("buildEnvironmentVariables")),
    ],
  },
  "gcp:cloudfunctionsv2/function:Function": {
    shownBy: "cloudfunctions.functions.get",
    read: (inputs) => [
      ...ofMap(inputs.at("serviceConfig", "environmentVariables")),
      ...ofMap(inputs.at("buildConfig", "environmentVariables")),
    ],
  },
  "gcp:cloudrunv2/job:Job": {
    shownBy: "run.jobs.get",
    read: (inputs) => ofContainers(inputs.at("template", "template", "containers")),
  },
  "gcp:cloudrunv2/service:Service": {
    shownBy: "run.services.get",
    read: (inputs) => ofContainers(inputs.at("template", "containers")),
  },
  "gcp:compute/instance:Instance": { shownBy: "compute.instances.get", read: ofMetadata },
  "gcp:compute/instanceTemplate:InstanceTemplate": {
    shownBy: "compute.instanceTemplates.get",
    read: ofMetadata,
  },
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate": {
    shownBy: "compute.instanceTemplates.get",
    read: ofMetadata,
  },
};

const byType = { ...ofAws, ...ofAzure, ...ofGcp };

/** Types of which {@link judgeHanded} knows what they are handed, by cloud. */
export const handedTypes = {
  aws: Object.keys(ofAws),
  azure: Object.keys(ofAzure),
  gcp: Object.keys(ofGcp),
};

/** Resources whose outputs are secrets. */
const producers = [
  "aws:iam/accessKey:AccessKey",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "random:index/randomPassword:RandomPassword",
  "tls:index/privateKey:PrivateKey",
];

/** Fails at every secret that the subject is handed; the finding never holds the secret. */
export function judgeHanded(subject: PlannedResource, judge: Judge, plan: Plan): void {
  const { shownBy = "", read = () => [] } = byType[subject.type] ?? {};
  for (const { view, name } of read(subject.inputs)) {
    judge.part(() => {
      const found =
        name !== undefined && view.state === "unknown"
          ? secretOfPlan(view, name, judge, plan)
          : name === undefined
            ? secretInScript(scriptText(view))
            : secretUnder(name, view.text() ?? "");
      if (found !== undefined) judge.fail(view, `${shownBy} shows ${found}`);
    });
  }
}

/** Names of values that may hold a secret among other things. */
const mayCarrySecret = /(url|uri|dsn|connection|conn|string|auth)$/i;

/** What another resource makes is no literal, but it may be a secret. */
function secretOfPlan(view: View, name: string, judge: Judge, plan: Plan): string | undefined {
  const waits = plan.waitsFor(view.urn, view.path);
  const makes = waitsForOneOf(plan, view, producers);
  if (makes && isSecretName(name)) return "a secret that is planned as well";
  const harmless = waits.length > 0 && !makes && !isSecretName(name) && !mayCarrySecret.test(name);
  if (!harmless) judge.open(view);
  return undefined;
}

function script(view: View): HandedValue {
  return { view, name: undefined };
}

function named(entry: View): HandedValue {
  return { view: entry.at("value"), name: entry.at("name").text() ?? "" };
}

function ofMap(map: View): HandedValue[] {
  return map.keys().map((name) => ({ view: map.at(name), name }));
}

function ofMachine(machine: View): HandedValue[] {
  return [script(machine.at("osProfile", "customData")), script(machine.at("userData"))];
}

/** Some entries of a machine's metadata are scripts that it runs when it starts. */
function ofMetadata(inputs: View): HandedValue[] {
  const entries = ofMap(inputs.at("metadata")).map(({ view, name = "" }) =>
    /script|user-data/.test(name) ? script(view) : { view, name },
  );
  return [script(inputs.at("metadataStartupScript")), ...entries];
}

/** Containers of Cloud Run. */
function ofContainers(containers: View): HandedValue[] {
  return entriesOf(containers).flatMap((one) => entriesOf(one.at("envs")).map(named));
}

function ofContainer(container: View): HandedValue[] {
  return entriesOf(container.at("environment")).map(named);
}

const base64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** The script in clear, also where it is written in base64. Throws `Undecided`. */
function scriptText(view: View): string {
  const text = view.text() ?? "";
  if (!base64.test(text) || text.trim().length < 8) return text;
  return Buffer.from(text, "base64").toString("latin1");
}
