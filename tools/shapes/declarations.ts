/** The declaration files of an installed SDK, parsed: interfaces, enumerations and classes by name. */

import { readFileSync } from "node:fs";
import ts from "typescript";

/** A member of an interface or class, as far as shapes need it. */
export interface Member {
  readonly name: string;
  readonly optional: boolean;
  readonly type: ts.TypeNode;
}

/** One parsed file: its declarations under their full names, e.g. `apps.v1.DeploymentSpec`. */
export interface Declarations {
  readonly members: ReadonlyMap<string, readonly Member[]>;
  /** Values of each enumeration. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

/** Parses a declaration file; only its syntax is read, nothing is resolved. */
export function readDeclarations(path: string): Declarations {
  const options = {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), options);
  const members = new Map<string, readonly Member[]>();
  const enums = new Map<string, readonly string[]>();
  visit(file.statements, "", { members, enums });
  return { members, enums };
}

interface Found {
  readonly members: Map<string, readonly Member[]>;
  readonly enums: Map<string, readonly string[]>;
}

function visit(statements: readonly ts.Statement[], prefix: string, found: Found): void {
  for (const statement of statements) {
    if (ts.isModuleDeclaration(statement)) {
      const { body } = statement;
      if (body === undefined) continue;
      // `namespace a.b {}` nests a declaration directly; the SDKs write one block for each level.
      if (ts.isModuleBlock(body)) visit(body.statements, `${prefix}${statement.name.text}.`, found);
    } else if (ts.isInterfaceDeclaration(statement)) {
      found.members.set(prefix + statement.name.text, statement.members.flatMap(memberOf));
    } else if (ts.isClassDeclaration(statement) && statement.name !== undefined) {
      found.members.set(prefix + statement.name.text, statement.members.flatMap(memberOf));
    } else if (ts.isVariableStatement(statement)) {
      for (const { name, type } of statement.declarationList.declarations) {
        if (ts.isIdentifier(name) && type !== undefined && ts.isTypeLiteralNode(type))
          found.enums.set(prefix + name.text, type.members.flatMap(literalOf));
      }
    }
  }
}

function memberOf(node: ts.TypeElement | ts.ClassElement): Member[] {
  const property = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node);
  if (!property || node.type === undefined) return [];
  const { name, type, questionToken } = node;
  if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) return [];
  return [{ name: name.text, optional: questionToken !== undefined, type }];
}

/** A value of an enumeration, written as a property with a literal type. */
function literalOf(node: ts.TypeElement): string[] {
  if (!ts.isPropertySignature(node) || node.type === undefined) return [];
  if (!ts.isLiteralTypeNode(node.type) || !ts.isStringLiteral(node.type.literal)) return [];
  return [node.type.literal.text];
}
