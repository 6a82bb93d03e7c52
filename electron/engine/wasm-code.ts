import { setFlagsFromString } from 'node:v8'

/**
 * Keeps V8 13, which is Node 24's, from freeing single pieces of WebAssembly code in this process; V8 14 needs it no
 * longer. V8 13 can free a wrapper twice when a thread ends while another compiles, and then ends the process with
 * “Check failed: jit_page.has_value()” or “allocations_.erase(addr) == 1” (https://github.com/nodejs/node/issues/64500).
 * Every thread that runs from the sources meets WebAssembly: Node strips their types with it. What a whole module holds
 * is still freed with it.
 */
export function keepWasmCode(): void {
  if (process.versions.v8.startsWith('13.')) setFlagsFromString('--no-wasm-code-gc')
}
