// The WebAssembly module. In: where it is. Out: what wasm-bindgen's start takes.

interface Files {
  readFileSync(path: URL): Uint8Array<ArrayBuffer>;
}

interface Host {
  process?: { getBuiltinModule?(name: "node:fs"): Files };
}

/** In Node the file's bytes, for Node fetches no files; elsewhere the address, which is then fetched. */
export function moduleAt(url: URL): URL | Uint8Array<ArrayBuffer> {
  if (url.protocol !== "file:") return url;
  return (globalThis as Host).process?.getBuiltinModule?.("node:fs").readFileSync(url) ?? url;
}
