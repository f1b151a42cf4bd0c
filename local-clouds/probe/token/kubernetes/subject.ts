/** Somebody whom an API server knows (Kubernetes docs, "Authenticating", "Users in Kubernetes"). */

/** A user with the groups it is in. */
export interface Subject {
  readonly user: string;
  readonly groups: readonly string[];
}

const prefix = "system:serviceaccount:";

/** A service account: its groups follow from its name ("Service account tokens"). */
export function serviceAccountSubject(namespace: string, name: string): Subject {
  return {
    user: `${prefix}${namespace}:${name}`,
    groups: [
      "system:serviceaccounts",
      `system:serviceaccounts:${namespace}`,
      "system:authenticated",
    ],
  };
}

/** Namespace and name of a service account's user name; `undefined` for others. */
export function serviceAccountNamed(user: string): { namespace: string; name: string } | undefined {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}
