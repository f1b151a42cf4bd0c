/** Containers: ECS, ECR, what EKS has beside clusters and nodes, Cloud Map. */

import type { TypeEntry } from "../../../../types/type.ts";
import { batchTypes } from "./batch.ts";
import { deliveryTypes } from "./delivery.ts";
import { ecrTypes } from "./ecr.ts";
import { ecsTypes } from "./ecs.ts";
import { neighbourTypes } from "./neighbours.ts";
import { taskTypes } from "./tasks.ts";

/** The entries of containers. */
export const containerTypes: readonly TypeEntry[] = [
  ...ecsTypes,
  ...taskTypes,
  ...ecrTypes,
  ...neighbourTypes,
  ...batchTypes,
  ...deliveryTypes,
];
