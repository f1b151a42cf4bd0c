/** The resource types of the tls provider: real keys and certificates, made once and kept. */

import { createHash, X509Certificate } from "node:crypto";
import type { Json, JsonObject } from "../../protocol/value.ts";
import type { Resource } from "../../types/resource.ts";
import type { InputFault, TypeEntry } from "../../types/type.ts";
import type { Issued, SubjectNames, Terms } from "./certificates.ts";
import {
  algorithmOf,
  algorithms,
  curveNames,
  keyId,
  keyOutputs,
  makeKey,
  parseKey,
} from "./keys.ts";
import { unknownUses } from "./uses.ts";

const usualRsaBits = 2048;
const usualCurve = "P224";
const msPerHour = 3_600_000;

/** Loaded when the first certificate is made: the library costs more than all else at start. */
const certificates = () => import("./certificates.ts");

const privateKey: TypeEntry = {
  token: "tls:index/privateKey:PrivateKey",
  forceNew: ["algorithm", "ecdsaCurve", "rsaBits"],
  planned: { ecdsaCurve: usualCurve, rsaBits: usualRsaBits },
  check: (r) => [...oneOf(r, "algorithm", algorithms), ...oneOf(r, "ecdsaCurve", curveNames)],
  make: async (r) =>
    keyOutputs(
      await makeKey(
        r.text("algorithm"),
        r.number("rsaBits", usualRsaBits),
        r.text("ecdsaCurve", usualCurve),
      ),
    ),
  id: (r) => keyId(String(r.made["publicKeyPem"])),
  schemaVersion: 1,
};

const certRequest: TypeEntry = {
  token: "tls:index/certRequest:CertRequest",
  forceNew: [
    "privateKeyPem",
    "privateKeyPemWoVersion",
    "subject",
    "dnsNames",
    "ipAddresses",
    "uris",
  ],
  hidden: ["privateKeyPemWo"],
  check: keyFaults("privateKeyPem"),
  async make(r) {
    const pem = keyPem(r, "privateKeyPem");
    const certRequestPem = await (await certificates()).makeRequest(pem, namesOf(r));
    return { certRequestPem, keyAlgorithm: algorithmOf(parseKey(pem)) };
  },
  id: (r) => createHash("sha1").update(String(r.made["certRequestPem"])).digest("hex"),
};

const certificateInputs = [
  "allowedUses",
  "isCaCertificate",
  "maxPathLength",
  "setSubjectKeyId",
  "validityPeriodHours",
];

const certificatePlanned: TypeEntry["planned"] = {
  isCaCertificate: false,
  setSubjectKeyId: false,
  earlyRenewalHours: 0,
};

const selfSignedCert: TypeEntry = {
  token: "tls:index/selfSignedCert:SelfSignedCert",
  forceNew: [
    ...certificateInputs,
    "privateKeyPem",
    "privateKeyPemWoVersion",
    "setAuthorityKeyId",
    "subject",
    "dnsNames",
    "ipAddresses",
    "uris",
  ],
  hidden: ["privateKeyPemWo"],
  planned: { ...certificatePlanned, setAuthorityKeyId: false },
  check: (r) => [...certificateFaults(r), ...keyFaults("privateKeyPem")(r)],
  async make(r) {
    const pem = keyPem(r, "privateKeyPem");
    const terms = termsOf(r);
    const issued = await (await certificates()).selfSign(pem, namesOf(r), terms);
    return certificateOutputs(r, issued, terms, { keyAlgorithm: algorithmOf(parseKey(pem)) });
  },
  id: serialOf,
  expired: readyForRenewal,
};

const locallySignedCert: TypeEntry = {
  token: "tls:index/locallySignedCert:LocallySignedCert",
  forceNew: [
    ...certificateInputs,
    "caCertPem",
    "caPrivateKeyPem",
    "caPrivateKeyPemWoVersion",
    "certRequestPem",
  ],
  hidden: ["caPrivateKeyPemWo"],
  planned: certificatePlanned,
  check: (r) => [...certificateFaults(r), ...keyFaults("caPrivateKeyPem")(r)],
  async make(r) {
    const pem = keyPem(r, "caPrivateKeyPem");
    const terms = termsOf(r);
    const { signRequest } = await certificates();
    const issued = await signRequest(r.text("certRequestPem"), r.text("caCertPem"), pem, terms);
    return certificateOutputs(r, issued, terms, { caKeyAlgorithm: algorithmOf(parseKey(pem)) });
  },
  id: serialOf,
  expired: readyForRenewal,
};

/** Every type of the tls provider. */
export const tlsTypes: readonly TypeEntry[] = [
  privateKey,
  certRequest,
  selfSignedCert,
  locallySignedCert,
];

/** The parts of a subject in the order Go's `pkix.Name` writes them. */
const subjectParts: readonly (readonly [input: string, type: string])[] = [
  ["country", "C"],
  ["organization", "O"],
  ["organizationalUnit", "OU"],
  ["locality", "L"],
  ["province", "ST"],
  ["streetAddresses", "2.5.4.9"],
  ["postalCode", "2.5.4.17"],
  ["commonName", "CN"],
  ["serialNumber", "2.5.4.5"],
  ["emailAddress", "1.2.840.113549.1.9.1"],
];

function namesOf(r: Resource): SubjectNames {
  return {
    subject: subjectParts.map(([input, type]) => [type, texts(r.given(`subject.${input}`))]),
    dnsNames: texts(r.given("dnsNames")),
    ipAddresses: texts(r.given("ipAddresses")),
    uris: texts(r.given("uris")),
  };
}

function termsOf(r: Resource): Terms {
  const pathLength = r.given("maxPathLength");
  return {
    uses: texts(r.given("allowedUses")),
    isAuthority: r.flag("isCaCertificate"),
    pathLengthMax: typeof pathLength === "number" && pathLength >= 0 ? pathLength : undefined,
    setSubjectKeyId: r.flag("setSubjectKeyId"),
    setAuthorityKeyId: r.flag("setAuthorityKeyId"),
    validityHours: r.number("validityPeriodHours"),
    // Certificates count in whole seconds.
    notBefore: new Date(Math.floor(Date.parse(r.createdAt) / 1000) * 1000),
  };
}

function certificateOutputs(
  r: Resource,
  issued: Issued,
  terms: Terms,
  more: JsonObject,
): JsonObject {
  const earlyMs = r.number("earlyRenewalHours", 0) * msPerHour;
  return {
    ...more,
    certPem: issued.pem,
    validityStartTime: rfc3339(terms.notBefore),
    validityEndTime: rfc3339(issued.notAfter),
    readyForRenewal: terms.notBefore.getTime() >= issued.notAfter.getTime() - earlyMs,
  };
}

/** The id of a certificate: its serial number in decimal. */
function serialOf(r: Resource): string {
  const { serialNumber } = new X509Certificate(String(r.made["certPem"]));
  return BigInt(`0x${serialNumber}`).toString();
}

/** The provider demands a new certificate once the early renewal period has begun. */
function readyForRenewal(outputs: JsonObject, nowMs: number): string | undefined {
  const endMs = Date.parse(String(outputs["validityEndTime"]));
  const early = outputs["earlyRenewalHours"];
  const earlyMs = (typeof early === "number" ? early : 0) * msPerHour;
  return nowMs >= endMs - earlyMs ? "readyForRenewal" : undefined;
}

function certificateFaults(r: Resource): InputFault[] {
  const wrong = unknownUses(r.list("allowedUses"));
  const hours = r.number("validityPeriodHours");
  return [
    ...wrong.map((use) => ({ property: "allowedUses", reason: `invalid allowed use ${use}` })),
    ...(hours < 0 ? [{ property: "validityPeriodHours", reason: "must be at least 0" }] : []),
    ...(r.given("maxPathLength") !== undefined && !r.flag("isCaCertificate")
      ? [{ property: "maxPathLength", reason: "only a certificate authority has a path length" }]
      : []),
  ];
}

/** A key may be given as an ordinary or as a write-only input. */
function keyPem(r: Resource, input: string): string {
  return r.text(input, r.text(`${input}Wo`, ""));
}

function keyFaults(input: string): (r: Resource) => InputFault[] {
  return (r) => {
    const pem = keyPem(r, input);
    try {
      parseKey(pem);
      return [];
    } catch {
      return [{ property: input, reason: "must be a private key in PEM" }];
    }
  };
}

function oneOf(r: Resource, input: string, allowed: readonly string[]): InputFault[] {
  const value = r.given(input);
  if (value === undefined || allowed.includes(String(value))) return [];
  return [
    { property: input, reason: `expected one of ${allowed.join(", ")}, got ${String(value)}` },
  ];
}

function texts(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

function rfc3339(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}
