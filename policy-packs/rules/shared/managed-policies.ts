/** AWS's own managed policies that make their holder an administrator, or let him become one. */
const administration =
  /^arn:aws[\w-]*:iam::aws:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

/** The policy's name, if it is one of them. */
export function isAdministration(arn: string): string | undefined {
  return administration.exec(arn)?.[1];
}
