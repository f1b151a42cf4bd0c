/** Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage": IgnorePublicAcls. */
import { publicAccessRule } from "../shared/public-access-flag.ts";

export const AD01c = publicAccessRule({
  id: "AD01c",
  flag: "ignorePublicAcls",
  sentence: "A public access block ignores ACLs for everybody that are there already.",
  why: "An object that was once made public stays so, whatever the bucket's policy says.",
  witness: "an anonymous request for an object with the ACL public-read is served",
});
