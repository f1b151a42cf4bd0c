/**
 * AWS Lambda Developer Guide, "Using code signing to verify code integrity": code without a valid
 * signature is deployed with a warning unless the configuration enforces. Images cannot be signed so.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { isGiven, sameRegion } from "../shared/refers-to.ts";

const functionType = "aws:lambda/function:Function";
const config = "aws:lambda/codeSigningConfig:CodeSigningConfig";
const enforcing = { policies: { untrustedArtifactOnDeployment: "Enforce" } };

export const AD54: Rule = {
  id: "AD54",
  sentence: "Where code signing is planned, functions take signed code only.",
  why: "Whoever may update a function runs his own code with its role.",
  severity: "medium",
  tenets: ["T4", "T5"],
  controls: ["CM-14", "SI-7(15)"],
  fix: "Set policies.untrustedArtifactOnDeployment of the CodeSigningConfig to Enforce, and name it in codeSigningConfigArn of each function.",
  subjects: [config, functionType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const { type, inputs } = subject;
    if (type === config) {
      const reaction = inputs.at("policies", "untrustedArtifactOnDeployment");
      if (reaction.text() !== "Enforce") judge.fail(reaction, "unsigned code, deployed and run");
      return;
    }
    const configs = plan.ofType(config).filter((one) => sameRegion(one, subject));
    if (configs.length === 0 || inputs.at("packageType").text() === "Image") {
      return judge.notApplicable("no code signing is planned for it");
    }
    if (isGiven(inputs, "codeSigningConfigArn")) return;
    judge.fail(inputs.at("codeSigningConfigArn"), "unsigned code, deployed and run");
  },
  examples: [
    {
      kind: "violating",
      says: "it only warns",
      expect: "fail",
      resources: alone(config, { policies: { untrustedArtifactOnDeployment: "Warn" } }),
      path: "policies.untrustedArtifactOnDeployment",
    },
    { kind: "clean", says: "it enforces", expect: "pass", resources: alone(config, enforcing) },
    {
      kind: "clean",
      says: "a function that names it",
      expect: "pass",
      resources: [lambda({ codeSigningConfigArn: unknownHere }), signing()],
    },
    {
      kind: "clean",
      says: "an image",
      expect: "not-applicable",
      resources: [lambda({ packageType: "Image" }), signing()],
    },
    {
      kind: "clean",
      says: "nobody plans code signing",
      expect: "not-applicable",
      resources: [lambda({ runtime: "nodejs24.x" })],
    },
    {
      kind: "unknown",
      says: "what it does is not known",
      expect: "unknown",
      resources: alone(config, { policies: { untrustedArtifactOnDeployment: unknownHere } }),
      path: "policies.untrustedArtifactOnDeployment",
    },
    {
      kind: "absent",
      says: "a function that names none",
      expect: "fail",
      resources: [lambda({ runtime: "nodejs24.x" }), signing()],
      path: "codeSigningConfigArn",
    },
  ],
};

function lambda(props: ExampleResource["props"]): ExampleResource {
  return { type: functionType, name: "shop", props };
}

function signing(): ExampleResource {
  return { type: config, name: "signing", props: enforcing };
}
