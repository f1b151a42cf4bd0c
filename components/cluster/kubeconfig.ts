/** Kubeconfigs without a stored credential: a program of the cloud asks for a token each time. */

/** How a client gets its token. */
export interface TokenCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** What to do where the program is missing. */
  readonly installHint: string;
}

/** What a client must know of a cluster. */
export interface ClusterEndpoint {
  readonly name: string;
  /** Host name or address of the API server, without scheme. */
  readonly host: string;
  /** Base64 of the certificate authority's PEM. */
  readonly certificateAuthority: string;
  readonly token: TokenCommand;
}

/** A kubeconfig as JSON, which every reader of YAML takes. */
export function kubeconfigOf({ name, host, certificateAuthority, token }: ClusterEndpoint): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: {
          server: `https://${host}`,
          "certificate-authority-data": certificateAuthority,
        },
      },
    ],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: token.command,
            args: token.args,
            installHint: token.installHint,
            interactiveMode: "IfAvailable",
            provideClusterInfo: true,
          },
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}

/** The certificate authority in a kubeconfig that a cloud wrote as YAML; throws where there is none. */
export function certificateAuthorityOf(kubeconfig: string): string {
  const found = /certificate-authority-data["']?:\s*["']?([A-Za-z0-9+/=]+)/.exec(kubeconfig)?.[1];
  if (found === undefined) throw new Error("the cloud's kubeconfig names no certificate authority");
  return found;
}
