/** Whose file an explorer's export is: the address stands in the file's name, or else in every row. */
import type { TableHeader } from './source-format.ts'

const EVM = /0x[0-9a-fA-F]{40}(?![0-9a-fA-F])/
const SOLANA = /(?<![1-9A-HJ-NP-Za-km-z])[1-9A-HJ-NP-Za-km-z]{32,44}(?![1-9A-HJ-NP-Za-km-z])/

/**
 * The address in the name of the file, otherwise the only one that all of the first rows have in one of `columns`; null where
 * that is open. EVM addresses come in small letters.
 */
export function ownAddress(
  { fileName, names, sample }: TableHeader,
  columns: readonly string[],
  chain: 'evm' | 'solana',
): string | null {
  const fold = (text: string): string => (chain === 'evm' ? text.toLowerCase() : text)
  const named = (chain === 'evm' ? EVM : SOLANA).exec(fileName)?.[0]
  if (named !== undefined) return fold(named)
  const wanted = new Set(columns.map((name) => name.toLowerCase()))
  const at = names.flatMap((name, i) => (wanted.has(name.trim().toLowerCase()) ? [i] : []))
  let common: readonly string[] | null = null
  for (const { cells } of sample) {
    const here = new Set(at.map((i) => fold(cells[i]?.trim() ?? '')).filter((text) => text !== ''))
    if (here.size === 0) continue
    const before: readonly string[] = common ?? [...here]
    common = before.filter((text) => here.has(text))
  }
  return common?.length === 1 ? (common[0] as string) : null
}
