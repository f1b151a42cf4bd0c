/**
 * Calls that making, changing and removing a resource comes down to in IAM, Organizations, KMS, Cognito and the services of security
 * (API reference of each). Rows as in `aws-network-calls.ts`.
 */

import { within } from "./within.ts";

const put = (name: string, remove = `Delete${name}`) => `Put${name} Put${name} ${remove}`;
const attach = (name: string) => `Attach${name} - Detach${name}`;

/** By module and kind. */
export const awsIdentityCalls: Readonly<Record<string, string>> = {
  ...within("iam", {
    AccountAlias: "CreateAccountAlias - DeleteAccountAlias",
    AccountPasswordPolicy:
      "UpdateAccountPasswordPolicy UpdateAccountPasswordPolicy DeleteAccountPasswordPolicy",
    GroupMembership: "AddUserToGroup AddUserToGroup RemoveUserFromGroup",
    GroupPoliciesExclusive: "- - -",
    GroupPolicy: put("GroupPolicy"),
    GroupPolicyAttachment: attach("GroupPolicy"),
    GroupPolicyAttachmentsExclusive: "- - -",
    InstanceProfile: "CreateInstanceProfile TagInstanceProfile DeleteInstanceProfile",
    OpenIdConnectProvider:
      "CreateOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint DeleteOpenIDConnectProvider",
    OrganizationsFeatures:
      "EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions DisableOrganizationsRootCredentialsManagement",
    Policy: "CreatePolicy CreatePolicyVersion DeletePolicy",
    PolicyAttachment: attach("RolePolicy"),
    RolePoliciesExclusive: "- - -",
    RolePolicy: put("RolePolicy"),
    RolePolicyAttachment: attach("RolePolicy"),
    RolePolicyAttachmentsExclusive: "- - -",
    SamlProvider: "CreateSAMLProvider UpdateSAMLProvider DeleteSAMLProvider",
    ServerCertificate: "UploadServerCertificate UpdateServerCertificate DeleteServerCertificate",
    ServiceLinkedRole: "CreateServiceLinkedRole UpdateRoleDescription DeleteServiceLinkedRole",
    SshKey: "UploadSSHPublicKey UpdateSSHPublicKey DeleteSSHPublicKey",
    UserGroupMembership: "AddUserToGroup AddUserToGroup RemoveUserFromGroup",
    UserLoginProfile: "CreateLoginProfile UpdateLoginProfile DeleteLoginProfile",
    UserPoliciesExclusive: "- - -",
    UserPolicy: put("UserPolicy"),
    UserPolicyAttachment: attach("UserPolicy"),
    UserPolicyAttachmentsExclusive: "- - -",
    VirtualMfaDevice: "CreateVirtualMFADevice TagMFADevice DeleteVirtualMFADevice",
  }),
  ...within("kms", {
    Ciphertext: "Encrypt Encrypt -",
    ExternalKey: "CreateKey UpdateKeyDescription ScheduleKeyDeletion",
    Grant: "CreateGrant - RevokeGrant",
    Key: "CreateKey UpdateKeyDescription ScheduleKeyDeletion",
    KeyPolicy: put("KeyPolicy", "PutKeyPolicy"),
    ReplicaKey: "ReplicateKey UpdateKeyDescription ScheduleKeyDeletion",
  }),
  ...within("organizations", {
    Account: "CreateAccount TagResource CloseAccount",
    DelegatedAdministrator: "RegisterDelegatedAdministrator - DeregisterDelegatedAdministrator",
    Organization: "CreateOrganization EnableAWSServiceAccess DeleteOrganization",
    PolicyAttachment: attach("Policy"),
    ResourcePolicy: put("ResourcePolicy"),
  }),
  ...within("secretsmanager", {
    SecretPolicy: put("ResourcePolicy"),
    SecretRotation: "RotateSecret RotateSecret CancelRotateSecret",
    SecretVersion: "PutSecretValue UpdateSecretVersionStage UpdateSecretVersionStage",
  }),
  ...within("cognito", {
    IdentityPool:
      "cognito-identity/CreateIdentityPool cognito-identity/UpdateIdentityPool cognito-identity/DeleteIdentityPool",
    IdentityPoolRoleAttachment:
      "cognito-identity/SetIdentityPoolRoles cognito-identity/SetIdentityPoolRoles cognito-identity/SetIdentityPoolRoles",
    User: "AdminCreateUser AdminUpdateUserAttributes AdminDeleteUser",
    UserGroup: "CreateGroup UpdateGroup DeleteGroup",
  }),
  ...within("ssoadmin", {
    AccountAssignment: "CreateAccountAssignment - DeleteAccountAssignment",
    CustomerManagedPolicyAttachment:
      "AttachCustomerManagedPolicyReferenceToPermissionSet - DetachCustomerManagedPolicyReferenceFromPermissionSet",
    InstanceAccessControlAttributes:
      "CreateInstanceAccessControlAttributeConfiguration UpdateInstanceAccessControlAttributeConfiguration DeleteInstanceAccessControlAttributeConfiguration",
    ManagedPolicyAttachment:
      "AttachManagedPolicyToPermissionSet - DetachManagedPolicyFromPermissionSet",
    PermissionSetInlinePolicy:
      "PutInlinePolicyToPermissionSet PutInlinePolicyToPermissionSet DeleteInlinePolicyFromPermissionSet",
    PermissionsBoundaryAttachment:
      "PutPermissionsBoundaryToPermissionSet - DeletePermissionsBoundaryFromPermissionSet",
  }),
  ...within("identitystore", {
    GroupMembership: "CreateGroupMembership - DeleteGroupMembership",
  }),
  ...within("ram", {
    PrincipalAssociation: "AssociateResourceShare - DisassociateResourceShare",
    ResourceAssociation: "AssociateResourceShare - DisassociateResourceShare",
    SharingWithOrganization: "EnableSharingWithAwsOrganization - -",
  }),
  ...within("guardduty", {
    DetectorFeature: "UpdateDetector UpdateDetector -",
    Member: "CreateMembers InviteMembers DeleteMembers",
    OrganizationAdminAccount: "EnableOrganizationAdminAccount - DisableOrganizationAdminAccount",
    OrganizationConfiguration: "UpdateOrganizationConfiguration UpdateOrganizationConfiguration -",
  }),
  ...within("securityhub", {
    Account: "EnableSecurityHub UpdateSecurityHubConfiguration DisableSecurityHub",
    Member: "CreateMembers InviteMembers DeleteMembers",
    OrganizationAdminAccount: "EnableOrganizationAdminAccount - DisableOrganizationAdminAccount",
    OrganizationConfiguration: "UpdateOrganizationConfiguration UpdateOrganizationConfiguration -",
    ProductSubscription: "EnableImportFindingsForProduct - DisableImportFindingsForProduct",
    StandardsSubscription: "BatchEnableStandards - BatchDisableStandards",
  }),
  ...within("inspector2", {
    DelegatedAdminAccount: "EnableDelegatedAdminAccount - DisableDelegatedAdminAccount",
    Enabler: "Enable Enable Disable",
    OrganizationConfiguration: "UpdateOrganizationConfiguration UpdateOrganizationConfiguration -",
  }),
  ...within("macie2", {
    Account: "EnableMacie UpdateMacieSession DisableMacie",
    ClassificationJob: "CreateClassificationJob UpdateClassificationJob -",
  }),
  ...within("detective", { Graph: "CreateGraph TagResource DeleteGraph" }),
  ...within("shield", { Protection: "CreateProtection TagResource DeleteProtection" }),
  ...within("acm", {
    Certificate: "RequestCertificate UpdateCertificateOptions DeleteCertificate",
    CertificateValidation: "- - -",
  }),
  ...within("verifiedpermissions", { Schema: put("Schema", "PutSchema") }),
  ...within("wafv2", {
    IpSet: "CreateIPSet UpdateIPSet DeleteIPSet",
    WebAcl: "CreateWebACL UpdateWebACL DeleteWebACL",
    WebAclAssociation: "AssociateWebACL - DisassociateWebACL",
    WebAclLoggingConfiguration: put("LoggingConfiguration"),
  }),
  ...within("networkfirewall", {
    Firewall: "CreateFirewall UpdateFirewallDescription DeleteFirewall",
    LoggingConfiguration:
      "UpdateLoggingConfiguration UpdateLoggingConfiguration UpdateLoggingConfiguration",
    ResourcePolicy: put("ResourcePolicy"),
  }),
};
