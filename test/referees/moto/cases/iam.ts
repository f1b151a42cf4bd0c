/** Roles, policies, users, identity providers. */
import { at, type Case, call, form, from, refusal, refusalOf, some } from "../case.ts";

const roleToken = "aws:iam/role:Role";
const policyToken = "aws:iam/policy:Policy";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});
const allow = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});
const makeRole = call("role", "iam", "create_role", {
  RoleName: "deploy",
  AssumeRolePolicyDocument: trust,
});
const makePolicy = call("policy", "iam", "create_policy", {
  PolicyName: "read",
  PolicyDocument: allow,
});
const policyArn = from("policy.Policy.Arn");
const noPolicy = "arn:aws:iam::123456789012:policy/none";

export const iamCases: Readonly<Record<string, Case>> = {
  "a role": {
    ours: (lab) => {
      const role = lab.create(roleToken, "r", { name: "deploy", assumeRolePolicy: trust });
      return {
        id: role.id,
        ...some(role.outputs, ["arn", "path", "uniqueId", "maxSessionDuration"]),
      };
    },
    steps: [makeRole, call("got", "iam", "get_role", { RoleName: "deploy" })],
    theirs: (answers) => ({
      id: at(answers, "role.Role.RoleName"),
      arn: form(at(answers, "role.Role.Arn")),
      path: at(answers, "role.Role.Path"),
      uniqueId: form(at(answers, "role.Role.RoleId")),
      maxSessionDuration: at(answers, "got.Role.MaxSessionDuration"),
    }),
  },
  "two roles of one name": {
    ours: (lab) => {
      lab.create(roleToken, "r", { name: "deploy", assumeRolePolicy: trust });
      return refusal(lab, () =>
        lab.create(roleToken, "s", { name: "deploy", assumeRolePolicy: trust }),
      );
    },
    steps: [makeRole, { ...makeRole, as: "again" }],
    theirs: (answers) => refusalOf(answers, "again"),
  },
  "a role with a boundary that is not there": {
    ours: (lab) =>
      refusal(lab, () =>
        lab.create(roleToken, "r", {
          name: "deploy",
          assumeRolePolicy: trust,
          permissionsBoundary: noPolicy,
        }),
      ),
    steps: [
      call("role", "iam", "create_role", {
        RoleName: "deploy",
        AssumeRolePolicyDocument: trust,
        PermissionsBoundary: noPolicy,
      }),
    ],
    theirs: (answers) => refusalOf(answers, "role"),
    differs: {
      refused: "moto takes any ARN; CreateRole lists NoSuchEntity for a policy that does not exist",
    },
  },
  "a managed policy": {
    ours: (lab) => {
      const policy = lab.create(policyToken, "p", { name: "read", policy: allow });
      return {
        id: form(policy.id),
        ...some(policy.outputs, ["arn", "policyId", "path", "attachmentCount"]),
      };
    },
    steps: [makePolicy],
    theirs: (answers) => ({
      id: form(at(answers, "policy.Policy.Arn")),
      arn: form(at(answers, "policy.Policy.Arn")),
      policyId: form(at(answers, "policy.Policy.PolicyId")),
      path: at(answers, "policy.Policy.Path"),
      attachmentCount: at(answers, "policy.Policy.AttachmentCount"),
    }),
    differs: {
      policyId:
        "moto draws any characters; ids of managed policies begin with ANPA (IAM user guide, Unique identifiers)",
    },
  },
  "two managed policies of one name": {
    ours: (lab) => {
      lab.create(policyToken, "p", { name: "read", policy: allow });
      return refusal(lab, () => lab.create(policyToken, "q", { name: "read", policy: allow }));
    },
    steps: [makePolicy, { ...makePolicy, as: "again" }],
    theirs: (answers) => refusalOf(answers, "again"),
  },
  "a policy that is no policy": {
    ours: (lab) =>
      refusal(lab, () =>
        lab.create(policyToken, "p", {
          name: "read",
          policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Permit" }] }),
        }),
      ),
    steps: [
      call("policy", "iam", "create_policy", {
        PolicyName: "read",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Permit" }],
        }),
      }),
    ],
    theirs: (answers) => refusalOf(answers, "policy"),
  },
  "a policy attached to no role": {
    ours: (lab) => {
      const policy = lab.create(policyToken, "p", { name: "read", policy: allow });
      return refusal(lab, () =>
        lab.create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", {
          role: "nobody",
          policyArn: policy.id,
        }),
      );
    },
    steps: [
      makePolicy,
      call("attached", "iam", "attach_role_policy", { RoleName: "nobody", PolicyArn: policyArn }),
    ],
    theirs: (answers) => refusalOf(answers, "attached"),
  },
  "a policy that is not there attached to a role": {
    ours: (lab) => {
      lab.create(roleToken, "r", { name: "deploy", assumeRolePolicy: trust });
      return refusal(lab, () =>
        lab.create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", {
          role: "deploy",
          policyArn: noPolicy,
        }),
      );
    },
    steps: [
      makeRole,
      call("attached", "iam", "attach_role_policy", { RoleName: "deploy", PolicyArn: noPolicy }),
    ],
    theirs: (answers) => refusalOf(answers, "attached"),
  },
  "a policy deleted while it is attached": {
    ours: (lab) => {
      lab.create(roleToken, "r", { name: "deploy", assumeRolePolicy: trust });
      const policy = lab.create(policyToken, "p", { name: "read", policy: allow });
      lab.create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", {
        role: "deploy",
        policyArn: policy.id,
      });
      return refusal(lab, () => lab.delete(policy));
    },
    steps: [
      makeRole,
      makePolicy,
      call("attached", "iam", "attach_role_policy", { RoleName: "deploy", PolicyArn: policyArn }),
      call("gone", "iam", "delete_policy", { PolicyArn: policyArn }),
    ],
    theirs: (answers) => refusalOf(answers, "gone"),
    differs: {
      refused: "moto deletes it; DeletePolicy lists DeleteConflict for a policy that is attached",
    },
  },
  "an identity provider": {
    ours: (lab) => {
      const provider = lab.create("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "o", {
        url: "https://token.actions.githubusercontent.com",
        clientIdLists: ["sts.amazonaws.com"],
        thumbprintLists: ["0123456789abcdef0123456789abcdef01234567"],
      });
      return { arn: form(provider.id), ...some(provider.outputs, ["url"]) };
    },
    steps: [
      call("provider", "iam", "create_open_id_connect_provider", {
        Url: "https://token.actions.githubusercontent.com",
        ClientIDList: ["sts.amazonaws.com"],
        ThumbprintList: ["0123456789abcdef0123456789abcdef01234567"],
      }),
      call("got", "iam", "get_open_id_connect_provider", {
        OpenIDConnectProviderArn: from("provider.OpenIDConnectProviderArn"),
      }),
    ],
    theirs: (answers) => ({
      arn: form(at(answers, "provider.OpenIDConnectProviderArn")),
      url: at(answers, "got.Url"),
    }),
  },
  "a user and a key of theirs": {
    ours: (lab) => {
      const user = lab.create("aws:iam/user:User", "u", { name: "ada" });
      const key = lab.create("aws:iam/accessKey:AccessKey", "k", { user: "ada" });
      return {
        ...some(user.outputs, ["arn", "path", "uniqueId"]),
        key: form(key.id),
        status: key.outputs["status"],
      };
    },
    steps: [
      call("user", "iam", "create_user", { UserName: "ada" }),
      call("key", "iam", "create_access_key", { UserName: "ada" }),
    ],
    theirs: (answers) => ({
      arn: form(at(answers, "user.User.Arn")),
      path: at(answers, "user.User.Path"),
      uniqueId: form(at(answers, "user.User.UserId")),
      key: form(at(answers, "key.AccessKey.AccessKeyId")),
      status: at(answers, "key.AccessKey.Status"),
    }),
    differs: {
      uniqueId:
        "moto writes 20 characters after AIDA; IAM's unique ids have 21 in all (IAM user guide, Unique identifiers)",
    },
  },
  "an instance profile": {
    ours: (lab) => {
      const profile = lab.create("aws:iam/instanceProfile:InstanceProfile", "p", { name: "web" });
      return { id: profile.id, ...some(profile.outputs, ["arn", "uniqueId", "path"]) };
    },
    steps: [call("profile", "iam", "create_instance_profile", { InstanceProfileName: "web" })],
    theirs: (answers) => ({
      id: at(answers, "profile.InstanceProfile.InstanceProfileName"),
      arn: form(at(answers, "profile.InstanceProfile.Arn")),
      uniqueId: form(at(answers, "profile.InstanceProfile.InstanceProfileId")),
      path: at(answers, "profile.InstanceProfile.Path"),
    }),
    differs: {
      uniqueId:
        "moto draws any characters; ids of instance profiles begin with AIPA (IAM user guide, Unique identifiers)",
    },
  },
};
