import type { Command } from 'commander'
import { type RuleEffectView, ruleCondition, ruleEffect } from '../../../shared/contract/rules.ts'
import { CommandFailure } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { table } from '../output.ts'
import { effectLines } from './hand.ts'
import { textOf } from './recipes.ts'
import { everyPage, type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface RuleOptions extends LedgerOptions {
  readonly add?: string
  readonly when?: string
  readonly kind?: string
  readonly ignore?: string
  readonly note?: string
  readonly counterparty?: string
  readonly position?: string
  readonly on?: string
  readonly off?: string
  readonly order?: readonly string[]
  readonly caught?: string
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

/** The rule that is added or switched; null where neither is asked for. */
async function draftOf(client: EngineClient, options: RuleOptions) {
  const { add, on, off, position } = options
  if (add !== undefined) {
    if (position !== undefined && !/^\d{1,4}$/.test(position))
      throw new CommandFailure(`--position ${position}: write how many rules stand before it`)
    return {
      name: add,
      when: conditionOf(options.when ?? '{}'),
      effect: effectOf(options),
      enabled: true,
      ...(position === undefined ? {} : { position: Number.parseInt(position, 10) }),
    }
  }
  const wanted = on ?? off
  if (wanted === undefined) return null
  const found = (await client.rules.list()).rules.find(({ id }) => id === wanted)
  if (found === undefined) throw new CommandFailure(`${wanted}: there is no such rule in this ledger`)
  const { id, name, when, effect } = found
  return { id, name, when, effect, enabled: on !== undefined }
}

export function addRules(program: Command): void {
  onLedger(program.command('rules'))
    .argument('<ledger>')
    .description('list the rules, general first, with what each caught; add, switch, order or remove them')
    .option('--add <name>', 'add a rule, the most special one')
    .option('--position <number>', 'with --add: how many rules stand before it, as more general ones')
    .option('--when <json>', 'its condition as JSON, or @file')
    .option('--kind <kind>', 'it decides the kind')
    .option('--ignore <reason>', 'it leaves events out, for this reason')
    .option('--note <text>', 'it sets the note')
    .option('--counterparty <account>', 'it names the account on the other side')
    .option('--on <id>', 'switch a rule on')
    .option('--off <id>', 'switch a rule off: what it decided is taken back')
    .option('--order <id...>', 'the whole order, general first; of two that fit, the later one wins')
    .option('--caught <id>', 'the events that a rule decides now')
    .option('--dry-run', 'only say what --add, --on or --off would change')
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
        if (options.order !== undefined) {
          const { act, changed } = await client.rules.reorder({ ids: [...options.order] })
          output.document({ act, changed }, () => [`The order is changed; ${changed} decisions follow from it.`])
          return
        }
        if (options.caught !== undefined) {
          const id = options.caught
          const rows = await everyPage((page) => client.rules.caught({ ...page, id }))
          const events = rows.map(({ id: event, date, kind, note }) => ({ event, date, kind, note }))
          output.document({ rule: id, events }, () =>
            table(
              ['day', 'event', 'kind', 'note'],
              events.map(({ event, date, kind, note }) => [date, event, kind, note]),
            ),
          )
          return
        }
        const draft = await draftOf(client, options)
        if (draft !== null) {
          const { fits, changes, kept, tax } = await client.rules.preview(draft)
          const counts = `It fits ${fits} events: ${changes} would change, ${kept} are decided by hand and stay.`
          if (options.dryRun === true) {
            output.document({ fits, changes, kept, tax }, () => [counts, ...(changes === 0 ? [] : effectLines(tax))])
            return
          }
          const { rule, act, changed } = await client.rules.save(draft)
          const done =
            options.add === undefined
              ? `The rule ${rule} is ${draft.enabled ? 'on' : 'off'}.`
              : `Added the rule ${rule}.`
          output.document({ rule, act, fits, kept, changed }, () => [counts, done])
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
