/** Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage": RestrictPublicBuckets. */
import { publicAccessRule } from "../shared/public-access-flag.ts";

export const AD01d = publicAccessRule({
  id: "AD01d",
  flag: "restrictPublicBuckets",
  sentence: "A public access block lets no policy open a bucket beyond its account.",
  why: "A policy for everybody that is there already goes on serving everybody.",
  witness: 'an anonymous request under a policy with Principal "*" is served',
});
