/** Amazon EFS User Guide, "Blocking public access": a policy for everybody without a condition on network or account. */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI32h = publicPolicyRule({
  id: "AI32h",
  sentence: "No file system's policy lets everybody in.",
  why: "Whoever reaches a mount target by some network reads and writes the files as root.",
  fix: "Name the roles in Principal, or ask for elasticfilesystem:AccessedViaMountTarget.",
  policies: {
    "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
  },
  action: "elasticfilesystem:ClientMount",
});
