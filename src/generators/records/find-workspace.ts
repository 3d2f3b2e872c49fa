import { findUpwards, findWorkspace, realFolder } from "../workspace.js";
import { findRecordIds } from "./read-records.js";

/** The nearest folder, from the given one upwards, in which generations are recorded; without one, the workspace. */
export async function findRecordedWorkspace(from: string): Promise<string> {
  const start = await realFolder(from);
  const hasRecords = async (folder: string) => (await findRecordIds(folder)).length > 0;
  return (await findUpwards(start, hasRecords)) ?? findWorkspace(start);
}
