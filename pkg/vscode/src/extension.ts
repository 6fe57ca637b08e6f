// The extension: starts `milepost lsp` for the programmes that are open. Everything else is in the language server.
import * as vscode from "vscode";
import { CloseAction, ErrorAction, type ErrorHandler, LanguageClient } from "vscode-languageclient/node";

import { found } from "./command";

const INSTALL = "How to install it";
const SETTINGS = "Open the settings";

let output: vscode.OutputChannel;
let readme: vscode.Uri;
let client: LanguageClient | undefined;
/** What is being started or stopped: one thing after the other. */
let turn: Promise<void> = Promise.resolve();

export function activate(context: vscode.ExtensionContext): Promise<void> {
  output = vscode.window.createOutputChannel("Milepost");
  readme = vscode.Uri.joinPath(context.extensionUri, "README.md");
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("milepost.restart", restart),
    vscode.commands.registerCommand("milepost.output", () => output.show()),
    vscode.workspace.onDidChangeConfiguration((changed) => {
      if (changed.affectsConfiguration("milepost.path")) void restart();
    }),
  );
  return restart();
}

export function deactivate(): Promise<void> {
  return next(stop);
}

function restart(): Promise<void> {
  return next(async () => {
    await stop();
    await start();
  });
}

function next(then: () => Promise<void>): Promise<void> {
  turn = turn.then(then, then);
  return turn;
}

async function stop(): Promise<void> {
  const old = client;
  client = undefined;
  // One that did not come up cannot be stopped, and need not be.
  await old?.dispose().catch((why) => output.appendLine(String(why)));
}

async function start(): Promise<void> {
  const command = vscode.workspace.getConfiguration("milepost").get("path", "milepost").trim() || "milepost";
  const file = found(command, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
  if (file === undefined) {
    void complain(`The command "${command}" was not found. Install Milepost, or say in the setting "milepost.path" where it is.`);
    return;
  }
  output.appendLine(`${file} lsp`);
  let up = false;
  // One that ends before it has answered would end again.
  const errorHandler: ErrorHandler = {
    error: (...what) => (up ? usual.error(...what) : { action: ErrorAction.Continue, handled: true }),
    closed: () => (up ? usual.closed() : { action: CloseAction.DoNotRestart, handled: true }),
  };
  const started = new LanguageClient(
    "milepost",
    "Milepost",
    { command: file, args: ["lsp"] },
    {
      documentSelector: [
        { language: "pathway", scheme: "file" },
        { language: "pathway", scheme: "untitled" },
      ],
      outputChannel: output,
      errorHandler,
      initializationFailedHandler: () => false,
    },
  );
  const usual = started.createDefaultErrorHandler();
  client = started;
  try {
    await started.start();
    up = true;
  } catch (why) {
    output.appendLine(String(why));
    void complain(`"${file} lsp" does not start. Is it a Milepost that has a language server?`);
  }
}

/** Says what is wrong, and helps with it. Nobody waits for what is answered. */
async function complain(message: string): Promise<void> {
  const answer = await vscode.window.showErrorMessage(message, INSTALL, SETTINGS);
  if (answer === INSTALL) await vscode.commands.executeCommand("markdown.showPreview", readme);
  if (answer === SETTINGS) await vscode.commands.executeCommand("workbench.action.openSettings", "milepost.path");
}
