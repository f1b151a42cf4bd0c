/** Somebody with a GitHub account and no relation to anybody: who every trust must refuse. */
import type { RepositoryIntent } from "./intent.ts";

export const stranger: RepositoryIntent = {
  owner: "mallory",
  ownerId: "990000001",
  repository: "evil",
  repositoryId: "990000002",
};
