/** Passwords and certificates of applications and service principals (Microsoft Graph: passwordCredential, keyCredential). */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, Reference, TypeEntry } from "../../../types/type.ts";
import { applicationTokens } from "./applications.ts";
import { objectIdOf } from "./common.ts";

const principalToken = "azuread:index/servicePrincipal:ServicePrincipal";

/** Passwords end after two years, certificates after one, where nobody says otherwise. */
const usualYears = { password: 2, certificate: 1 };

interface Owner {
  readonly input: "applicationId" | "servicePrincipalId";
  readonly prefix: "/applications/" | "/servicePrincipals/";
  readonly tokens: readonly string[];
}

const application: Owner = {
  input: "applicationId",
  prefix: "/applications/",
  tokens: applicationTokens,
};
const principal: Owner = {
  input: "servicePrincipalId",
  prefix: "/servicePrincipals/",
  tokens: [principalToken],
};

function belongsTo(owner: Owner): Reference {
  return {
    at: owner.input,
    to: owner.tokens,
    by: ["id", "objectId"],
    cascades: true,
    missing: { code: "Request_ResourceNotFound", says: "Resource '{value}' does not exist." },
  };
}

function ownerFaults(owner: Owner, r: Resource): InputFault[] {
  const given = r.text(owner.input);
  return given.startsWith(owner.prefix)
    ? []
    : [
        {
          property: owner.input,
          reason: `expected an id of the form ${owner.prefix}UUID, got ${given}`,
        },
      ];
}

/** An end stands as a date or as a span, never both. */
function endFaults(r: Resource): InputFault[] {
  const both = r.given("endDate") !== undefined && r.given("endDateRelative") !== undefined;
  return [
    ...(both
      ? [{ property: "endDateRelative", reason: '"endDateRelative": conflicts with endDate' }]
      : []),
    ...["startDate", "endDate"].flatMap((property) => dateFaults(r, property)),
    ...spanFaults(r),
  ];
}

function dateFaults(r: Resource, property: string): InputFault[] {
  const date = r.given(property);
  if (typeof date !== "string" || !Number.isNaN(Date.parse(date))) return [];
  return [{ property, reason: `expected "${property}" to be a valid RFC3339 date, got ${date}` }];
}

/** Directory objects live for less than a thousand years; dates beyond the year 9999 are none. */
const spanHoursMax = 8_766_000;

function spanFaults(r: Resource): InputFault[] {
  const span = r.text("endDateRelative", "");
  const hours = Number(/^(\d+)h/.exec(span)?.[1] ?? 0);
  if (hours <= spanHoursMax) return [];
  const reason = `time: invalid duration ${JSON.stringify(span)}`;
  return [{ property: "endDateRelative", reason }];
}

const hourMs = 3_600_000;

function endOf(r: Resource, years: number): string {
  const relative = /^(\d+)h(\d+m)?(\d+s)?$/.exec(r.text("endDateRelative", ""));
  const start = new Date(r.text("startDate", r.createdAt));
  if (relative !== null) return utc(new Date(start.getTime() + Number(relative[1]) * hourMs));
  return utc(new Date(start.setUTCFullYear(start.getUTCFullYear() + years)));
}

/** Seconds are as fine as the directory counts. */
function utc(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

const timeouts = { create: 300, read: 300, update: 300, delete: 300 };

function password(token: string, owner: Owner): TypeEntry {
  return {
    token,
    forceNew: [
      owner.input,
      "displayName",
      "endDate",
      "endDateRelative",
      "rotateWhenChanged",
      "startDate",
    ],
    maps: ["rotateWhenChanged"],
    check: (r) => [...ownerFaults(owner, r), ...endFaults(r)],
    id: (r) => `${objectIdOf(r.text(owner.input))}/password/${r.uuid("key")}`,
    outputs: {
      displayName: "",
      keyId: (r) => r.uuid("key"),
      startDate: (r) => utc(new Date(r.createdAt)),
      endDate: (r) => endOf(r, usualYears.password),
      value: (r) => r.characters("value", 40, passwordAlphabet),
    },
    references: [belongsTo(owner)],
    timeouts,
  };
}

const passwordAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789~._-";

function certificate(token: string, owner: Owner): TypeEntry {
  return {
    token,
    defaults: { encoding: "pem" },
    forceNew: [
      owner.input,
      "encoding",
      "endDate",
      "endDateRelative",
      "keyId",
      "startDate",
      "type",
      "value",
    ],
    check: (r) => [...ownerFaults(owner, r), ...endFaults(r), ...valueFaults(r)],
    id: (r) => `${objectIdOf(r.text(owner.input))}/certificate/${r.text("keyId", r.uuid("key"))}`,
    outputs: {
      keyId: (r) => r.uuid("key"),
      startDate: (r) => utc(new Date(r.createdAt)),
      endDate: (r) => endOf(r, usualYears.certificate),
    },
    references: [belongsTo(owner)],
    timeouts,
  };
}

function valueFaults(r: Resource): InputFault[] {
  const pem = r.text("encoding", "pem") === "pem";
  const type = r.given("type");
  return [
    ...(pem && !r.text("value").includes("-----BEGIN ")
      ? [{ property: "value", reason: "the certificate value is not PEM encoded" }]
      : []),
    ...(type === undefined || ["AsymmetricX509Cert", "Symmetric"].includes(String(type))
      ? []
      : [
          {
            property: "type",
            reason: `expected type to be one of ["AsymmetricX509Cert" "Symmetric"], got ${String(type)}`,
          },
        ]),
  ];
}

/** The directory itself makes the key pair and the certificate that signs tokens. */
const tokenSigning: TypeEntry = {
  token:
    "azuread:index/servicePrincipalTokenSigningCertificate:ServicePrincipalTokenSigningCertificate",
  forceNew: ["displayName", "endDate", "servicePrincipalId"],
  check: (r) => ownerFaults(principal, r),
  id: (r) => `${objectIdOf(r.text("servicePrincipalId"))}/tokenSigningCertificate/${r.uuid("key")}`,
  outputs: {
    displayName: "CN=Microsoft Azure Federated SSO Certificate",
    keyId: (r) => r.uuid("key"),
    startDate: (r) => utc(new Date(r.createdAt)),
    endDate: (r) => endOf(r, 3),
    thumbprint: (r) => r.hex("thumbprint", 40).toUpperCase(),
    value: (r) => Buffer.from(r.hex("certificate", 64)).toString("base64"),
  },
  references: [belongsTo(principal)],
  timeouts,
};

/** The entries of credentials. */
export const credentialTypes: readonly TypeEntry[] = [
  password("azuread:index/applicationPassword:ApplicationPassword", application),
  password("azuread:index/servicePrincipalPassword:ServicePrincipalPassword", principal),
  certificate("azuread:index/applicationCertificate:ApplicationCertificate", application),
  certificate("azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate", principal),
  tokenSigning,
];
