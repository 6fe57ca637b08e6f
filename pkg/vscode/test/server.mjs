// A language server for a test: the command as it is built, asked over its own protocol.
import { execFileSync, spawn } from "node:child_process";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../../..");

/** The command `milepost`, built. */
export function milepost() {
  const said = execFileSync(
    "cargo",
    ["build", "--quiet", "--package", "milepost-cli", "--message-format", "json-render-diagnostics"],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const built = said.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return built.find((it) => it.target?.name === "milepost" && it.executable).executable;
}

/** A server that has been greeted; `ask` gives what it answers. */
export async function server(command) {
  const child = spawn(command, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  let asked = 0;
  let held = Buffer.alloc(0);
  child.stdout.on("data", (more) => {
    held = Buffer.concat([held, more]);
    for (;;) {
      const end = held.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(held.subarray(0, end).toString())[1]);
      if (held.length < end + 4 + length) return;
      const message = JSON.parse(held.subarray(end + 4, end + 4 + length).toString());
      held = held.subarray(end + 4 + length);
      waiting.get(message.id)?.(message);
    }
  });
  child.on("exit", () => waiting.forEach((tell) => tell({ error: "the server has ended" })));
  const send = (message) => {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const tell = (method, params) => send({ method, params });
  const ask = async (method, params) => {
    const id = `ask ${(asked += 1)}`;
    const answered = new Promise((resolve) => waiting.set(id, resolve));
    send({ id, method, params });
    const { result, error } = await answered;
    if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  };
  const { capabilities } = await ask("initialize", { capabilities: {}, rootUri: null });
  tell("initialized", {});
  const end = async () => {
    await ask("shutdown", null);
    tell("exit", null);
  };
  return { capabilities, ask, tell, end };
}
