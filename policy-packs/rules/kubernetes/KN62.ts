/** Gatekeeper library, "Allowed Repositories": each entry is compared with the beginning of an image's name. */
import { demandRule } from "../shared/flag-rule.ts";

/** Registries in which everybody may have a name that begins like ours. */
const shared =
  /^((index\.)?docker\.io|ghcr\.io|gcr\.io|quay\.io|public\.ecr\.aws|[\w-]+-docker\.pkg\.dev)$/;

export const KN62 = demandRule({
  id: "KN62",
  sentence: "A list of allowed repositories ends where a name ends.",
  why: "What begins like an allowed name is allowed as well: docker.io/acme is also docker.io/acme-evil.",
  severity: "high",
  tenets: ["T5", "T6"],
  controls: ["CM-7(5)", "CM-14", "SI-7"],
  fix: "End each entry of spec.parameters.repos with a slash behind the owner.",
  demands: {
    "kubernetes:constraints.gatekeeper.sh/v1beta1:K8sAllowedRepos": [
      {
        path: ["spec", "parameters", "repos", "*"],
        holds: (value) => value !== undefined && isWhole(value),
        witness: "an image of somebody else, whose name begins likewise",
        good: "docker.io/acme/",
        bad: "docker.io/acme",
      },
    ],
  },
});

/** A digest or tag is whole; so is what has a slash behind the name of whoever owns it. */
function isWhole(prefix: string): boolean {
  const parts = prefix.split("/");
  const [host = "", owner] = parts;
  if (owner === undefined) return false;
  if (/[:@]/.test(parts.at(-1) ?? "")) return true;
  return shared.test(host) ? parts.length > 2 && owner !== "" : true;
}
