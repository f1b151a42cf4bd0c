/** Image repositories (Amazon ECR API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault, documentProblem, documentText } from "../policy-documents.ts";
import { toKey } from "../references.ts";

const mutabilities = ["MUTABLE", "IMMUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"];

const repository = ordinary("aws:ecr/repository:Repository", {
  id: "{name}",
  arn: "ecr:repository/{name}",
  autoname: { property: "name", charactersMax: 256, lowerCase: true },
  defaults: { imageTagMutability: "MUTABLE" },
  forceNew: ["encryptionConfigurations", "name"],
  check: (r) => [
    ...oneOf(r.text("imageTagMutability", "MUTABLE"), "imageTagMutability", mutabilities),
    ...(/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(r.text("name"))
      ? []
      : [{ property: "name", reason: `invalid repository name: ${r.text("name")}` }]),
  ],
  outputs: {
    encryptionConfigurations: [{ encryptionType: "AES256", kmsKey: "" }],
    imageScanningConfiguration: { scanOnPush: false },
    registryId: (r) => r.account,
    repositoryUrl: form("{account}.dkr.ecr.{region}.{suffix}/{name}"),
  },
  keys: ["name"],
  references: [
    toKey("encryptionConfigurations[*].kmsKey", "KmsException", "KMS Key {value} does not exist"),
  ],
  taken: error(
    "RepositoryAlreadyExistsException",
    "The repository with name '{id}' already exists in the registry",
  ),
  timeouts: { delete: 1200 },
});

const toRepository = refer(
  "repository",
  repository.token,
  error(
    "RepositoryNotFoundException",
    "The repository with name '{value}' does not exist in the registry",
  ),
  { cascades: true },
);

const registryId = { registryId: (r: Resource) => r.account };

const ofRepository = (type: string, more: Partial<TypeEntry>) =>
  ordinary(`aws:ecr/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, {
    id: "{repository}",
    untagged: true,
    maps: ["policy"],
    forceNew: ["repository"],
    check: (r) => documentFault(r, "policy"),
    outputs: registryId,
    normalised: { policy: asDocument },
    references: [toRepository],
    ...more,
  });

const repositoryPolicy = ofRepository("RepositoryPolicy", {
  admit: (r) => {
    const text = documentText(r.given("policy") ?? "");
    // A repository's own policy names no resource (Amazon ECR user guide, "Repository policies").
    const problem = documentProblem(text, "identity");
    return refuseIf(
      problem !== undefined && !problem.includes("principal") && !problem.includes("resources"),
      "InvalidParameterException",
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    );
  },
});

const lifecyclePolicy = ofRepository("LifecyclePolicy", {
  forceNew: ["policy", "repository"],
  admit: (r) => {
    const rules = (JSON.parse(documentText(r.given("policy") ?? "{}")) as { rules?: unknown })
      .rules;
    return refuseIf(
      !Array.isArray(rules) || rules.length === 0,
      "InvalidParameterException",
      "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure'",
    );
  },
});

const registry = (type: string, more: Partial<TypeEntry>) =>
  ordinary(`aws:ecr/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, {
    id: "{account}",
    untagged: true,
    outputs: registryId,
    ...more,
  });

const registryPolicy = registry("RegistryPolicy", {
  maps: ["policy"],
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: asDocument },
});

const scanning = registry("RegistryScanningConfiguration", {
  check: (r) => oneOf(r.text("scanType"), "scanType", ["BASIC", "ENHANCED"]),
});

const replication = registry("ReplicationConfiguration", {});

const pullThrough = ordinary("aws:ecr/pullThroughCacheRule:PullThroughCacheRule", {
  id: "{ecrRepositoryPrefix}",
  untagged: true,
  forceNew: ["ecrRepositoryPrefix", "upstreamRegistryUrl", "upstreamRepositoryPrefix"],
  outputs: { ...registryId, upstreamRepositoryPrefix: "ROOT" },
  taken: error(
    "PullThroughCacheRuleAlreadyExistsException",
    "A pull through cache rule already exists for {id}",
  ),
});

/** The entries of image repositories. */
export const ecrTypes: readonly TypeEntry[] = [
  repository,
  repositoryPolicy,
  lifecyclePolicy,
  registryPolicy,
  scanning,
  replication,
  pullThrough,
];
