/** What one stack still lacks, as far as that can be known without changing anything. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { checkIntent } from "../../engine/intent-check.ts";
import { engineSettings, findEngine } from "../../engine/locate.ts";
import { type EngineCall, runShort } from "../../engine/short-call.ts";
import { findStack, type StackPlace } from "../../engine/stack-place.ts";
import type { Context } from "../context.ts";
import { type Item, missing, note, ok } from "./item.ts";

/** Settings, backend, secrets provider, plugins and logins of a stack. */
export async function stackItems(context: Context, name: string): Promise<Item[]> {
  const stack = findStack(context.root, name);
  const settings = await settingItems(context, stack);
  if (stack.local) {
    return [...settings, ok("backend", "this checkout's .bulkhead/state; no account is needed")];
  }
  const { engine } = await findEngine(engineSettings(context.variables));
  const login = loginItems(context.variables);
  if (engine === undefined)
    return [...settings, note("backend", "asked once there is an engine"), ...login];
  const call = { engine, folders: context.folders, variables: context.variables };
  const backend = await backendItem(call, stack);
  return [
    ...settings,
    backend,
    secretsItem(context, stack),
    ...(await pluginItems(call, stack)),
    ...login,
    note(
      "permissions",
      "not asked: only the clouds can tell, and asking would need your credentials",
      `./bulkhead preview ${name} asks them without changing anything`,
    ),
  ];
}

async function settingItems(context: Context, stack: StackPlace): Promise<Item[]> {
  const { problems } = await checkIntent(context.root, stack);
  if (problems.length === 0)
    return [ok("settings", `${stack.configFile} and the intent are sound`)];
  return problems.map((problem) =>
    missing(
      `setting ${problem.place}`,
      `got ${problem.got}; allowed: ${problem.allowed}`,
      `edit ${stack.configFile}: ${problem.next}`,
    ),
  );
}

async function backendItem(call: EngineCall, stack: StackPlace): Promise<Item> {
  const answer = await runShort(call, stack, [
    "whoami",
    "--verbose",
    "--json",
    "--non-interactive",
  ]);
  if (answer.code === 0) {
    const { user, url } = JSON.parse(answer.stdout) as { user?: string; url?: string };
    return ok("backend", `${url ?? "logged in"} as ${user ?? "this user"}`);
  }
  return missing(
    "backend",
    "the engine is not logged in to any",
    "pulumi login, for Pulumi Cloud",
    "pulumi login s3://BUCKET, azblob://CONTAINER or gs://BUCKET, for storage of your own",
  );
}

/** A stack names its provider in its file; a passphrase is given by the environment. */
function secretsItem(context: Context, stack: StackPlace): Item {
  const text = readFileSync(stack.configFile, "utf8");
  const named = /^secretsprovider:\s*(\S+)/m.exec(text)?.[1];
  if (named !== undefined && named !== "passphrase") return ok("secrets provider", named);
  const { PULUMI_CONFIG_PASSPHRASE: phrase, PULUMI_CONFIG_PASSPHRASE_FILE: file } =
    context.variables;
  if (phrase !== undefined || file !== undefined) {
    return ok("secrets provider", "a passphrase from the environment");
  }
  return note(
    "secrets provider",
    "the backend's default; storage of your own has none but a passphrase",
    `pulumi stack init ${stack.name} --secrets-provider awskms://…, azurekeyvault://… or gcpkms://…`,
    "set PULUMI_CONFIG_PASSPHRASE",
  );
}

/** Packages of the program that are plugins; the local clouds need none of them. */
const pluginPackages = ["aws", "azure-native", "azuread", "gcp", "kubernetes", "tls", "random"];

async function pluginItems(call: EngineCall, stack: StackPlace): Promise<Item[]> {
  const answer = await runShort(call, stack, ["plugin", "ls", "--json"]);
  if (answer.code !== 0) return [note("plugins", "the engine could not list them")];
  const installed = JSON.parse(answer.stdout) as { name: string; version?: string }[];
  return pluginPackages
    .map((name) => ({ name, version: packageVersion(call.folders.root, name) }))
    .filter((one): one is { name: string; version: string } => one.version !== undefined)
    .map(({ name, version }) =>
      installed.some(
        (plugin) => plugin.name === name && plugin.version?.replace(/^v/, "") === version,
      )
        ? ok(`plugin ${name}`, version)
        : missing(
            `plugin ${name}`,
            `${version} is not installed`,
            `pulumi plugin install resource ${name} ${version}`,
          ),
    );
}

function packageVersion(root: string, name: string): string | undefined {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return manifest.dependencies[`@pulumi/${name}`];
}

type Variables = Readonly<Record<string, string | undefined>>;

interface Login {
  readonly cloud: string;
  readonly names: readonly string[];
  /** Files in the home folder that a login leaves. */
  readonly files: readonly string[];
  readonly way: string;
}

const logins: readonly Login[] = [
  {
    cloud: "AWS",
    names: ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"],
    files: [".aws/credentials", ".aws/sso/cache"],
    way: "aws sso login",
  },
  {
    cloud: "Azure and Entra",
    names: ["ARM_CLIENT_ID", "ARM_USE_OIDC", "ARM_USE_MSI", "AZURE_CLIENT_ID"],
    files: [".azure/msal_token_cache.json", ".azure/azureProfile.json"],
    way: "az login",
  },
  {
    cloud: "Google Cloud",
    names: ["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CREDENTIALS", "GOOGLE_OAUTH_ACCESS_TOKEN"],
    files: [".config/gcloud/application_default_credentials.json"],
    way: "gcloud auth application-default login",
  },
];

/** Whether there is something to log in with; its content is never read. */
function loginItems(variables: Variables): Item[] {
  const home = variables["HOME"] ?? homedir();
  return logins.map(({ cloud, names, files, way }) => {
    const set = names.filter((name) => variables[name] !== undefined);
    const there = files.filter((file) => existsSync(join(home, file)));
    if (set.length > 0) return ok(`login ${cloud}`, `from ${set.join(", ")}`);
    if (there.length > 0) return ok(`login ${cloud}`, `from ~/${there[0]}`);
    return missing(`login ${cloud}`, "nothing to log in with was found", way);
  });
}
