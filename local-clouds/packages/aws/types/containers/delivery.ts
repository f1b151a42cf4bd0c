/** Source and delivery: CodeCommit, CodeDeploy, CodePipeline (their API references). */

import type { TypeEntry } from "../../../../types/type.ts";
import { objectsIn, oneOf, others } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toKey } from "../references.ts";

const repository = ordinary("aws:codecommit/repository:Repository", {
  id: "{repositoryName}",
  arn: "codecommit:{repositoryName}",
  outputs: {
    cloneUrlHttp: form("https://git-codecommit.{region}.{suffix}/v1/repos/{repositoryName}"),
    cloneUrlSsh: form("ssh://git-codecommit.{region}.{suffix}/v1/repos/{repositoryName}"),
    kmsKeyId: form("arn:{partition}:kms:{region}:{account}:key/{uuid:key}"),
    repositoryId: form("{uuid}"),
  },
  references: [
    toKey("kmsKeyId", "EncryptionKeyNotFoundException", "The key {value} does not exist"),
  ],
  taken: error("RepositoryNameExistsException", "Repository named {id} already exists"),
});

const application = ordinary("aws:codedeploy/application:Application", {
  arn: "codedeploy:application:{name}",
  id: (r) => `${r.uuid("application")}:${r.text("name")}`,
  name: 100,
  defaults: { computePlatform: "Server" },
  forceNew: ["computePlatform"],
  check: (r) =>
    oneOf(r.text("computePlatform", "Server"), "computePlatform", ["ECS", "Lambda", "Server"]),
  outputs: {
    applicationId: (r) => r.uuid("application"),
    githubAccountName: "",
    linkedToGithub: false,
  },
  keys: ["name"],
  admit: (r) =>
    refuseIf(
      others(r).some(({ properties }) => properties["name"] === r.given("name")),
      "ApplicationAlreadyExistsException",
      `Application ${r.text("name")} already exists`,
    ),
});

const deploymentGroup = ordinary("aws:codedeploy/deploymentGroup:DeploymentGroup", {
  arn: "codedeploy:deploymentgroup:{appName}/{deploymentGroupName}",
  id: (r) => r.uuid("group"),
  defaults: {
    deploymentConfigName: "CodeDeployDefault.OneAtATime",
    outdatedInstancesStrategy: "UPDATE",
  },
  forceNew: ["appName"],
  outputs: {
    computePlatform: (r) => r.target("appName")?.properties["computePlatform"],
    deploymentGroupId: (r) => r.id,
  },
  references: [
    refer(
      "appName",
      application.token,
      error("ApplicationDoesNotExistException", "No application found for name: {value}"),
      { by: "name", cascades: true },
    ),
    toRole(
      "serviceRoleArn",
      error(
        "InvalidRoleException",
        "AWS CodeDeploy does not have the permissions required to assume the role {value}.",
      ),
    ),
  ],
  admit: (r) =>
    refuseIf(
      r
        .all("aws:codedeploy/deploymentGroup:DeploymentGroup")
        .some(
          ({ id, properties }) =>
            id !== r.id &&
            properties["appName"] === r.given("appName") &&
            properties["deploymentGroupName"] === r.given("deploymentGroupName"),
        ),
      "DeploymentGroupAlreadyExistsException",
      `Deployment group name ${r.text("deploymentGroupName")} already exists`,
    ),
});

/** Stages of a pipeline (CodePipeline quotas). */
const stages = { min: 2, max: 50 };

const pipeline = ordinary("aws:codepipeline/pipeline:Pipeline", {
  arn: "codepipeline:{name}",
  id: "{name}",
  name: 100,
  defaults: { executionMode: "SUPERSEDED", pipelineType: "V1" },
  check: (r) => oneOf(r.text("pipelineType", "V1"), "pipelineType", ["V1", "V2"]),
  outputs: { triggerAlls: [] },
  references: [
    toRole(
      "roleArn",
      error(
        "InvalidStructureException",
        "CodePipeline is not authorized to perform AssumeRole on role {value}",
      ),
    ),
  ],
  taken: error("PipelineNameInUseException", "A pipeline with the name '{id}' already exists"),
  admit: (r) => {
    const given = objectsIn(r.list("stages"));
    return (
      refuseIf(
        given.length < stages.min || given.length > stages.max,
        "InvalidStructureException",
        `Pipeline has only ${given.length} stage(s). There should be a minimum of ${stages.min} stages in a pipeline`,
      ) ??
      refuseIf(
        new Set(given.map(({ name }) => name)).size < given.length,
        "InvalidStructureException",
        "Pipeline stages must have unique names",
      )
    );
  },
});

/** The entries of source and delivery. */
export const deliveryTypes: readonly TypeEntry[] = [
  repository,
  application,
  deploymentGroup,
  pipeline,
];
