import type { Command } from 'commander'
import { type RuleEffectView, ruleCondition, ruleEffect } from '../../../shared/contract/rules.ts'
import { CommandFailure } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { table } from '../output.ts'
import { textOf } from './recipes.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface RuleOptions extends LedgerOptions {
  readonly add?: string
  readonly when?: string
  readonly kind?: string
  readonly ignore?: string
  readonly note?: string
  readonly counterparty?: string
  readonly dryRun?: boolean
  readonly remove?: string
}

function conditionOf(text: string) {
  const source = text.startsWith('@') ? textOf(text.slice(1)) : text
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    throw new CommandFailure('--when: write the condition as JSON, for example {"asset":"BTC","direction":"in"}')
  }
  const parsed = ruleCondition.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new CommandFailure(`--when: ${issue?.path.map(String).join('.') || 'the condition'}: ${issue?.message ?? ''}`)
}

function effectOf({ kind, ignore, note, counterparty }: RuleOptions): RuleEffectView {
  const given = Object.fromEntries(
    Object.entries({ kind, ignore, note, counterparty }).filter(([, value]) => value !== undefined),
  )
  const parsed = ruleEffect.safeParse(given)
  if (parsed.success) return parsed.data
  throw new CommandFailure('Say what the rule decides: --kind (a kind of event), --ignore, --note or --counterparty.')
}

export function addRules(program: Command): void {
  onLedger(program.command('rules'))
    .argument('<ledger>')
    .description('list the rules with what each caught; add or remove one')
    .option('--add <name>', 'add a rule, the most special one')
    .option('--when <json>', 'its condition as JSON, or @file')
    .option('--kind <kind>', 'it decides the kind')
    .option('--ignore <reason>', 'it leaves events out, for this reason')
    .option('--note <text>', 'it sets the note')
    .option('--counterparty <account>', 'it names the account on the other side')
    .option('--dry-run', 'only say what it would catch')
    .option('--remove <id>', 'remove a rule with all it decided')
    .action((ledger: string, options: RuleOptions) =>
      withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        if (options.remove !== undefined) {
          const { act, changed } = await client.rules.remove({ id: options.remove })
          output.document({ removed: options.remove, act, changed }, () => [
            `Removed; ${changed} decisions taken back.`,
          ])
          return
        }
        if (options.add !== undefined) {
          const draft = { name: options.add, when: conditionOf(options.when ?? '{}'), effect: effectOf(options) }
          const { fits, changes, kept } = await client.rules.preview(draft)
          const counts = `It fits ${fits} events: ${changes} would change, ${kept} are decided by hand and stay.`
          if (options.dryRun === true) {
            output.document({ fits, changes, kept }, () => [counts])
            return
          }
          const { rule, act, changed } = await client.rules.save(draft)
          output.document({ rule, act, fits, kept, changed }, () => [counts, `Added the rule ${rule}.`])
          return
        }
        const { rules } = await client.rules.list()
        output.document({ rules }, () =>
          table(
            ['position', 'id', 'name', 'when', 'decides', 'caught'],
            rules.map(({ position, id, name, words, effect, caught, enabled }) => [
              String(position),
              id,
              enabled ? name : `${name} (off)`,
              words,
              Object.entries(effect)
                .map(([field, value]) => `${field}: ${value}`)
                .join(', '),
              String(caught),
            ]),
            ['position', 'caught'],
          ),
        )
      }),
    )
}
