/** Containers: ECS, ECR, what EKS has beside clusters and nodes, Cloud Map. */

import type { TypeEntry } from "../../../../types/type.ts";
import { ecrTypes } from "./ecr.ts";
import { ecsTypes } from "./ecs.ts";

/** The entries of containers. */
export const containerTypes: readonly TypeEntry[] = [...ecsTypes, ...ecrTypes];
