/** Types that are read as parts of a network, and so judged by the rules about networks. */
import { endpointTypes } from "../../lift/aws/endpoint-types.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { gcpTypes } from "../../lift/gcp/types.ts";
import { gcpRuleTypes } from "../../lift/gcp-rules.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";

export const liftedTypes: readonly string[] = [
  ...endpointTypes.map(({ type }) => type),
  ...[
    awsRuleTypes,
    awsTypes,
    azureRuleTypes,
    azureTypes,
    gcpRuleTypes,
    gcpTypes,
    kubernetesTypes,
  ].flatMap((types) => Object.values(types)),
];
