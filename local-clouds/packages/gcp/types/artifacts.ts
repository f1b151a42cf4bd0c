/** Artifact Registry, Binary Authorization and Artifact Analysis. */

import type { TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, labels, notFound, toCryptoKey, within } from "./common.ts";
import { grants } from "./iam-grants.ts";
import { shaped } from "./shaped.ts";

const repositoryToken = "gcp:artifactregistry/repository:Repository";
const noteToken = "gcp:containeranalysis/note:Note";
const attestorToken = "gcp:binaryauthorization/attestor:Attestor";

const formats = [
  "APT",
  "DOCKER",
  "GENERIC",
  "GO",
  "GOOGET",
  "KFP",
  "MAVEN",
  "NPM",
  "PYTHON",
  "RUBY",
  "YUM",
];

const repository: TypeEntry = shaped({
  token: repositoryToken,
  form: "projects/{project}/locations/{location}/repositories/{repositoryId}",
  defaults: { mode: "STANDARD_REPOSITORY" },
  forceNew: ["format", "kmsKeyName", "mode"],
  check: (r) =>
    /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(r.text("repositoryId"))
      ? []
      : [
          {
            property: "repositoryId",
            reason: `repository_id must begin with a letter and hold letters, digits and hyphens: ${r.text("repositoryId")}`,
          },
        ],
  planned: labels,
  outputs: {
    cleanupPolicyDryRun: false,
    createTime: (r) => r.createdAt,
    description: "",
    kmsKeyName: "",
    name: (r) => r.text("repositoryId"),
    registryUri: (r) =>
      `${r.text("location", r.region)}-${r.text("format").toLowerCase()}.pkg.dev/${r.account}/${r.text("repositoryId")}`,
    updateTime: (r) => r.createdAt,
    ...absent("dockerConfig", "mavenConfig", "remoteRepositoryConfig", "virtualRepositoryConfig"),
  },
  keys: ["repositoryId"],
  references: [toCryptoKey("kmsKeyName")],
  taken: { code: "409", says: "the repository already exists, alreadyExists" },
  admit: (r) =>
    formats.includes(r.text("format").toUpperCase())
      ? undefined
      : badRequest(`unknown repository format ${r.text("format")}`),
});

const note: TypeEntry = shaped({
  token: noteToken,
  form: "projects/{project}/notes/{name}",
  outputs: { createTime: (r) => r.createdAt, updateTime: (r) => r.createdAt, kind: "ATTESTATION" },
  keys: ["name"],
});

const attestor: TypeEntry = shaped({
  token: attestorToken,
  form: "projects/{project}/attestors/{name}",
  outputs: {
    ...within("attestationAuthorityNote", {
      delegationServiceAccountEmail: (r) =>
        `service-${r.digits("agent", 12)}@gcp-sa-binaryauthorization.iam.gserviceaccount.com`,
    }),
    ...within("attestationAuthorityNote.publicKeys[*]", { id: (r) => r.hex("key", 40) }),
  },
  keys: ["name"],
  references: [
    {
      at: "attestationAuthorityNote.noteReference",
      to: noteToken,
      by: ["id", "name"],
      holds: true,
      missing: notFound("Note {value} not found"),
    },
  ],
});

/** A project has one policy; its id is the project's. */
const policy: TypeEntry = shaped({
  token: "gcp:binaryauthorization/policy:Policy",
  form: "projects/{project}",
  outputs: { globalPolicyEvaluationMode: "" },
  // Setting the policy replaces the one that every project has.
  sharedId: true,
  references: [
    {
      at: "defaultAdmissionRule.requireAttestationsBies[*]",
      to: attestorToken,
      by: ["id", "name"],
      holds: true,
      missing: notFound("Attestor {value} not found"),
    },
  ],
  admit: (r) =>
    r.text("defaultAdmissionRule.evaluationMode", "") === "REQUIRE_ATTESTATION" &&
    r.list("defaultAdmissionRule.requireAttestationsBies").length === 0
      ? badRequest(
          "require_attestations_by must be set when evaluation_mode is REQUIRE_ATTESTATION",
        )
      : undefined,
});

/** The entries of artifacts and of what may run. */
export const artifactTypes: readonly TypeEntry[] = [
  repository,
  note,
  attestor,
  policy,
  ...grants({
    family: "gcp:artifactregistry/repositoryIam",
    input: "repository",
    to: repositoryToken,
    form: "projects/{project}/locations/{location}/repositories/{repository}",
    fullName: true,
  }),
  ...grants({
    family: "gcp:binaryauthorization/attestorIam",
    input: "attestor",
    to: attestorToken,
    form: "projects/{project}/attestors/{attestor}",
    fullName: true,
  }),
];
