/** What looks like a secret in a plain setting. Nothing here is ever printed. */

const word =
  "(password|passwd|passphrase|secret|secret_?key|client_?secret|api_?key|access_?key|private_?key|auth_?token)";
const name = new RegExp(`(^|[._-])${word}$`, "i");
const line = new RegExp(
  `(^|[._\\s"'-])${word}["']?\\s*[=:]\\s*["']?(?![\\s"'/]|\\$[({]|\\{\\{|$)`,
  "im",
);
const privateKey = /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/;

/** Whether a setting of this name holds a secret, unless the value says where one is. */
export function isSecretName(text: string): boolean {
  return name.test(text);
}

/** Whether the value is given here: no path, no reference to another place, not empty. */
export function isGiven(value: string): boolean {
  return !/^\s*$|^[/<]|^\$[({]|^\{\{/.test(value);
}

/** Whether a text of several settings gives one of them a secret, or holds a private key. */
export function holdsSecret(text: string): boolean {
  return privateKey.test(text) || line.test(text);
}
