import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import ts from "typescript";

/** The names that the types of Obsidian declare: its exports, and the members of its classes (inherited ones too). */
export interface ApiMembers {
  readonly exports: readonly string[];
  /** Names that exist at run time: classes, functions, values. */
  readonly values: readonly string[];
  readonly members: Readonly<Record<string, readonly string[]>>;
}

export function readApiMembers(): ApiMembers {
  const manifest = createRequire(import.meta.url).resolve("obsidian/package.json");
  const file = path.join(path.dirname(manifest), "obsidian.d.ts");
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2021);
  const own = new Map<string, { names: string[]; parents: string[] }>();
  const exported: string[] = [];
  const values: string[] = [];
  for (const statement of source.statements) {
    const names = namesOf(statement);
    exported.push(...names);
    if (!ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement)) values.push(...names);
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    if (statement.name === undefined) continue;
    own.set(statement.name.text, {
      names: [...statement.members].flatMap(memberName),
      parents: (statement.heritageClauses ?? [])
        .filter((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)
        .flatMap((clause) => clause.types.map((type) => type.expression))
        .flatMap((expression) => (ts.isIdentifier(expression) ? [expression.text] : [])),
    });
  }
  const all = (name: string): string[] => {
    const entry = own.get(name);
    return entry === undefined ? [] : [...entry.names, ...entry.parents.flatMap(all)];
  };
  return {
    exports: exported,
    values,
    members: Object.fromEntries([...own.keys()].map((name) => [name, [...new Set(all(name))]])),
  };
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((one) => (ts.isIdentifier(one.name) ? [one.name.text] : []));
  }
  if (
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  ) {
    return statement.name === undefined ? [] : [statement.name.text];
  }
  return [];
}

function memberName(member: ts.ClassElement | ts.TypeElement): string[] {
  if (member.name === undefined || !ts.isIdentifier(member.name)) return [];
  const isStatic = ts.canHaveModifiers(member) &&
    (ts.getModifiers(member) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword);
  return isStatic ? [] : [member.name.text];
}
