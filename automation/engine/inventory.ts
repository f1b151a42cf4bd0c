/** Which resources an operation saw, sorted by the package that makes them. */
import type { SeenResource } from "./progress.ts";

/** Packages in the order in which people look for them, with the names people use. */
export const packageTitles: Readonly<Record<string, string>> = {
  aws: "AWS",
  "azure-native": "Azure",
  azuread: "Entra",
  gcp: "GCP",
  kubernetes: "Kubernetes",
  tls: "Keys and certificates",
  random: "Randomness",
};

/** Resources of one package. */
export interface PackageInventory {
  readonly name: string;
  readonly title: string;
  readonly resources: readonly SeenResource[];
}

/** The package of a type token. */
export function packageOf(type: string): string {
  return type.slice(0, type.indexOf(":"));
}

/** The stack, its providers and references are the engine's own records, nothing in a cloud. */
export function isBookkeeping(type: string): boolean {
  return type.startsWith("pulumi:");
}

/** What plugins manage, by package. Components are groupings, not things in a cloud. */
export function inventoryOf(resources: Iterable<SeenResource>): PackageInventory[] {
  const groups = new Map<string, SeenResource[]>();
  for (const resource of resources) {
    if (!resource.custom || isBookkeeping(resource.type)) continue;
    const name = packageOf(resource.type);
    groups.set(name, [...(groups.get(name) ?? []), resource]);
  }
  const known = Object.keys(packageTitles);
  const rank = (name: string) => (known.includes(name) ? known.indexOf(name) : known.length);
  return [...groups.entries()]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([name, members]) => ({
      name,
      title: packageTitles[name] ?? name,
      resources: members.sort((a, b) => a.type.localeCompare(b.type) || a.urn.localeCompare(b.urn)),
    }));
}
