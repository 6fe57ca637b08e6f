// The WebAssembly module. In: where it is, and wasm-bindgen's two ways to start it. Out: it has started.

interface Files {
  readFileSync(path: URL): Uint8Array<ArrayBuffer>;
}

interface Host {
  process?: { getBuiltinModule?(name: "node:fs"): Files };
}

interface Starts {
  default(from: { module_or_path: URL }): Promise<unknown>;
  initSync(from: { module: Uint8Array<ArrayBuffer> }): unknown;
}

/**
 * Starts a module. Node fetches no files, so there its bytes are read; and what is started at once is compiled as it is
 * called, which takes a quarter of the time that compiling all of it first does.
 */
export async function start(glue: Starts, url: URL): Promise<void> {
  const files = url.protocol === "file:" ? (globalThis as Host).process?.getBuiltinModule?.("node:fs") : undefined;
  if (files) glue.initSync({ module: files.readFileSync(url) });
  else await glue.default({ module_or_path: url });
}
