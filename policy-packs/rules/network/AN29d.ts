/** Amazon SageMaker Developer Guide, "Run Training and Inference Containers in Internet-Free Mode". */
import { demandRule } from "../shared/flag-rule.ts";

export const AN29d = demandRule({
  id: "AN29d",
  sentence: "A model of SageMaker is isolated, or stands in a VPC.",
  why: "Code hidden in a model or one of its packages sends what it is asked, and what its role reads, anywhere.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set enableNetworkIsolation to true, or give the model a vpcConfig with groups.",
  demands: {
    "aws:sagemaker/model:Model": [
      {
        path: ["enableNetworkIsolation"],
        when: (inputs) => inputs.at("vpcConfig").state !== "known",
        holds: (value) => value === "true",
        witness: "a connection from the model's container to any address",
        good: true,
        bad: false,
      },
    ],
  },
  // A container that fetches what it needs by itself would fail.
  remedy: "opt-in",
});
