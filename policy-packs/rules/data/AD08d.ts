/**
 * Amazon Redshift. Amazon Redshift Management Guide, "Configuring security options for
 * connections": require_ssl is off in the family redshift-1.0 and on in redshift-2.0.
 */
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { parameterRule } from "../shared/parameter-rule.ts";

export const AD08d = parameterRule({
  id: "AD08d",
  sentence: "A data warehouse takes connections by TLS only.",
  why: "Whoever listens in the network reads queries, results and passwords.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  frameworks: [iso("aws", "A.8.12", "redshift_cluster_in_transit_encryption_enabled")],
  fix: "Set the parameter require_ssl to true.",
  families: { "aws:redshift/parameterGroup:ParameterGroup": "redshift-1.0" },
  parameterOf: (family) => ({ name: "require_ssl", byDefault: family !== "redshift-1.0" }),
  more: [
    {
      kind: "absent",
      says: "the newer family asks by itself",
      expect: "pass",
      resources: alone("aws:redshift/parameterGroup:ParameterGroup", { family: "redshift-2.0" }),
    },
  ],
  witness: "a client with sslmode=disable logs in",
});
