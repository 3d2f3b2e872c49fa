import { eventRegistry, runtimePackage } from "../runtime-vocabulary.js";
import {
  type Node,
  type SourceFile,
  isIdentifier,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isPropertySignatureDeclaration,
  isStringLiteral,
} from "../type-checker/ast.js";

/** An event whose type the file adds to the runtime's registry. */
export interface DeclaredEvent {
  readonly id: string;
  readonly node: Node;
}

/** The events that a file declares: `declare module "@phasewise/runtime" { interface EventRegistry { … } }`. */
export function findDeclaredEvents(sourceFile: SourceFile): DeclaredEvent[] {
  if (!sourceFile.text.includes(eventRegistry)) return [];
  const found: DeclaredEvent[] = [];
  for (const statement of sourceFile.statements) {
    if (isModuleDeclaration(statement) && isStringLiteral(statement.name) && statement.name.text === runtimePackage)
      statement.body?.forEachChild(visit);
  }
  return found;

  function visit(node: Node): void {
    if (!isInterfaceDeclaration(node) || node.name.text !== eventRegistry) return;
    for (const member of node.members) {
      const name = isPropertySignatureDeclaration(member) ? member.name : undefined;
      if (name && (isStringLiteral(name) || isIdentifier(name))) found.push({ id: name.text, node: name });
    }
  }
}
