import type { Command } from 'commander'
import { parseDecimal } from '../../../shared/amount/decimal.ts'
import type { ProfileSettings } from '../../../shared/contract/session.ts'
import type { CarryIn, Country, MethodFrom, PersonFact, PersonYear } from '../../../shared/contract/tax-choices.ts'
import { CommandFailure } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { money, table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf, parseYear, refuseNoDate } from './shared-options.ts'

interface ProfileOptions extends LedgerOptions {
  readonly jurisdiction?: string
  readonly currency?: string
  readonly zone?: string
  readonly method?: string
  readonly scope?: string
  readonly rounding?: string
  readonly year?: string
  readonly set?: readonly string[]
  readonly unset?: readonly string[]
  readonly carry?: readonly string[]
  readonly clearCarry?: boolean
  readonly methodFrom?: readonly string[]
  readonly oneMethod?: boolean
  readonly reason?: string
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** What the books know of the person: country and method, facts of each year, what earlier years carry in. */
export function addProfile(program: Command): void {
  onLedger(program.command('profile'))
    .argument('<ledger>')
    .description('country, method, facts about the person by year, sums carried in; shows them, changes what is given')
    .option('--jurisdiction <cc>', 'country of tax; give its currency and zone with it')
    .option('--currency <code>')
    .option('--zone <zone>')
    .option('--method <method>', 'one method for everything')
    .option('--scope <scope>', 'pack, account or universal')
    .option('--rounding <step>', 'cents or whole: how the return is rounded')
    .option('--year <year>', 'the year that --set, --unset and --carry are about')
    .option('--set <fact=value>', 'a fact about the person, as band=higher; may be given several times', collect)
    .option('--unset <fact>', 'take a fact back; may be given several times', collect)
    .option('--carry <sum=amount>', 'brought from before these books, as losses=1200; several times', collect)
    .option('--clear-carry', 'nothing is brought from before these books')
    .option('--method-from <day=method>', 'another method from a day on, as 2025-01-01=hifo; several times', collect)
    .option('--one-method', 'no dated methods: the one method holds throughout')
    .option('--reason <text>', 'why, for the record')
    .action((ledger: string, options: ProfileOptions) => {
      const asked = readAsked(options)
      return withLedger(ledger, options, async (client) => {
        const changed = [
          ...(await changeProfile(client, asked.profile)),
          ...(await changeFacts(client, asked, options)),
        ]
        const shown = await profileOf(client)
        outputOf(options).document({ ...shown.document, changed }, () => [
          ...changed.map((what) => `Changed: ${what}.`),
          ...shown.lines,
        ])
      })
    })
}

interface Asked {
  readonly profile: Partial<ProfileSettings>
  readonly year: number | null
  readonly set: readonly (readonly [id: string, value: string])[]
  readonly carry: readonly (readonly [id: string, value: string])[]
  readonly methods: readonly MethodFrom[]
}

function readAsked(options: ProfileOptions): Asked {
  const { jurisdiction, currency, zone, method, scope, rounding } = options
  if (scope !== undefined && scope !== 'pack' && scope !== 'account' && scope !== 'universal')
    throw new CommandFailure(`--scope ${scope}: write pack, account or universal`)
  if (rounding !== undefined && rounding !== 'cents' && rounding !== 'whole')
    throw new CommandFailure(`--rounding ${rounding}: write cents or whole`)
  const set = (options.set ?? []).map((text) => pairOf('--set', text, 'band=higher'))
  const carry = (options.carry ?? []).map((text) => pairOf('--carry', text, 'losses=1200'))
  for (const [id, value] of carry) refuseNoAmount(`--carry ${id}`, value)
  const methods = (options.methodFrom ?? []).map((text) => {
    const [from, name] = pairOf('--method-from', text, '2025-01-01=hifo')
    refuseNoDate('--method-from', from)
    return { from, method: name }
  })
  if (options.year === undefined && (set.length > 0 || carry.length > 0 || (options.unset ?? []).length > 0))
    throw new CommandFailure('--set, --unset and --carry are about a year: give --year')
  const isOfProfile = [jurisdiction, currency, zone, method, scope, rounding].some((value) => value !== undefined)
  const isOfFacts = [
    options.set,
    options.unset,
    options.carry,
    options.clearCarry,
    options.methodFrom,
    options.oneMethod,
  ]
  if (isOfProfile && isOfFacts.some((value) => value !== undefined))
    throw new CommandFailure(
      'the profile and the facts are two acts, so that each is done whole or not at all: give them in two commands',
    )
  return {
    profile: {
      ...(jurisdiction === undefined ? {} : { jurisdiction: jurisdiction.toLowerCase() }),
      ...(currency === undefined ? {} : { currency: currency.toUpperCase() }),
      ...(zone === undefined ? {} : { zone }),
      ...(method === undefined ? {} : { method }),
      ...(scope === undefined ? {} : { scope }),
      ...(rounding === undefined ? {} : { rounding }),
    },
    year: options.year === undefined ? null : parseYear(options.year),
    set,
    carry,
    methods,
  }
}

function pairOf(option: string, text: string, example: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1) throw new CommandFailure(`${option} ${text}: write it as ${example}`)
  return [text.slice(0, at), text.slice(at + 1)]
}

function refuseNoAmount(what: string, text: string): void {
  if (typeof parseDecimal(text, 18) !== 'bigint')
    throw new CommandFailure(`${what}=${text}: write a decimal number, as 1200.50`)
}

async function changeProfile(client: EngineClient, profile: Partial<ProfileSettings>): Promise<string[]> {
  if (Object.keys(profile).length === 0) return []
  await client.session.updateProfile(profile)
  return Object.entries(profile).map(([name, value]) => `${name} is ${String(value)}`)
}

async function changeFacts(client: EngineClient, asked: Asked, options: ProfileOptions): Promise<string[]> {
  const known = await client.tax.facts()
  const law = await lawOf(client, known.jurisdiction)
  const changed: string[] = []
  const { year, set, carry, methods } = asked
  const taken = options.unset ?? []
  let person: Record<string, PersonYear | null> | undefined
  if (year !== null && (set.length > 0 || taken.length > 0)) {
    let values: PersonYear = known.person.find((one) => one.year === year)?.values ?? {}
    for (const id of taken) values = withFact(values, factOf(law, id), null)
    for (const [id, value] of set) values = withFact(values, factOf(law, id), value)
    person = { [String(year)]: Object.keys(values).length === 0 ? null : values }
    changed.push(
      ...taken.map((id) => `${id} of ${year} is not given`),
      ...set.map(([id, text]) => `${id} of ${year} is ${text}`),
    )
  }
  let carryIn: CarryIn | null | undefined
  if (options.clearCarry === true) {
    carryIn = null
    changed.push('nothing is carried in')
  } else if (year !== null && carry.length > 0) {
    for (const [id] of carry)
      refuseUnknown(
        id,
        law.carriesIn.map((sum) => sum.id),
        `${law.name} carries in`,
      )
    const before = known.carryIn?.year === year ? known.carryIn : { year }
    carryIn = { ...before, ...Object.fromEntries(carry) } as CarryIn
    changed.push(...carry.map(([id, text]) => `${id} brought into ${year} is ${text}`))
  }
  let dated: MethodFrom[] | null | undefined
  if (options.oneMethod === true) {
    dated = null
    changed.push('one method holds throughout')
  } else if (methods.length > 0) {
    const days = new Set(methods.map(({ from }) => from))
    const kept = known.methods.filter(
      ({ from, asset, account }) => !days.has(from) || asset !== undefined || account !== undefined,
    )
    dated = [...kept.map(({ name: _name, ...one }) => one), ...methods].sort((a, b) => (a.from < b.from ? -1 : 1))
    changed.push(...methods.map(({ from, method }) => `the method is ${method} from ${from}`))
  }
  if (changed.length === 0) return []
  await client.tax.setFacts({
    ...(person === undefined ? {} : { person }),
    ...(carryIn === undefined ? {} : { carryIn }),
    ...(dated === undefined ? {} : { methods: dated }),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
  })
  return changed
}

async function lawOf(client: EngineClient, jurisdiction: string): Promise<Country> {
  return (await client.tax.countries()).find(({ code }) => code === jurisdiction) as Country
}

function refuseUnknown(id: string, known: readonly string[], whose: string): void {
  if (!known.includes(id))
    throw new CommandFailure(
      `${id}: ${whose} ${known.length === 0 ? 'nothing' : known.join(', ')}. Nothing was changed.`,
    )
}

function factOf(law: Country, id: string): PersonFact {
  refuseUnknown(
    id,
    law.facts.map((fact) => fact.id),
    `${law.name} asks for`,
  )
  return law.facts.find((fact) => fact.id === id) as PersonFact
}

/** The values of a year with one fact given, or (`null`) taken back. */
function withFact(values: PersonYear, fact: PersonFact, text: string | null): PersonYear {
  const { id, kind, choices } = fact
  if (text !== null && kind === 'choice')
    refuseUnknown(
      text,
      choices.map((one) => one.id),
      `${id} is one of`,
    )
  if (text !== null && kind === 'yes-no') refuseUnknown(text, ['yes', 'no'], `${id} is`)
  if (text !== null && kind === 'money') refuseNoAmount(id, text)
  if (id === 'otherGains.short' || id === 'otherGains.long') {
    const { otherGains, ...rest } = values
    const { [id === 'otherGains.short' ? 'short' : 'long']: _old, ...other } = otherGains ?? {}
    const gains = text === null ? other : { ...other, [id === 'otherGains.short' ? 'short' : 'long']: text }
    return Object.keys(gains).length === 0 ? rest : { ...rest, otherGains: gains }
  }
  const { [id]: _before, ...rest } = values
  return text === null ? rest : { ...rest, [id]: kind === 'yes-no' ? text === 'yes' : text }
}

async function profileOf(client: EngineClient): Promise<{ document: object; lines: string[] }> {
  const state = await client.session.state()
  const facts = await client.tax.facts()
  const law = await lawOf(client, facts.jurisdiction)
  const profile = state.phase === 'open' ? state.profile : null
  const { person, carryIn, methods, filedYears } = facts
  const given = person.flatMap(({ label, values }) =>
    law.facts.map((fact): string[] => [label, fact.id, fact.label, shown(values, fact), fact.assumed]),
  )
  const brought = Object.entries(carryIn ?? {}).filter(([id]) => id !== 'year')
  return {
    document: { profile, country: law.name, person, carryIn, methods, filedYears, facts: law.facts },
    lines: [
      `${law.name}, ${profile?.currency ?? ''}, days in ${profile?.zone ?? ''}, ${profile?.method ?? ''}, scope ${profile?.scope ?? ''}, rounded to ${profile?.rounding ?? ''}`,
      ...methods.map(({ from, name, asset, account }) =>
        [`From ${from}: ${name}`, asset, account].filter((part) => part !== undefined).join(', '),
      ),
      ...(brought.length === 0
        ? []
        : [`Brought into ${carryIn?.year}: ${brought.map(([id, sum]) => `${id} ${money(String(sum))}`).join(', ')}`]),
      '',
      ...(law.facts.length === 0
        ? [`${law.name} asks for nothing about you.`]
        : table(['year', 'fact', 'what', 'given', 'assumed while it is not'], given)),
    ],
  }
}

function shown(values: PersonYear, { id, kind }: PersonFact): string {
  const value =
    id === 'otherGains.short'
      ? values.otherGains?.short
      : id === 'otherGains.long'
        ? values.otherGains?.long
        : values[id]
  if (value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return kind === 'money' ? money(value) : value
}
