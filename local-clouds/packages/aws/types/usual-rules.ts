/** What AWS services refuse alike for many types: tags. */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";

/** User tags of one resource ("Tag naming limits and requirements"). */
const tagsMax = 50;

/** How a service says that there are too many tags, and that `aws:` is AWS's own. */
interface TagErrors {
  readonly tooMany: ServiceError;
  readonly reserved: ServiceError;
}

const ec2: TagErrors = {
  tooMany: {
    code: "TagLimitExceeded",
    says: "The maximum number of Tags for a resource has been reached.",
  },
  reserved: {
    code: "InvalidParameterValue",
    says: "Tag keys starting with 'aws:' are reserved for internal use",
  },
};

const errors: Readonly<Record<string, TagErrors>> = {
  ec2,
  ebs: ec2,
  vpc: ec2,
  ec2transitgateway: ec2,
  s3: {
    tooMany: { code: "BadRequest", says: "Bucket tag count cannot be greater than 50" },
    reserved: { code: "InvalidTag", says: "System tags cannot be added/updated by requester" },
  },
  iam: {
    tooMany: {
      code: "LimitExceeded",
      says: "The number of tags has reached the maximum limit of 50.",
    },
    reserved: {
      code: "InvalidInput",
      says: "Tag keys beginning with aws: are reserved for system use.",
    },
  },
};

/** An entry with the rules that its service has for all its types. */
export function withUsualRules(entry: TypeEntry): TypeEntry {
  const module = /^aws:([a-z0-9]+)\//.exec(entry.token)?.[1] ?? "";
  const said = errors[module];
  if (said === undefined || entry.planned === undefined || !("tagsAll" in entry.planned))
    return entry;
  return { ...entry, admit: (r) => refuseTags(r, said) ?? entry.admit?.(r) };
}

function refuseTags(r: Resource, said: TagErrors): ServiceError | undefined {
  const keys = Object.keys(r.object("tags"));
  if (keys.length > tagsMax) return said.tooMany;
  return keys.some((key) => key.toLowerCase().startsWith("aws:")) ? said.reserved : undefined;
}
