import { civilText } from '../../components/time-text.ts'

/** `staking-rewards` as `Staking rewards`: ids of the law's lists, read as words. */
export function plainWords(id: string): string {
  const plain = id.replaceAll(/[-_]/g, ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** A refusal in one sentence with the rule's name and what the rule rests on. */
export function refusalText({
  text,
  rule,
  authority,
}: {
  text: string
  rule: string
  authority: string | null
}): string {
  return `${text} (${authority === null ? rule : `${rule}: ${authority}`})`
}

/** A sentence with its civil dates (`2025-05-22`) as people read them. */
export const datesInWords = (text: string): string => text.replaceAll(/\d{4}-\d{2}-\d{2}/g, (day) => civilText(day))
