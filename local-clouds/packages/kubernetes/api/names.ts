/**
 * The rules of names, labels, ports and prefixes, with the API server's sentences
 * (kubernetes/apimachinery, `pkg/util/validation`). Each answers what a text breaks; nothing is fine.
 */

import { tryParseAddress } from "../../../../model/base/address.ts";

const labelCharactersMax = 63;
const subdomainCharactersMax = 253;
const portNameCharactersMax = 15;
/** Highest TCP, UDP or SCTP port. */
export const portMax = 65_535;

const labelForm = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const label1035Form = "[a-z]([-a-z0-9]*[a-z0-9])?";
const subdomainForm = `${labelForm}(\\.${labelForm})*`;
const qualifiedForm = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const valueForm = `(${qualifiedForm})?`;
const wildcardForm = `\\*\\.${subdomainForm}`;
const configKeyForm = "[-._a-zA-Z0-9]+";

/** A rule of texts. */
export type NameRule = (text: string) => readonly string[];

/** RFC 1123 label: namespaces, container names, port names of services. */
export const dnsLabel: NameRule = (text) => {
  if (matches(labelForm, text)) return tooLong(text, labelCharactersMax);
  const dots = matches(subdomainForm, text);
  const says = dots
    ? "must not contain dots"
    : form(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', " +
          "and must start and end with an alphanumeric character",
        labelForm,
        ["my-name", "123-abc"],
      );
  return [...tooLong(text, labelCharactersMax), says];
};

/** RFC 1035 label: names of services. */
export const dns1035Label: NameRule = (text) => [
  ...tooLong(text, labelCharactersMax),
  ...unless(
    label1035Form,
    text,
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', " +
      "start with an alphabetic character, and end with an alphanumeric character",
    ["my-name", "abc-123"],
  ),
];

/** RFC 1123 subdomain: names of most objects. */
export const dnsSubdomain: NameRule = (text) => [
  ...tooLong(text, subdomainCharactersMax),
  ...unless(
    subdomainForm,
    text,
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
      "and must start and end with an alphanumeric character",
    ["example.com"],
  ),
];

/** `*.` before a subdomain: hosts of ingresses. */
export const wildcardSubdomain: NameRule = (text) => [
  ...tooLong(text, subdomainCharactersMax),
  ...unless(
    wildcardForm,
    text,
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must " +
      "consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
    ["*.example.com"],
  ),
];

/** What can stand in a URL's path: names of RBAC's objects and of custom objects' parts. */
export const pathSegment: NameRule = (text) => {
  if (text === "." || text === "..") return [`may not be '${text}'`];
  return ["/", "%"]
    .filter((illegal) => text.includes(illegal))
    .map((i) => `may not contain '${i}'`);
};

/** Keys of labels and annotations, finalizers: a name with an optional domain before it. */
export const qualifiedName: NameRule = (text) => {
  const parts = text.split("/");
  const says =
    "must consist of alphanumeric characters, '-', '_' or '.', " +
    "and must start and end with an alphanumeric character";
  const examples = ["MyName", "my.name", "123-abc"];
  if (parts.length > 2) {
    return [
      `a qualified name ${form(says, qualifiedForm, examples)}` +
        " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ];
  }
  const name = parts.at(-1) ?? "";
  const prefix = parts.length === 2 ? (parts[0] ?? "") : undefined;
  const ofPrefix = prefix === "" ? ["must be non-empty"] : dnsSubdomain(prefix ?? "x");
  const ofName = name === "" ? ["must be non-empty"] : tooLong(name, labelCharactersMax);
  return [
    ...ofPrefix.map((one) => `prefix part ${one}`),
    ...ofName.map((one) => `name part ${one}`),
    ...unless(qualifiedForm, name, says, examples).map((one) => `name part ${one}`),
  ];
};

/** Values of labels. */
export const labelValue: NameRule = (text) => [
  ...tooLong(text, labelCharactersMax),
  ...unless(
    valueForm,
    text,
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', " +
      "and must start and end with an alphanumeric character",
    ["MyValue", "my_value", "12345"],
  ),
];

/** Keys of ConfigMaps and Secrets. */
export const configKey: NameRule = (text) => {
  const dots = text === "." || text === ".." ? [`must not be '${text}'`] : [];
  const parent = text.startsWith("..") && text !== ".." ? ["must not start with '..'"] : [];
  return [
    ...tooLong(text, subdomainCharactersMax),
    ...unless(
      configKeyForm,
      text,
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
      ["key.name", "KEY_NAME", "key-name"],
    ),
    ...dots,
    ...parent,
  ];
};

/** Names of container ports (IANA service names, RFC 6335). */
export const portName: NameRule = (text) => [
  ...tooLong(text, portNameCharactersMax),
  ...(/^[-a-z0-9]+$/.test(text)
    ? []
    : ["must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"]),
  ...(/[a-z]/.test(text) ? [] : ["must contain at least one letter (a-z)"]),
  ...(text.includes("--") ? ["must not contain consecutive hyphens"] : []),
  ...(/^-|-$/.test(text) ? ["must not begin or end with a hyphen"] : []),
];

/** What a port number breaks. */
export function portNumber(port: number): readonly string[] {
  return port >= 1 && port <= portMax ? [] : [`must be between 1 and ${portMax}, inclusive`];
}

/** An IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return tryParseAddress(text) !== undefined;
}

/** How the server refuses a text that is no prefix. */
export const notACidr = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
/** How the server refuses a text that is no address. */
export const notAnAddress = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern}$`).test(text);
}

function unless(
  pattern: string,
  text: string,
  says: string,
  examples: readonly string[],
): readonly string[] {
  return matches(pattern, text) ? [] : [form(says, pattern, examples)];
}

function form(says: string, pattern: string, examples: readonly string[]): string {
  const list = examples.map((example) => `'${example}', `).join(" or ");
  return `${says} (e.g. ${list}regex used for validation is '${pattern}')`;
}

function tooLong(text: string, charactersMax: number): readonly string[] {
  return Buffer.byteLength(text) > charactersMax
    ? [`must be no more than ${charactersMax} characters`]
    : [];
}
