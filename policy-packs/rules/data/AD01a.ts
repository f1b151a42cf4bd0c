/** Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage": BlockPublicAcls. */
import { publicAccessRule } from "../shared/public-access-flag.ts";

export const AD01a = publicAccessRule({
  id: "AD01a",
  flag: "blockPublicAcls",
  sentence: "A public access block refuses new ACLs for everybody.",
  why: "Whoever may write one object may hand it to the internet by its ACL.",
  witness: "s3:PutObjectAcl with public-read is carried out",
});
