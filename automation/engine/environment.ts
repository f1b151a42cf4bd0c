/**
 * The environment of the engine's process: an allow-list, never the caller's whole environment.
 * Everything the engine holds reaches providers, packs and the user's program.
 */
import { delimiter, dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Folders } from "./folders.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

/** Passed on for every stack. */
const commonNames = new Set([
  "HOME",
  "USER",
  "LOGNAME",
  "LANG",
  "TZ",
  "TMPDIR",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "NODE_EXTRA_CA_CERTS",
  "NODE_COMPILE_CACHE",
  "PULUMI_CONTINUE_ON_ERROR",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
]);

/** Passed on for stacks in real accounts only: what providers and backends log in with. */
const accountPrefixes = [
  "PULUMI_",
  "AWS_",
  "AZURE_",
  "ARM_",
  "GOOGLE_",
  "GCLOUD_",
  "CLOUDSDK_",
  "KUBECONFIG",
  "KUBE_",
  "VAULT_",
  "ACTIONS_ID_TOKEN_REQUEST_",
  "SSH_AUTH_SOCK",
];

/** The public passphrase of stacks in the local clouds: nothing in them is secret. */
const localPassphrase = "local";

/** What an engine process of one operation needs beyond the caller's environment. */
export interface EnvironmentSettings {
  readonly local: boolean;
  readonly folders: Folders;
  /** Folder of the engine's executable and its language host. */
  readonly binDir: string;
  /** `name:port,…` of providers that already run; absent where the engine starts its own. */
  readonly attach?: string | undefined;
  /** Where packs write their verdicts. */
  readonly verdicts?: string | undefined;
}

/** The variables an engine process gets. */
export function engineEnvironment(
  from: Variables,
  settings: EnvironmentSettings,
): Record<string, string> {
  const kept = Object.entries(from).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && mayPass(entry[0], settings.local),
  );
  return {
    ...Object.fromEntries(kept),
    ...alwaysSet(from, settings),
    ...(settings.local ? localOnly(settings.folders) : {}),
    ...(settings.attach === undefined ? {} : { PULUMI_DEBUG_PROVIDERS: settings.attach }),
    ...(settings.verdicts === undefined ? {} : { BULKHEAD_VERDICTS: settings.verdicts }),
  };
}

function mayPass(name: string, local: boolean): boolean {
  if (commonNames.has(name) || name.startsWith("LC_")) return true;
  return !local && accountPrefixes.some((prefix) => name.startsWith(prefix));
}

function alwaysSet(from: Variables, settings: EnvironmentSettings): Record<string, string> {
  const path = [settings.binDir, dirname(process.execPath), from["PATH"] ?? ""];
  return {
    PATH: path.filter((part) => part !== "").join(delimiter),
    // The hidden flag --event-log exists only with this.
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_SUPPRESS_NEO_LINK: "true",
    NO_COLOR: "1",
  };
}

/** A stack in the local clouds shares nothing with the user's own engine and reaches no network. */
function localOnly(folders: Folders): Record<string, string> {
  return {
    // Without side files of checksums, and without a copy of each checkpoint: a checkpoint is
    // written beside the old one and renamed, and there is one for each step of each resource.
    PULUMI_BACKEND_URL: `${pathToFileURL(folders.state).href}?metadata=skip`,
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_HOME: folders.home,
    PULUMI_CONFIG_PASSPHRASE: localPassphrase,
    PULUMI_CREDENTIAL_STORE: "plaintext",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  };
}
