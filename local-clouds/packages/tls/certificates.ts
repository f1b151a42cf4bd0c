/** Making certificate requests and certificates as the tls provider (Go's crypto/x509) makes them. */

import { createPublicKey, type KeyObject, randomBytes, webcrypto } from "node:crypto";
// The certificate library needs this polyfill to be there first.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { algorithmOf, parseKey } from "./keys.ts";
import { extendedUses, keyUses } from "./uses.ts";

x509.cryptoProvider.set(webcrypto);

/** Bytes of a serial number (RFC 5280 allows 20). */
const serialBytes = 16;
/** Object identifier of the subject alternative name extension. */
const alternativeNameId = "2.5.29.17";
const msPerHour = 3_600_000;

/** Names a certificate is for. */
export interface SubjectNames {
  readonly subject: readonly (readonly [type: string, values: readonly string[]])[];
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly uris: readonly string[];
}

/** What an issuer decides. */
export interface Terms {
  readonly uses: readonly string[];
  readonly isAuthority: boolean;
  readonly pathLengthMax: number | undefined;
  readonly setSubjectKeyId: boolean;
  readonly setAuthorityKeyId: boolean;
  readonly validityHours: number;
  readonly notBefore: Date;
}

/** An issued certificate. */
export interface Issued {
  readonly pem: string;
  readonly notAfter: Date;
}

/** A certificate request in PEM. */
export async function makeRequest(keyPem: string, names: SubjectNames): Promise<string> {
  const key = parseKey(keyPem);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: nameOf(names),
    keys: await cryptoPair(key),
    signingAlgorithm: signatureOf(key),
    extensions: alternativeNames(names),
  });
  return `${request.toString("pem")}\n`;
}

/** A certificate signed by its own key. */
export async function selfSign(keyPem: string, names: SubjectNames, terms: Terms): Promise<Issued> {
  const key = parseKey(keyPem);
  const { publicKey, privateKey } = await cryptoPair(key);
  const own = await x509.SubjectKeyIdentifierExtension.create(publicKey);
  const name = new x509.Name(nameOf(names));
  const hasOwn = terms.isAuthority || terms.setSubjectKeyId;
  return issue({
    subject: name,
    issuer: name,
    publicKey,
    signingKey: privateKey,
    signingAlgorithm: signatureOf(key),
    terms,
    extensions: [
      ...(hasOwn ? [own] : []),
      ...(terms.setAuthorityKeyId ? [new x509.AuthorityKeyIdentifierExtension(own.keyId)] : []),
      ...alternativeNames(names),
    ],
  });
}

/** A certificate for a request, signed by an authority. */
export async function signRequest(
  requestPem: string,
  authorityPem: string,
  authorityKeyPem: string,
  terms: Terms,
): Promise<Issued> {
  const request = new x509.Pkcs10CertificateRequest(requestPem);
  if (!(await request.verify()))
    throw new RangeError("the signature of the certificate request is wrong");
  const authority = new x509.X509Certificate(authorityPem);
  const key = parseKey(authorityKeyPem);
  demandPair(key, authority);
  const own = await x509.SubjectKeyIdentifierExtension.create(request.publicKey);
  const issuerKey = authority.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
  const names = request.getExtension(alternativeNameId);
  return issue({
    subject: request.subjectName,
    issuer: authority.subjectName,
    publicKey: request.publicKey,
    signingKey: (await cryptoPair(key)).privateKey,
    signingAlgorithm: signatureOf(key),
    terms,
    extensions: [
      ...(terms.isAuthority || terms.setSubjectKeyId ? [own] : []),
      ...(issuerKey === undefined ? [] : [new x509.AuthorityKeyIdentifierExtension(issuerKey)]),
      ...(names === null ? [] : [names]),
    ],
  });
}

interface Issuance {
  readonly subject: x509.Name;
  readonly issuer: x509.Name;
  readonly publicKey: x509.PublicKeyType;
  readonly signingKey: webcrypto.CryptoKey;
  readonly signingAlgorithm: webcrypto.Algorithm;
  readonly terms: Terms;
  readonly extensions: readonly x509.Extension[];
}

async function issue(issuance: Issuance): Promise<Issued> {
  const { subject, issuer, publicKey, signingKey, signingAlgorithm, terms } = issuance;
  // A first byte below 0x80 keeps the number positive, one above 0 keeps its length.
  const serial = randomBytes(serialBytes);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const notAfter = new Date(terms.notBefore.getTime() + terms.validityHours * msPerHour);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString("hex"),
    subject: subject.toString(),
    issuer: issuer.toString(),
    notBefore: terms.notBefore,
    notAfter,
    publicKey,
    signingKey,
    signingAlgorithm,
    extensions: [...usageExtensions(terms), ...issuance.extensions],
  });
  return { pem: `${certificate.toString("pem")}\n`, notAfter };
}

function usageExtensions(terms: Terms): x509.Extension[] {
  const bits = terms.uses.reduce((sum, use) => sum | (keyUses[use] ?? 0), 0);
  const extended = terms.uses.flatMap((use) => extendedUses[use] ?? []);
  return [
    ...(bits === 0 ? [] : [new x509.KeyUsagesExtension(bits, true)]),
    ...(extended.length === 0 ? [] : [new x509.ExtendedKeyUsageExtension(extended)]),
    new x509.BasicConstraintsExtension(
      terms.isAuthority,
      terms.isAuthority ? terms.pathLengthMax : undefined,
      true,
    ),
  ];
}

function alternativeNames(names: SubjectNames): x509.Extension[] {
  const all: x509.JsonGeneralName[] = [
    ...names.dnsNames.map((value) => ({ type: "dns" as const, value })),
    ...names.ipAddresses.map((value) => ({ type: "ip" as const, value })),
    ...names.uris.map((value) => ({ type: "url" as const, value })),
  ];
  return all.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(all)];
}

function nameOf(names: SubjectNames): x509.JsonName {
  return names.subject.flatMap(([type, values]) => values.map((value) => ({ [type]: [value] })));
}

/** WebCrypto knows RSA, Ed25519 and three curves; P-224 keys can be made, but not sign certificates here. */
function importAlgorithm(
  key: KeyObject,
): webcrypto.RsaHashedImportParams | webcrypto.EcKeyImportParams | webcrypto.Algorithm {
  const algorithm = algorithmOf(key);
  if (algorithm === "RSA") return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  if (algorithm === "ED25519") return { name: "Ed25519" };
  const curve = webCurves[key.asymmetricKeyDetails?.namedCurve ?? ""];
  if (curve === undefined)
    throw new RangeError("the local clouds sign with the curves P256, P384 and P521 only");
  return { name: "ECDSA", namedCurve: curve };
}

const webCurves: Readonly<Record<string, string>> = {
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};

/** Go signs with the hash of the curve's size, and with SHA-256 by RSA keys. */
function signatureOf(key: KeyObject): webcrypto.Algorithm & { hash?: string } {
  const { name } = importAlgorithm(key);
  if (name !== "ECDSA") return name === "Ed25519" ? { name } : { name, hash: "SHA-256" };
  const hashes: Record<string, string> = {
    prime256v1: "SHA-256",
    secp384r1: "SHA-384",
    secp521r1: "SHA-512",
  };
  return { name, hash: hashes[key.asymmetricKeyDetails?.namedCurve ?? ""] ?? "SHA-256" };
}

async function cryptoPair(key: KeyObject): Promise<webcrypto.CryptoKeyPair> {
  const algorithm = importAlgorithm(key);
  const { subtle } = webcrypto;
  const pkcs8 = key.export({ format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  const privateKey = await subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]);
  const publicKey = await subtle.importKey("spki", spki, algorithm, true, ["verify"]);
  return { privateKey, publicKey };
}

function demandPair(key: KeyObject, authority: x509.X509Certificate): void {
  const own = createPublicKey(key).export({ format: "der", type: "spki" });
  if (!own.equals(Buffer.from(authority.publicKey.rawData))) {
    throw new RangeError("x509: provided PrivateKey doesn't match parent's PublicKey");
  }
}
