/**
 * The parameters without which there is no audit log to hand on. Amazon DocumentDB, "audit_logs";
 * Neptune, "neptune_enable_audit_log"; Amazon Redshift, "enable_user_activity_logging": all off.
 */
import { parameterRule } from "../shared/parameter-rule.ts";

const names: Readonly<Record<string, string>> = {
  "aws:docdb/clusterParameterGroup:ClusterParameterGroup": "audit_logs",
  "aws:neptune/clusterParameterGroup:ClusterParameterGroup": "neptune_enable_audit_log",
  "aws:redshift/parameterGroup:ParameterGroup": "enable_user_activity_logging",
};

export const AL18 = parameterRule({
  id: "AL18",
  sentence: "A parameter group of DocumentDB, Neptune or Redshift has the database audit.",
  why: "Nobody can tell afterwards who logged in, and what he read or changed.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  fix: "Set audit_logs to enabled, neptune_enable_audit_log to 1, or enable_user_activity_logging to true.",
  families: {
    "aws:docdb/clusterParameterGroup:ClusterParameterGroup": "docdb5.0",
    "aws:neptune/clusterParameterGroup:ClusterParameterGroup": "neptune1.4",
    "aws:redshift/parameterGroup:ParameterGroup": "redshift-2.0",
  },
  parameterOf: (_, type) => {
    const name = names[type];
    return name === undefined ? undefined : { name, byDefault: false };
  },
  witness: "a statement that leaves no record",
});
