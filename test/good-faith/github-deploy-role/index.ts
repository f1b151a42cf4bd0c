/**
 * Follows "Configuring OpenID Connect in Amazon Web Services" of GitHub:
 * https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 * The trust names audience and subject, as the page demands; the subject is one environment.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const issuer = "token.actions.githubusercontent.com";
const github = new aws.iam.OpenIdConnectProvider("github", {
  url: `https://${issuer}`,
  clientIdLists: ["sts.amazonaws.com"],
});

/** A role for jobs of one kind: the subject GitHub writes into their tokens. */
function roleFor(name: string, subject: string): aws.iam.Role {
  return new aws.iam.Role(name, {
    maxSessionDuration: 3600,
    assumeRolePolicy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: github.arn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subject },
          },
        },
      ],
    }),
  });
}

const site = new aws.s3.Bucket("site");
new aws.s3.BucketPublicAccessBlock("site", {
  bucket: site.bucket,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
const images = new aws.ecr.Repository("shop", {
  imageTagMutability: "IMMUTABLE",
  imageScanningConfiguration: { scanOnPush: true },
  encryptionConfigurations: [{ encryptionType: "KMS" }],
});

const deploy = roleFor("deploy", "repo:acme/shop:environment:production");
new aws.iam.RolePolicy("deploy", {
  role: deploy.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "s3:ListBucket", Resource: site.arn },
      {
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:DeleteObject"],
        Resource: pulumi.interpolate`${site.arn}/*`,
      },
      // This action has no resource: AWS takes "*" only.
      { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:CompleteLayerUpload",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ],
        Resource: images.arn,
      },
    ],
  }),
});

const review = roleFor("review", "repo:acme/shop:pull_request");
new aws.iam.RolePolicyAttachment("review", {
  role: review.name,
  policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
});

export const deployRole = deploy.arn;
export const reviewRole = review.arn;
