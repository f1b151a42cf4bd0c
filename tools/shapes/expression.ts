/**
 * A type of an SDK in the compact spelling of the shape files.
 *
 * `string`, `number`, `boolean`, `any`, `asset` (an asset or archive), `#Name` (a nested shape),
 * `=Name` (one of an enumeration's values), `~Name` (the same, but any other text is taken too),
 * `'text'` (just this text); `T[]` a list, `T{}` a map, `T|T` alternatives, `(…)` where those need it.
 */

import ts from "typescript";

/** Names that an expression refers to, under the full names of the SDK. */
export interface Referred {
  /** A nested shape; returns its spelling, e.g. `#in:ec2.SecurityGroupIngress`. */
  shape(side: "inputs" | "outputs", name: string): string;
  /** An enumeration; `undefined` for one without values. */
  enumeration(name: string): string | undefined;
}

/** The compact spelling of a type. */
export function spell(node: ts.TypeNode, referred: Referred): string {
  const found = [...new Set(alternatives(node, referred))];
  return joined(found);
}

function joined(found: readonly string[]): string {
  if (found.length === 0 || found.includes("any")) return "any";
  const named = found.find((one) => one.startsWith("="));
  // `string | enums.X`: the provider takes other texts as well.
  if (named !== undefined && found.includes("string")) {
    const rest = found.filter((one) => one !== "string" && one !== named);
    return [`~${named.slice(1)}`, ...rest].join("|");
  }
  return found.join("|");
}

function alternatives(node: ts.TypeNode, referred: Referred): string[] {
  if (ts.isUnionTypeNode(node)) return node.types.flatMap((type) => alternatives(type, referred));
  if (ts.isParenthesizedTypeNode(node)) return alternatives(node.type, referred);
  if (ts.isArrayTypeNode(node)) return [`${grouped(node.elementType, referred)}[]`];
  if (ts.isTypeLiteralNode(node)) return [mapOf(node, referred)];
  if (ts.isLiteralTypeNode(node)) return literal(node);
  if (ts.isTypeReferenceNode(node)) return reference(node, referred);
  return keyword(node.kind);
}

function keyword(kind: ts.SyntaxKind): string[] {
  if (kind === ts.SyntaxKind.StringKeyword) return ["string"];
  if (kind === ts.SyntaxKind.NumberKeyword) return ["number"];
  if (kind === ts.SyntaxKind.BooleanKeyword) return ["boolean"];
  if (kind === ts.SyntaxKind.UndefinedKeyword || kind === ts.SyntaxKind.NeverKeyword) return [];
  return ["any"];
}

function grouped(node: ts.TypeNode, referred: Referred): string {
  const text = spell(node, referred);
  return text.includes("|") ? `(${text})` : text;
}

function mapOf(node: ts.TypeLiteralNode, referred: Referred): string {
  const signature = node.members.find(ts.isIndexSignatureDeclaration);
  return signature === undefined ? "any" : `${grouped(signature.type, referred)}{}`;
}

function literal(node: ts.LiteralTypeNode): string[] {
  if (ts.isStringLiteral(node.literal)) return [`'${node.literal.text}'`];
  if (ts.isNumericLiteral(node.literal)) return ["number"];
  return node.literal.kind === ts.SyntaxKind.NullKeyword ? [] : ["boolean"];
}

function reference(node: ts.TypeReferenceNode, referred: Referred): string[] {
  const name = nameOf(node.typeName);
  const [head = "", ...rest] = name.split(".");
  const first = node.typeArguments?.[0];
  if (/^pulumi\.(Input|Output|UnwrappedObject)$/.test(name) && first !== undefined)
    return alternatives(first, referred);
  if (/^pulumi\.asset\.(Asset|Archive)$/.test(name)) return ["asset"];
  if (head === "inputs" || head === "outputs") return [referred.shape(head, rest.join("."))];
  if (head === "enums") {
    const known = referred.enumeration(rest.join("."));
    return [known ?? "string"];
  }
  if (name === "Record") {
    const value = node.typeArguments?.[1];
    return [value === undefined ? "any{}" : `${grouped(value, referred)}{}`];
  }
  // Another resource's class: the SDK sends its id. `ARN` is the SDK's name for a text.
  return /^[A-Z]\w*$/.test(rest.at(-1) ?? head) ? ["string"] : ["any"];
}

function nameOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${nameOf(name.left)}.${name.right.text}`;
}
