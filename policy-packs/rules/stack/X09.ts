/**
 * AWS KMS Developer Guide, "Key policies in AWS KMS" (administrators and users; the account as
 * principal only hands the decision to IAM); Azure Key Vault, "Assign an access policy"; Google
 * Cloud KMS, "Separation of duties".
 */
import type { ExampleResource, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { namedBy, statementsOf, textsOf } from "../shared/policy-document.ts";
import { someOf } from "../shared/some-of.ts";

const key = "aws:kms/key:Key";
const keyPolicy = "aws:kms/keyPolicy:KeyPolicy";
const vault = "azure-native:keyvault:Vault";
const keyMember = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";
const ringMember = "gcp:kms/keyRingIAMMember:KeyRingIAMMember";

/** What a grant of Google Cloud is about. */
const granted: Readonly<Record<string, string>> = {
  [keyMember]: "cryptoKeyId",
  [ringMember]: "keyRingId",
};

/** What makes an administrator, and a user, in each cloud's own words. */
const administering = {
  aws: ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
  azure: ["all", "delete", "import", "purge", "update"],
  gcp: ["roles/cloudkms.admin"],
} as const;
const using = {
  aws: ["kms:Decrypt", "kms:Sign"],
  azure: ["all", "decrypt", "sign", "unwrapKey"],
  gcp: [
    "roles/cloudkms.cryptoKeyDecrypter",
    "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    "roles/cloudkms.cryptoOperator",
    "roles/cloudkms.signer",
    "roles/cloudkms.signerVerifier",
  ],
} as const;

export const X09: Rule = {
  id: "X09",
  sentence: "Who administers a key does not use it.",
  why: "One stolen identity then reads the data and hides it: it decrypts, changes who else may, and deletes the key.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["AC-5", "AC-6", "SC-12"],
  fix: "Give administration (key policy, deletion, update) and use (decrypt, sign, unwrap) to different principals.",
  subjects: [key, keyPolicy, vault, keyMember, ringMember],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (subject.type === vault) checkVault(subject.inputs, judge);
    else if (granted[subject.type] === undefined) checkKeyPolicy(subject.inputs, judge);
    else checkGrant(subject, judge, plan);
  },
  examples: [
    {
      kind: "violating",
      says: "one role may do all with a key",
      expect: "fail",
      resources: alone(key, { policy: policy([role("admin"), "kms:*"]) }),
      path: "policy",
      witness: "role/admin",
    },
    {
      kind: "violating",
      says: "one role in two statements",
      expect: "fail",
      resources: alone(keyPolicy, {
        policy: policy([role("app"), "kms:Put*"], [role("app"), "kms:Decrypt"]),
      }),
    },
    {
      kind: "violating",
      says: "a vault's policy with all permissions on keys",
      expect: "fail",
      resources: alone(vault, vaultOf(["all"])),
      path: "properties.accessPolicies[0].permissions.keys",
    },
    {
      kind: "violating",
      says: "an administrator of a key of Google Cloud who also decrypts",
      expect: "fail",
      resources: [grant("admin", "roles/cloudkms.admin"), grant("use", using.gcp[1])],
    },
    {
      kind: "clean",
      says: "the account, which only hands the decision to IAM, and two roles",
      expect: "pass",
      resources: alone(key, {
        policy: policy(
          ["arn:aws:iam::111122223333:root", "kms:*"],
          [role("admin"), "kms:Put*"],
          [role("app"), "kms:Decrypt"],
        ),
      }),
    },
    {
      kind: "clean",
      says: "a vault's policy for use only",
      expect: "pass",
      resources: alone(vault, vaultOf(["get", "wrapKey", "unwrapKey"])),
    },
    {
      kind: "clean",
      says: "two members of Google Cloud",
      expect: "pass",
      resources: [
        grant("admin", "roles/cloudkms.admin"),
        grant("use", using.gcp[1], "serviceAccount:app@shop.iam.gserviceaccount.com"),
      ],
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: alone(key, { policy: unknownHere }),
      path: "policy",
    },
    {
      kind: "absent",
      says: "the policy that AWS writes",
      expect: "pass",
      resources: alone(key, {}),
    },
  ],
};

function checkKeyPolicy(inputs: View, judge: Judge): void {
  const at = inputs.at("policy");
  if (at.state === "absent") return;
  const [administrators, users] = [new Set<string>(), new Set<string>()];
  for (const statement of statementsOf(at)) {
    judge.part(() => {
      if (statement.at("Effect").text() !== "Allow") return;
      const actions = textsOf(statement.at("Action"));
      const principals = principalsOf(statement.at("Principal"));
      const add = (to: Set<string>) => {
        for (const principal of principals) to.add(principal);
      };
      if (administering.aws.some((action) => matchesAny(actions, action))) add(administrators);
      if (using.aws.some((action) => matchesAny(actions, action))) add(users);
    });
  }
  for (const principal of [...administrators].filter((one) => users.has(one))) {
    judge.fail(at, `kms:Decrypt, then kms:PutKeyPolicy or kms:ScheduleKeyDeletion by ${principal}`);
  }
}

/** Identities, without the accounts that only let IAM decide. */
function principalsOf(principal: View): string[] {
  return namedBy(principal).filter(
    (text) => !/^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:root)$/.test(text),
  );
}

function matchesAny(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => {
    const body = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${body}$`, "i").test(action);
  });
}

function checkVault(inputs: View, judge: Judge): void {
  const properties = inputs.at("properties");
  if (properties.at("enableRbacAuthorization").flag() ?? false) {
    judge.notApplicable("roles decide about this vault, not its access policies");
    return;
  }
  for (const policy of entriesOf(properties.at("accessPolicies"))) {
    judge.part(() => {
      const at = policy.at("permissions", "keys");
      const words = entriesOf(at).map((entry) => (entry.text() ?? "").toLowerCase());
      const has = (list: readonly string[]) =>
        list.some((one) => words.includes(one.toLowerCase()));
      if (!has(administering.azure) || !has(using.azure)) return;
      const who =
        policy.at("objectId").state === "known" ? policy.at("objectId").text() : "one object";
      judge.fail(at, `unwraps the data's keys and then deletes the key that wraps them: ${who}`);
    });
  }
}

function checkGrant(subject: PlannedResource, judge: Judge, plan: Plan): void {
  const { inputs, type } = subject;
  const isAdministrator = (administering.gcp as readonly string[]).includes(
    inputs.at("role").text() ?? "",
  );
  if (!isAdministrator) {
    judge.notApplicable("the role is not that of an administrator");
    return;
  }
  const member = inputs.at("member").text();
  const property = granted[type] ?? "";
  const others = plan.ofType(type).filter((other) => other !== subject);
  const uses = someOf(judge, others, (other) => {
    if (!(using.gcp as readonly string[]).includes(other.inputs.at("role").text() ?? ""))
      return false;
    if (other.inputs.at("member").text() !== member) return false;
    return isSameKey(plan, inputs.at(property), other.inputs.at(property));
  });
  if (uses === "yes")
    judge.fail(inputs.at("member"), `decrypts, and then destroys the key: ${member}`);
}

/** Both wait for the same key, or have the same value. */
function isSameKey(plan: Plan, one: View, other: View): boolean {
  const [first, second] = [one, other].map(({ urn, path }) => plan.waitsFor(urn, path));
  if (first?.some((urn) => second?.includes(urn))) return true;
  return one.text() === other.text();
}

function policy(...statements: readonly (readonly [principal: string, action: string])[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(([AWS, Action]) => ({
      Effect: "Allow",
      Principal: { AWS },
      Action,
      Resource: "*",
    })),
  });
}

function role(name: string): string {
  return `arn:aws:iam::111122223333:role/${name}`;
}

function vaultOf(keys: readonly string[]): { readonly properties: Json } {
  const permissions = { keys };
  return { properties: { accessPolicies: [{ objectId: "11111111-aaaa", permissions }] } };
}

function grant(name: string, role: string, member = "group:keys@shop.example"): ExampleResource {
  return { type: keyMember, name, props: { cryptoKeyId: "shop/keys/data", role, member } };
}
