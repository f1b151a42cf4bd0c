/** Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage": BlockPublicPolicy. */
import { publicAccessRule } from "../shared/public-access-flag.ts";

export const AD01b = publicAccessRule({
  id: "AD01b",
  flag: "blockPublicPolicy",
  sentence: "A public access block refuses bucket policies for everybody.",
  why: "One call with a stolen credential opens the whole bucket to the internet.",
  witness: 's3:PutBucketPolicy with Principal "*" is carried out',
});
