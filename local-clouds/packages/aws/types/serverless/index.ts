/** Functions and what carries events and requests to them. */

import type { TypeEntry } from "../../../../types/type.ts";
import { eventTypes } from "./events.ts";
import { graphqlTypes } from "./graphql.ts";
import { httpApiTypes } from "./http-apis.ts";
import { lambdaTypes } from "./lambda.ts";
import { lambdaCallerTypes } from "./lambda-callers.ts";
import { mailTypes } from "./mail.ts";
import { queueTypes } from "./queues.ts";
import { restApiTypes } from "./rest-apis.ts";
import { restStageTypes } from "./rest-stages.ts";
import { streamTypes } from "./streams.ts";
import { workflowTypes } from "./workflows.ts";

/** The entries of functions, APIs, queues, topics, streams and events. */
export const serverlessTypes: readonly TypeEntry[] = [
  ...lambdaTypes,
  ...lambdaCallerTypes,
  ...queueTypes,
  ...streamTypes,
  ...eventTypes,
  ...workflowTypes,
  ...restApiTypes,
  ...restStageTypes,
  ...httpApiTypes,
  ...graphqlTypes,
  ...mailTypes,
];
