import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkIdentityIntent } from "../../../model/identity/check-intent.ts";
import type { IdentityIntent } from "../../../model/identity/intent.ts";
import { readsOnly } from "../../../model/identity/intent.ts";

const good: IdentityIntent = {
  environment: "dev",
  repository: { owner: "acme", ownerId: "1", repository: "api", repositoryId: "2" },
  pipelines: [{ name: "deploy", githubEnvironments: ["dev"], may: readsOnly }],
  workforce: { name: "engineers", sessionMinutes: 60, may: readsOnly },
};

const places = (intent: IdentityIntent) =>
  checkIdentityIntent(intent).map(({ code, place }) => `${code} ${place}`);

describe("checking an identity intent", () => {
  it("accepts a good one", () => {
    assert.deepEqual(places(good), []);
  });

  it("reports everything at once", () => {
    const bad: IdentityIntent = {
      environment: "Dev",
      repository: { owner: "acme'", ownerId: "one", repository: "", repositoryId: "0" },
      pipelines: [
        { name: "deploy", githubEnvironments: ["dev:1"], may: readsOnly },
        { name: "deploy", githubEnvironments: [], may: readsOnly },
      ],
      workforce: { name: "", sessionMinutes: 30, may: readsOnly },
    };
    assert.deepEqual(places(bad), [
      "input-type environment",
      "input-type repository.owner",
      "input-type repository.ownerId",
      "input-type repository.repository",
      "input-type repository.repositoryId",
      "input-duplicate pipelines[1].name",
      "input-type pipelines[0].githubEnvironments[0]",
      "limit-reached pipelines[1].githubEnvironments",
      "input-type workforce.name",
      "input-type workforce.sessionMinutes",
    ]);
  });

  it("refuses rights that hand out rights, wildcards and unknown roles", () => {
    const may = {
      awsActions: ["iam:CreateRole", "ec2:*", "ec2:CreateVpc"],
      azureRoles: ["Owner", "Network Contributer"],
      gcpRoles: ["roles/owner", "roles/iam.serviceAccountAdmin", "roles/compute.networkAdmin"],
    } as unknown as IdentityIntent["workforce"]["may"];
    const problems = checkIdentityIntent({ ...good, workforce: { ...good.workforce, may } });
    assert.deepEqual(
      problems.map(({ code, place }) => `${code} ${place}`),
      [
        "trust-too-wide workforce.may.awsActions[0]",
        "input-type workforce.may.awsActions[1]",
        "input-unknown workforce.may.azureRoles[0]",
        "input-unknown workforce.may.azureRoles[1]",
        "trust-too-wide workforce.may.gcpRoles[0]",
        "trust-too-wide workforce.may.gcpRoles[1]",
      ],
    );
    assert.match(problems[3]?.next ?? "", /Did you mean "Network Contributor"/);
  });

  it("gives one GitHub environment to one pipeline only", () => {
    const pipelines = ["plan", "deploy"].map((name) => ({
      name,
      githubEnvironments: ["dev"],
      may: readsOnly,
    }));
    assert.deepEqual(places({ ...good, pipelines }), [
      "input-duplicate pipelines[1].githubEnvironments[0]",
    ]);
  });

  it("refuses a subject that Google would refuse", () => {
    const repository = { ...good.repository, repository: "r".repeat(100) };
    assert.deepEqual(places({ ...good, repository }), [
      "limit-reached pipelines[0].githubEnvironments[0]",
    ]);
  });

  it("keeps the names of pipelines and people apart", () => {
    const pipelines = ["engineers", "workforce"].map((name, i) => ({
      name,
      githubEnvironments: [`dev-${i}`],
      may: readsOnly,
    }));
    assert.deepEqual(places({ ...good, pipelines }), [
      "input-duplicate pipelines[0].name",
      "input-duplicate pipelines[1].name",
    ]);
  });

  it("needs a pipeline", () => {
    assert.deepEqual(places({ ...good, pipelines: [] }), ["input-missing pipelines"]);
  });
});
