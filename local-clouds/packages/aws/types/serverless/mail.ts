/** Mail: SES identities of both API versions (Amazon SES API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { error, ordinary } from "../ordinary.ts";

const domainIdentity = ordinary("aws:ses/domainIdentity:DomainIdentity", {
  id: "{domain}",
  arn: "ses:identity/{domain}",
  untagged: true,
  forceNew: ["domain"],
  outputs: { verificationToken: (r) => `${r.characters("token", 43)}=` },
  // Verifying an identity once more is no error.
  sharedId: true,
});

const emailIdentity = ordinary("aws:ses/emailIdentity:EmailIdentity", {
  id: "{email}",
  arn: "ses:identity/{email}",
  untagged: true,
  forceNew: ["email"],
  sharedId: true,
});

const identity = ordinary("aws:sesv2/emailIdentity:EmailIdentity", {
  id: "{emailIdentity}",
  arn: "ses:identity/{emailIdentity}",
  forceNew: ["emailIdentity"],
  outputs: {
    configurationSetName: "",
    dkimSigningAttributes: (r) => ({
      currentSigningKeyLength: "RSA_2048_BIT",
      domainSigningPrivateKey: "",
      domainSigningSelector: "",
      lastKeyGenerationTimestamp: r.createdAt,
      nextSigningKeyLength: "RSA_2048_BIT",
      signingAttributesOrigin: "AWS_SES",
      status: "PENDING",
      tokens: ["a", "b", "c"].map((label) =>
        r.characters(label, 32, "abcdefghijklmnopqrstuvwxyz234567"),
      ),
    }),
    identityType: (r) => (r.text("emailIdentity").includes("@") ? "EMAIL_ADDRESS" : "DOMAIN"),
    verificationStatus: "PENDING",
    verifiedForSendingStatus: false,
  },
  taken: error("AlreadyExistsException", "Email identity {id} already exist."),
});

/** The entries of mail. */
export const mailTypes: readonly TypeEntry[] = [domainIdentity, emailIdentity, identity];
