/// <reference lib="esnext.disposable" preserve="true" />
// `using`, where the host knows it. In: the prototype of something with `free()`. Out: the same, disposable.

/** Lets `using` call `free`. Hosts that do not know `Symbol.dispose` yet go without. */
export function disposable(prototype: { free(): void }): void {
  const dispose: symbol | undefined = Symbol.dispose;
  if (dispose) Object.defineProperty(prototype, dispose, { value: prototype.free });
}
