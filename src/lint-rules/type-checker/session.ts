import type { ChildProcess } from "node:child_process";
import type { UpdateSnapshotParams } from "@typescript/native/unstable/proto";
import { API, type Project, type Snapshot } from "@typescript/native/unstable/sync";
import { CheckedFile } from "./checked-file.js";
import { isConfigured } from "./configured-project.js";
import type { FilesByChange } from "./disk-changes.js";
import { DiskWatch } from "./disk-watch.js";
import { isGate } from "./gate.js";
import { findNeighbours, isSourceFile } from "./neighbours.js";
import { rememberAnswers } from "./remember-answers.js";
import { UnsavedText, toCheckerPath } from "./unsaved-text.js";

/**
 * One run of the native checker. It answers for the text that the linter sees, saved or not, and notices what other
 * programs change on disk; for the gate, which takes the workspace as it is when it begins.
 */
export class CheckerSession {
  readonly #unsaved = new UnsavedText();
  readonly #disk = isGate ? undefined : new DiskWatch();
  readonly #api = new API({ cwd: process.cwd(), fs: isGate ? this.#unsaved.fileTexts : this.#unsaved.fileSystem });
  readonly #knownProjects = new Set<string>();
  /** Files that no tsconfig includes: the checker knows them only while they are open. */
  readonly #standalone = new Set<string>();
  readonly #retired: Snapshot[] = [];
  #circle = 0;
  #snapshot: Snapshot | undefined;
  #ownProjects: ReadonlyMap<string, Project | "several"> | undefined;
  #hasEnded = false;

  constructor() {
    const child = this.#client.channel?.child;
    // A program that cannot be started tells so later, when nobody is left to catch it: the first question fails before.
    child?.on("error", () => {});
    // Until then Node would send signals to whatever number stands in its memory: to another process, or to all of our own group.
    if (child && child.pid === undefined) child.kill = () => false;
    // Once Node has closed the pipes to a program that ended, their numbers may be those of other files.
    child?.once("exit", () => (this.#hasEnded = true));
  }

  /** Is it known, without asking, that the checker's process has ended? */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The file as the checker sees it; `undefined` when it is of no kind that TypeScript reads. */
  open(fileName: string, text: string): CheckedFile | undefined {
    if (!isSourceFile(fileName)) return undefined;
    const path = toCheckerPath(fileName);
    this.#noticeDiskChanges(path);
    const file = this.#openText(path, text);
    if (file) this.#disk?.note(path, file);
    return file;
  }

  /**
   * Those of the files that a project has, as they are on disk, and all of one snapshot: their nodes may be asked about
   * together until the next file is opened.
   */
  openFromDisk(fileNames: readonly string[]): CheckedFile[] {
    const paths = fileNames.filter(isSourceFile).map(toCheckerPath);
    for (const path of paths) this.#findProject(path);
    return paths.map((path) => this.#find(path)).filter((file) => file !== undefined);
  }

  /** Does the checker's process still answer? */
  isAlive(): boolean {
    if (this.#hasEnded) return false;
    try {
      return this.#client.echo(ALIVE) === ALIVE;
    } catch {
      return false;
    }
  }

  /** Ends the checker's process. Asked politely, it would note "context canceled" on our standard error. */
  close(): void {
    this.#client.channel?.child?.kill("SIGKILL");
  }

  get #client(): CheckerClient {
    return (this.#api as unknown as { client: CheckerClient }).client;
  }

  #noticeDiskChanges(path: string): void {
    const changes = this.#disk?.look(path);
    if (!changes) return;
    this.#unsaved.forget([...changes.changed, ...changes.deleted]);
    this.#change(changes);
    this.#watchFiles();
  }

  #openText(path: string, text: string): CheckedFile | undefined {
    const known = this.#unsaved.hasFile(path) ? this.#find(path) : undefined;
    if (known?.sourceFile.text === text) return known;
    this.#change({ [this.#unsaved.set(path, text)]: [path] });
    if (!this.#disk?.isNoted(path)) this.#watchFiles();
    return this.#find(path);
  }

  #find(path: string): CheckedFile | undefined {
    const project = this.#findProject(path);
    const sourceFile = project?.program.getSourceFile(path);
    return project && sourceFile && new CheckedFile(project, sourceFile);
  }

  /** A project that only imports the file is not the file's own: that one is found by opening the file. */
  #findProject(path: string): Project | undefined {
    const own = this.#getOwnProjects().get(path);
    if (own && own !== "several") return own;
    if (!own) this.#discoverProjects(path);
    return this.#snapshot?.getDefaultProjectForFile(path);
  }

  /** The projects that name a file among their own, rather than only import it. */
  #getOwnProjects(): ReadonlyMap<string, Project | "several"> {
    if (this.#ownProjects) return this.#ownProjects;
    const own = new Map<string, Project | "several">();
    for (const project of this.#snapshot?.getProjects() ?? []) {
      for (const path of project.rootFiles) own.set(path, own.has(path) ? "several" : project);
    }
    return (this.#ownProjects = own);
  }

  /**
   * Opens a file so that its nearest tsconfig is found, and then all files of that project: at once, because one by one
   * costs a hundred times as much. An open file keeps its text, so they are closed again and their projects stay.
   */
  #discoverProjects(path: string): void {
    const opened = new Set([path]);
    this.#replaceSnapshot({ openFiles: [path] });
    for (let found = this.#takeNewProjects(); found.length > 0; found = this.#takeNewProjects()) {
      const files = found.flatMap((project) => project.rootFiles);
      for (const file of files) opened.add(file);
      this.#replaceSnapshot({ openProjects: found.map((project) => project.configFileName), openFiles: files });
    }
    if (!this.#belongsToConfiguredProject(path)) {
      opened.delete(path);
      this.#standalone.add(path);
    }
    this.#replaceSnapshot({ closeFiles: [...opened] });
    if (this.#standalone.has(path)) this.#openNeighbours(path);
    this.#watchFiles();
  }

  /**
   * Opened one by one, each file outside has the program of all of them made anew. So from the second on the files around
   * it are opened too, in an ever wider circle.
   */
  #openNeighbours(path: string): void {
    if (this.#standalone.size < 2) return;
    const found = findNeighbours(path, this.#circle++, toCheckerPath(process.cwd()));
    const neighbours = found.filter((file) => !this.#standalone.has(file));
    if (neighbours.length === 0) return;
    this.#replaceSnapshot({ openFiles: neighbours });
    const inferred = this.#snapshot?.getProjects().find((project) => !isConfigured(project));
    const outside = new Set(inferred?.rootFiles);
    for (const file of neighbours) if (outside.has(file)) this.#standalone.add(file);
    const inside = neighbours.filter((file) => !outside.has(file));
    if (inside.length > 0) this.#replaceSnapshot({ closeFiles: inside });
  }

  #takeNewProjects(): Project[] {
    const projects = this.#snapshot?.getProjects() ?? [];
    const found = projects.filter(
      (project) => isConfigured(project) && !this.#knownProjects.has(project.configFileName),
    );
    for (const project of found) this.#knownProjects.add(project.configFileName);
    return found;
  }

  #belongsToConfiguredProject(path: string): boolean {
    const project = this.#snapshot?.getDefaultProjectForFile(path);
    return project !== undefined && isConfigured(project);
  }

  #change(changes: Partial<FilesByChange>): void {
    if (!this.#snapshot) return;
    const standalone = [...this.#standalone];
    this.#replaceSnapshot({
      fileChanges: changes,
      closeFiles: standalone,
      closeProjects: this.#forgetDeleted(changes),
    });
    if (this.#standalone.size > 0) this.#replaceSnapshot({ openFiles: [...this.#standalone] });
  }

  /** Answers which of the deleted files were configurations of projects. */
  #forgetDeleted({ deleted = [] }: Partial<FilesByChange>): string[] {
    for (const path of deleted) this.#standalone.delete(path);
    return deleted.filter((path) => this.#knownProjects.delete(path));
  }

  #watchFiles(): void {
    this.#disk?.watch(this.#snapshot?.getProjects() ?? []);
  }

  #replaceSnapshot(params: UpdateSnapshotParams): void {
    const previous = this.#snapshot;
    this.#snapshot = this.#api.updateSnapshot(params);
    if (previous) this.#retire(previous);
    for (const project of this.#snapshot.getProjects()) rememberAnswers(project);
    this.#ownProjects = undefined;
  }

  /** Lets go of a snapshot when nobody waits for a lint: what it holds takes some milliseconds to take apart. */
  #retire(snapshot: Snapshot): void {
    this.#retired.push(snapshot);
    if (this.#retired.length > MAX_RETIRED) this.#retired.shift()?.dispose();
    setImmediate(() => this.#disposeRetired()).unref();
  }

  /** A checker that dies of it, or before, is noticed at the next lint. */
  #disposeRetired(): void {
    const retired = this.#retired.splice(0);
    try {
      for (const snapshot of retired) snapshot.dispose();
    } catch {
      this.#client.channel?.child?.kill("SIGKILL");
    }
  }
}

/** How many snapshots may wait to be let go of. */
const MAX_RETIRED = 4;

const ALIVE = "alive";

/** What the native checker's API keeps to itself. */
interface CheckerClient {
  readonly channel?: { readonly child?: ChildProcess };
  echo(payload: string): string;
}
