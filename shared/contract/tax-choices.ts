/** What the taxpayer may choose, and what each choice would cost: country, method, positions, the person's facts, the US changeover. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { civilDate, decimal, ERRORS, instant } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED, DISK_FULL } = ERRORS
export const head = { revision: z.number().int(), job: z.string().nullable() }
const year = z.number().int().min(2009).max(2100)

/** Why something is not done: the rule's name (`method-not-allowed`), a sentence for people, and the law behind it where there is one. */
export const ruleRefusal = z.object({
  rule: z.string(),
  text: z.string(),
  authority: z.string().nullable(),
  event: z.string().nullable(),
})
export type RuleRefusal = z.infer<typeof ruleRefusal>

/** A fact about the person that a country's year may need. `id` is the member of `personYear` it is kept in. */
export const personFact = z.object({
  id: z.enum(['filingStatus', 'band', 'partner', 'otherGains.short', 'otherGains.long', 'otherIncome']),
  label: z.string(),
  about: z.string(),
  kind: z.enum(['choice', 'yes-no', 'money', 'text']),
  /** `choice` only. */
  choices: z.array(z.object({ id: z.string(), label: z.string() })),
  /** What is assumed while the fact is missing, in words. */
  assumed: z.string(),
})
export type PersonFact = z.infer<typeof personFact>

/** A sum that may come from before the books. */
export const carriedSum = z.enum([
  'lossShort',
  'lossLong',
  'losses',
  'costs',
  'frAcquisition',
  'frConsumed',
  'frSoultes',
])
export type CarriedSum = z.infer<typeof carriedSum>

/** A country with a rule pack. */
export const country = z.object({
  code: z.string(),
  name: z.string(),
  /** Null where the law counts in any currency. */
  currency: z.string().nullable(),
  /** Tax years with tables, by the year in which they begin, with the country's own label (`2024-25`). */
  years: z.array(z.object({ year: z.number().int(), label: z.string() })),
  defaultMethod: z.string(),
  methods: z.array(z.object({ id: z.string(), name: z.string(), note: z.string() })),
  /** The rule that gives the menu of methods. */
  methodRule: z.string(),
  /** Scopes that the person may choose besides the country's own rule, with the authority. */
  scopes: z.array(z.object({ id: z.enum(['account', 'universal']), to: civilDate.nullable(), authority: z.string() })),
  facts: z.array(personFact),
  /** Sums that a year of this country can bring from before the books: members of `carryIn`. */
  carriesIn: z.array(z.object({ id: carriedSum, label: z.string() })),
  /** Ids of the register's questions that this country asks. */
  positions: z.array(z.string()),
  /** What has to be verified before anybody relies on the figures; empty where the sources are settled. */
  toVerify: z.array(z.string()),
})
export type Country = z.infer<typeof country>

export const positionScope = z.object({
  asset: z.string().optional(),
  protocol: z.string().optional(),
  account: z.string().optional(),
})
export type PositionScope = z.infer<typeof positionScope>

/** A choice that was made; several may stand beside each other with different scopes or dates, and the narrowest wins. */
export const positionChosen = z.object({
  choice: z.string(),
  label: z.string(),
  scope: positionScope,
  /** “everything”, “Aave”, “stETH in Ledger”. */
  scopeLabel: z.string(),
  from: civilDate.nullable(),
  to: civilDate.nullable(),
  reason: z.string(),
  act: z.string().nullable(),
  at: instant.nullable(),
  who: z.string().nullable(),
})
export type PositionChosen = z.infer<typeof positionChosen>

/** One question of the register, for this ledger. */
export const position = z.object({
  id: z.string(),
  question: z.string(),
  about: z.string(),
  choices: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      authority: z.string(),
      cautious: z.boolean(),
      isDefault: z.boolean(),
    }),
  ),
  /** The country's default, and the first alternative to show. */
  default: z.string(),
  alternative: z.string().nullable(),
  /** In words: “for each protocol”, “once for everything”. */
  scopeWords: z.string(),
  scopes: z.array(z.enum(['asset', 'protocol', 'account'])),
  chosen: z.array(positionChosen),
  authority: z.string(),
  /** Events of this ledger that the answer reaches, and the tax years they are in. */
  events: z.number().int(),
  years: z.array(z.number().int()),
  /** Scopes that occur among those events, to choose from. */
  found: z.object({
    assets: z.array(z.object({ id: z.string(), label: z.string(), events: z.number().int() })),
    protocols: z.array(z.object({ id: z.string(), label: z.string(), events: z.number().int() })),
    accounts: z.array(z.object({ id: z.string(), label: z.string(), events: z.number().int() })),
  }),
  /** Why it cannot be changed any more, with the rule's name; null where it can. */
  locked: z.string().nullable(),
})
export type Position = z.infer<typeof position>

/** One year under one choice. `difference`: of `taxable`, against what is chosen now (positive: more is taxed). */
export const yearUnder = z.object({
  year: z.number().int(),
  label: z.string(),
  gain: decimal,
  shortTerm: decimal.nullable(),
  longTerm: decimal.nullable(),
  exempt: decimal,
  income: decimal,
  taxable: decimal,
  tax: decimal.nullable(),
  difference: decimal,
  openPoints: z.number().int(),
})
export type YearUnder = z.infer<typeof yearUnder>

const comparedYear = z.object({
  year: z.number().int(),
  label: z.string(),
  filed: z.boolean(),
  /** May the choice still be made for this year; `why` says why not. */
  mayChoose: z.boolean(),
  why: z.string().nullable(),
})

export const personYear = z.object({
  filingStatus: z.string().max(60).optional(),
  band: z.string().max(60).optional(),
  partner: z.boolean().optional(),
  otherGains: z.object({ short: decimal.optional(), long: decimal.optional() }).optional(),
  otherIncome: decimal.optional(),
})
export type PersonYear = z.infer<typeof personYear>

/** Sums brought from before this ledger into `year`. */
export const carryIn = z.object({
  year,
  lossShort: decimal.optional(),
  lossLong: decimal.optional(),
  losses: decimal.optional(),
  costs: decimal.optional(),
  frAcquisition: decimal.optional(),
  frConsumed: decimal.optional(),
  frSoultes: decimal.optional(),
})
export type CarryIn = z.infer<typeof carryIn>

/** A method from a day on, for one asset or account where named. */
export const methodFrom = z.object({
  from: civilDate,
  method: z.string(),
  asset: z.string().optional(),
  account: z.string().optional(),
})
export type MethodFrom = z.infer<typeof methodFrom>

const act = z.object({ act: z.string(), revision: z.number().int() })

export const positionAnswer = z.object({
  id: z.string(),
  choice: z.string(),
  scope: positionScope,
  from: civilDate.optional(),
  to: civilDate.optional(),
  reason: z.string().max(2_000),
})
export type PositionAnswer = z.infer<typeof positionAnswer>

/** Further calls under `tax`: reads that ask “what if”, and acts that choose. Every act can be undone, except where a rule says no. */
export const taxChoicesContract = {
  /** Countries with a rule pack: years, currency, methods, what they need to know of the person, what is to be verified. */
  countries: oc.output(z.array(country)),
  /** The register for this ledger and country, without effects in money (`positionEffect` gives those). */
  positions: oc
    .output(z.object({ ...head, jurisdiction: z.string(), currency: z.string(), rows: z.array(position) }))
    .errors({ NO_LEDGER, REFUSED, CANCELLED }),
  /**
   * What the other choices would change, year by year: a job `positions` with progress, which can be cancelled. Figures are
   * differences (the alternative less what is chosen now); only years that change are listed, and filed years never.
   */
  positionEffects: oc
    .input(z.object({ ids: z.array(z.string()).max(50).optional(), scope: positionScope.optional() }))
    .output(
      z.object({
        ...head,
        currency: z.string(),
        rows: z.array(
          z.object({
            id: z.string(),
            choice: z.string(),
            label: z.string(),
            alternatives: z.array(
              z.object({
                choice: z.string(),
                label: z.string(),
                cautious: z.boolean(),
                /** Empty where the choice is allowed. */
                refused: z.array(ruleRefusal),
                years: z.array(
                  z.object({
                    year: z.number().int(),
                    label: z.string(),
                    gain: decimal,
                    income: decimal,
                    taxable: decimal,
                    tax: decimal.nullable(),
                  }),
                ),
              }),
            ),
          }),
        ),
      }),
    )
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED }),
  /** Answers a question for a scope and a span of days; an earlier answer for the same is replaced. */
  setPosition: oc.input(positionAnswer).output(act).errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Several answers as one act: all of them, or none. */
  setPositions: oc
    .input(z.object({ answers: z.array(positionAnswer).min(1).max(200) }))
    .output(act)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Takes the choice of one scope and span back; without `scope` and dates every choice of the question. */
  clearPosition: oc
    .input(
      z.object({
        id: z.string(),
        scope: positionScope.optional(),
        from: civilDate.optional(),
        to: civilDate.optional(),
        reason: z.string().max(2_000).optional(),
      }),
    )
    .output(act)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Methods side by side, year by year: a job `compare` with progress, which can be cancelled. Filed years keep their figures. */
  compareMethods: oc
    .input(z.object({ years: z.array(year).max(100).optional() }))
    .output(
      z.object({
        ...head,
        currency: z.string(),
        years: z.array(comparedYear),
        /** First day that another method can begin on, because years before it are filed; null: it can hold throughout. */
        from: civilDate.nullable(),
        rows: z.array(
          z.object({
            method: z.string(),
            name: z.string(),
            note: z.string(),
            chosen: z.boolean(),
            /** False: `why` names the rule that forbids it, and there are no cells. */
            allowed: z.boolean(),
            why: z.string().nullable(),
            cells: z.array(yearUnder),
          }),
        ),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, CANCELLED }),
  /** The same history under several countries, each in its own currency: a job `compare`. */
  compareCountries: oc
    .input(z.object({ countries: z.array(z.string()).max(60).optional(), years: z.array(year).max(100).optional() }))
    .output(
      z.object({
        ...head,
        rows: z.array(
          z.object({
            code: z.string(),
            name: z.string(),
            currency: z.string(),
            method: z.string(),
            methodName: z.string(),
            chosen: z.boolean(),
            allowed: z.boolean(),
            why: z.string().nullable(),
            toVerify: z.array(z.string()),
            cells: z.array(yearUnder),
          }),
        ),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, CANCELLED }),
  /** What is known of the person by tax year, what was carried in, and the methods with their days. */
  facts: oc
    .output(
      z.object({
        revision: z.number().int(),
        jurisdiction: z.string(),
        currency: z.string(),
        person: z.array(
          z.object({ year: z.number().int(), label: z.string(), values: personYear, missing: z.array(z.string()) }),
        ),
        carryIn: carryIn.nullable(),
        /** Empty: the profile's one method holds throughout. */
        methods: z.array(methodFrom.extend({ name: z.string() })),
        /** Fee rules that a document of books set over the country's own; empty: the country's own hold. */
        fees: z.record(z.string(), z.string()).optional(),
        filedYears: z.array(z.number().int()),
      }),
    )
    .errors({ NO_LEDGER }),
  /** Sets what is given; `null` takes it back. All or nothing: refused with the rule's name, nothing is stored. */
  setFacts: oc
    .input(
      z.object({
        person: z.record(z.string().regex(/^\d{4}$/), personYear.nullable()).optional(),
        carryIn: carryIn.nullable().optional(),
        methods: z.array(methodFrom).max(1_000).nullable().optional(),
        /** Only to be taken back: the country's own fee rules hold again. */
        fees: z.null().optional(),
        reason: z.string().max(2_000).optional(),
      }),
    )
    .output(act)
    .errors({ NO_LEDGER, REFUSED, DISK_FULL }),
}
