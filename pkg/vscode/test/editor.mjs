// As much of the module `vscode` as the extension and its library touch while they start: what a test looks at is
// written out, and everything else does nothing.
import Module from "node:module";

/** Anything: called, made, or looked into, it gives anything; awaited, it is there. */
function anything() {
  const known = new Map();
  class Thing {
    dispose() {}
  }
  return new Proxy(Thing, {
    get(target, key) {
      if (key === "then" || key === Symbol.iterator) return undefined;
      if (key === "prototype" || key === Symbol.hasInstance) return Reflect.get(target, key);
      if (key === Symbol.toPrimitive) return () => "anything";
      if (!known.has(key)) known.set(key, anything());
      return known.get(key);
    },
    set: (_, key, value) => Boolean(known.set(key, value)),
    apply: anything,
  });
}

class EventEmitter {
  event = () => ({ dispose() {} });
  fire() {}
  dispose() {}
}

/** The object, and anything for what it has not. */
function partly(object, rest = anything()) {
  return new Proxy(object, { get: (own, key) => (key in own ? own[key] : rest[key]) });
}

/** An editor with these settings in which the answers to messages are these, and what it has seen. */
export function editor(settings, answers = []) {
  const seen = { messages: [], commands: new Map(), executed: [], output: [], settingsChanged: undefined };
  const channel = partly({ append: (text) => seen.output.push(text), appendLine: (line) => seen.output.push(line), show() {}, dispose() {} });
  const vscode = partly({
    version: "1.82.0",
    EventEmitter,
    env: partly({ appName: "test", language: "en" }),
    Uri: partly({ joinPath: (of, ...names) => ({ path: [of.path, ...names].join("/") }) }),
    window: partly({
      createOutputChannel: () => channel,
      showErrorMessage: async (message, ...offered) => {
        seen.messages.push({ message, offered });
        return answers.shift();
      },
    }),
    commands: partly({
      registerCommand: (name, run) => {
        seen.commands.set(name, run);
        return { dispose() {} };
      },
      executeCommand: async (...what) => void seen.executed.push(what),
    }),
    workspace: partly({
      workspaceFolders: undefined,
      textDocuments: [],
      notebookDocuments: [],
      getConfiguration: () => partly({ get: (key, otherwise) => settings[key] ?? otherwise }),
      onDidChangeConfiguration: (tell) => {
        seen.settingsChanged ??= tell;
        return { dispose() {} };
      },
    }),
  });
  return { vscode, seen };
}

/** The extension in a file, started in an editor. */
export async function activated(file, { vscode }) {
  const load = Module._load;
  Module._load = (request, ...rest) => (request === "vscode" ? vscode : load(request, ...rest));
  try {
    const require = Module.createRequire(file);
    delete require.cache[require.resolve(file)];
    const extension = require(file);
    await extension.activate({ extensionUri: { path: "/extension" }, subscriptions: [] });
    return extension;
  } finally {
    Module._load = load;
  }
}
