/** Who may administer a machine, and how they get in (Compute REST API, OSProfile; "Linux VM FAQ"). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { invalid } from "./common.ts";

/** Refuses a machine that nobody could enter, or that everybody could guess their way into. */
export function refuseAdministrator(r: Resource): ServiceError | undefined {
  return refuseLogin(r) ?? refuseNames(r);
}

/** The administrator needs a way in ("Linux VM FAQ"). */
function refuseLogin(r: Resource): ServiceError | undefined {
  if (r.given("osProfile") === undefined) return undefined;
  const keys = r.list("osProfile.linuxConfiguration.ssh.publicKeys").length;
  if (r.given("osProfile.adminPassword") === undefined && keys === 0) {
    return invalid("InvalidParameter", "Required parameter 'adminPassword' is missing (null).");
  }
  return r.flag("osProfile.linuxConfiguration.disablePasswordAuthentication") && keys === 0
    ? invalid(
        "InvalidParameter",
        "Authentication using either SSH or by user name and password must be enabled in Linux profile.",
      )
    : undefined;
}

/** Names that no administrator may have ("Linux VM FAQ", "What are the username requirements"). */
const reservedNames = [
  "admin",
  "administrator",
  "root",
  "guest",
  "user",
  "test",
  "user1",
  "console",
];

/** Characters of a password, and how many of the four kinds it must have ("Windows VM FAQ"). */
const password = { charactersMin: 8, charactersMax: 123, kindsMin: 3 };

function refuseNames(r: Resource): ServiceError | undefined {
  const user = r.text("osProfile.adminUsername", "");
  if (reservedNames.includes(user.toLowerCase())) {
    return invalid("InvalidParameter", "The Admin Username specified is not allowed.");
  }
  const secret = r.text("osProfile.adminPassword", "");
  if (secret === "") return undefined;
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(secret)).length;
  return secret.length >= password.charactersMin &&
    secret.length <= password.charactersMax &&
    kinds >= password.kindsMin
    ? undefined
    : invalid(
        "InvalidParameter",
        `The supplied password must be between ${password.charactersMin}-${password.charactersMax} characters long and must satisfy at least ${password.kindsMin} of password complexity requirements from the following: 1) Contains an uppercase character 2) Contains a lowercase character 3) Contains a numeric digit 4) Contains a special character 5) Control characters are not allowed`,
      );
}
