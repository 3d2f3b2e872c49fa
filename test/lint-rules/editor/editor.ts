import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  ApplyWorkspaceEditRequest,
  CodeAction,
  type CodeActionContext,
  CodeActionRequest,
  ConfigurationRequest,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  ExitNotification,
  InitializeRequest,
  InitializedNotification,
  LogMessageNotification,
  type ProtocolConnection,
  type Range,
  ShutdownRequest,
  TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
  createProtocolConnection,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { capabilities, getSettings } from "./settings.js";

/**
 * An editor without a screen: it opens files, types and saves in the language server that VS Code runs ESLint in. The
 * server ends when the editor goes out of scope.
 */
export class Editor implements AsyncDisposable {
  readonly #folder: string;
  readonly #server: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #documents = new Map<string, TextDocument>();
  /** The pages that the server asked to open. */
  readonly openedPages: string[] = [];
  /** What the server says to those who look for the cause of something. */
  readonly log: string[] = [];

  private constructor(folder: string, server: ChildProcess, connection: ProtocolConnection) {
    this.#folder = folder;
    this.#server = server;
    this.#connection = connection;
  }

  /** Starts a server for the folder, which has its `eslint.config.js` and its ESLint. */
  static async start(folder: string): Promise<Editor> {
    const server = spawn(process.execPath, [serverProgram, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    const connection = createProtocolConnection(server.stdout, server.stdin);
    const editor = new Editor(folder, server, connection);
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => getSettings(folder)));
    connection.onRequest(ApplyWorkspaceEditRequest.type, async ({ edit }) => {
      await editor.#apply(edit);
      return { applied: true };
    });
    connection.onRequest("eslint/openDoc", ({ url }: { url: string }) => void editor.openedPages.push(url));
    connection.onNotification(LogMessageNotification.type, ({ message }) => void editor.log.push(message));
    connection.listen();
    const rootUri = toUri(folder);
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri,
      capabilities,
      workspaceFolders: [{ uri: rootUri, name: "workspace" }],
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return editor;
  }

  /** Opens a file with the text that it has on disk, and tells what is underlined. */
  async open(file: string): Promise<Diagnostic[]> {
    const path = join(this.#folder, file);
    const document = TextDocument.create(toUri(path), "typescript", 1, await readFile(path, "utf8"));
    this.#documents.set(document.uri, document);
    const { uri, languageId, version } = document;
    const textDocument = { uri, languageId, version, text: document.getText() };
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    return this.diagnose(file);
  }

  /** Replaces the text of an open file, does not save it, and tells what is underlined. */
  async type(file: string, text: string): Promise<Diagnostic[]> {
    await this.#edit(this.#find(file), [{ text }]);
    return this.diagnose(file);
  }

  /** The text of an open file. */
  read(file: string): string {
    return this.#find(file).getText();
  }

  /** What is underlined in an open file when one comes back to it. */
  async diagnose(file: string): Promise<Diagnostic[]> {
    const textDocument = { uri: this.#find(file).uri };
    const report = await this.#connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
    if (report.kind !== "full") throw new Error(`The server has nothing to say of ${file}.`);
    return report.items;
  }

  /** Takes an offer: the file's text is another one, or a page opens, when this is done. */
  async take(title: string, file: string, diagnostic: Diagnostic): Promise<void> {
    const actions = await this.#findActions(file, diagnostic.range, { diagnostics: [diagnostic] });
    const command = actions.find((action) => action.title === title)?.command;
    if (!command) throw new Error(`There is no offer "${title}" in ${file}.`);
    await this.#connection.sendRequest(ExecuteCommandRequest.type, command);
  }

  /** Does what an editor that fixes on save does before it writes the file. */
  async fixAll(file: string): Promise<void> {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const [action] = await this.#findActions(file, range, { diagnostics: [], only: ["source.fixAll.eslint"] });
    if (!action?.edit) throw new Error(`The server does not fix ${file}.`);
    await this.#apply(action.edit);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#server.once("exit", resolve));
    await this.#connection.sendRequest(ShutdownRequest.type);
    await this.#connection.sendNotification(ExitNotification.type);
    await ended;
    this.#connection.dispose();
  }

  async #findActions(file: string, range: Range, context: CodeActionContext): Promise<CodeAction[]> {
    const textDocument = { uri: this.#find(file).uri };
    const found = await this.#connection.sendRequest(CodeActionRequest.type, { textDocument, range, context });
    return (found ?? []).filter((action) => CodeAction.is(action));
  }

  async #apply({ documentChanges = [] }: WorkspaceEdit): Promise<void> {
    for (const change of documentChanges) {
      const document = TextDocumentEdit.is(change) && this.#documents.get(change.textDocument.uri);
      if (!document) throw new Error("The server wants to change what is not open.");
      const text = TextDocument.applyEdits(document, change.edits as TextEdit[]);
      await this.#edit(document, [{ text }]);
    }
  }

  async #edit(document: TextDocument, contentChanges: { text: string }[]): Promise<void> {
    const { uri, version } = TextDocument.update(document, contentChanges, document.version + 1);
    const textDocument = { uri, version };
    await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument, contentChanges });
  }

  #find(file: string): TextDocument {
    const document = this.#documents.get(toUri(join(this.#folder, file)));
    if (!document) throw new Error(`${file} is not open.`);
    return document;
  }
}

const serverProgram = createRequire(import.meta.url).resolve(
  "vscode-langservers-extracted/bin/vscode-eslint-language-server",
);

function toUri(path: string): string {
  return pathToFileURL(path).href;
}
