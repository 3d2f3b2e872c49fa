import type { ObjectLiteralExpression, PropertyAssignment } from "ts-morph";
import type { Edit, EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { fillBraces, indentationUnit, insertBefore, insertProperty } from "./placement.js";

/** Where package.json lists packages: those that the application runs with, and those that only its development needs. */
export type DependencyGroup = "dependencies" | "devDependencies";

/** Adds a package to the dependencies in package.json, in the order of names; one that is there stays as it is. */
export function addDependency(name: string, range: string, groupName: DependencyGroup = "dependencies"): Edit {
  return (file) => {
    const manifest = getManifest(file);
    const dependencies = findProperty(file, manifest, groupName);
    const entry = `${JSON.stringify(name)}: ${JSON.stringify(range)}`;
    if (dependencies === undefined) return addGroup(file, manifest, groupName, entry);

    const group = dependencies.getInitializer();
    if (!file.morph.Node.isObjectLiteralExpression(group)) throw anchorMissing(file, "object of dependencies");
    const entries = propertiesOf(file, group);
    if (entries.some((property) => nameOf(property) === name)) return;
    const next = entries.find((property) => nameOf(property) > name);
    const last = entries.at(-1);
    if (next !== undefined) insertBefore(file, next, [`${entry},`]);
    else if (last !== undefined) insertProperty(file, last, entry);
    else fillBraces(file, group, [entry]);
  };
}

function addGroup(
  file: EditedFile,
  manifest: ObjectLiteralExpression,
  groupName: DependencyGroup,
  entry: string,
): void {
  const unit = indentationUnit(file);
  const last = manifest.getProperties().at(-1);
  if (last === undefined) fillBraces(file, manifest, [`"${groupName}": {`, `${unit}${entry}`, "}"]);
  else insertProperty(file, last, `"${groupName}": {\n${unit}${unit}${entry}\n${unit}}`);
}

function getManifest(file: EditedFile): ObjectLiteralExpression {
  const [statement] = file.source.getStatements();
  const manifest = file.morph.Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
  if (file.morph.Node.isObjectLiteralExpression(manifest)) return manifest;
  throw anchorMissing(file, "object");
}

function findProperty(file: EditedFile, object: ObjectLiteralExpression, name: string): PropertyAssignment | undefined {
  return propertiesOf(file, object).find((property) => nameOf(property) === name);
}

function propertiesOf(file: EditedFile, object: ObjectLiteralExpression): PropertyAssignment[] {
  return object.getProperties().filter(file.morph.Node.isPropertyAssignment);
}

function nameOf(property: PropertyAssignment): string {
  return property.getName().slice(1, -1);
}
