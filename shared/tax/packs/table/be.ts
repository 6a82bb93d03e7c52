import type { RulePack } from '../../pack.ts'
import { date, flat, inYears, OTHER_GAINS, percent, whole } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const LAW = 'Law of 6 April 2026; Circular 2026/C/74'

/** Belgium, private wealth under normal management. */
export const bePack: RulePack = tablePack({
  id: 'be',
  name: 'Belgium',
  currency: 'EUR',
  reliability: 'secondary',
  verify: [
    'Whether FIFO runs over all wallets or within each is to be verified.',
    'The exemption of 10,000 EUR is indexed; the figure of each year is to be verified.',
    'Where the real cost was higher than the value of 31 December 2025 it is used until the end of 2030; whether it can make a loss is to be verified.',
  ],
  facts: [OTHER_GAINS],
  methods: only('fifo', LAW),
  scope: 'universal',
  scopeAuthority: `${LAW}; the unit is to be verified`,
  otherScope: 'account',
  untaxed: [
    {
      to: date('2025-12-31'),
      unless: { position: 'P20', choice: 'trader' },
      authority: 'CIR 92 art. 90, 1°: normal management of private wealth',
    },
  ],
  rateClasses: [
    {
      period: 'speculation',
      position: 'P20',
      choice: 'trader',
      by: 'event',
      authority: 'CIR 92 art. 90, 1° and 171: speculation at 33 percent',
    },
  ],
  positions: [{ id: 'P20', standard: 'private', choices: ['private', 'trader'], authority: 'CIR 92 art. 90, 1°' }],
  stepUps: [
    {
      from: date('2026-01-01'),
      valuedAt: date('2025-12-31'),
      cost: 'higher',
      authority: `${LAW}: value of 31 December 2025, or the real cost where higher`,
    },
    {
      from: date('2031-01-01'),
      valuedAt: date('2025-12-31'),
      cost: 'value',
      acquiredTo: date('2025-12-31'),
      authority: `${LAW}: the real cost may be used until 31 December 2030`,
    },
  ],
  rows: [],
  year: {
    label: 'calendar',
    gains: [
      inYears(
        2022,
        2025,
        {
          netting: 'none',
          loss: { use: 'none' },
          rates: flat(percent(0n)),
          apart: { speculation: { rates: flat(percent(33_00n)) } },
        },
        'CIR 92 art. 90, 1°',
      ),
      inYears(
        2026,
        null,
        {
          netting: 'net',
          loss: { use: 'none' },
          allowance: {
            amount: whole(10_000n),
            order: 'losses-first',
            carry: { perYear: whole(1_000n), years: 5, upTo: whole(15_000n) },
          },
          rates: flat(percent(10_00n)),
          apart: { speculation: { rates: flat(percent(33_00n)) } },
        },
        LAW,
      ),
    ],
    income: [
      inYears(2022, null, { taxed: 'own-scale' }, 'Movable or miscellaneous income; the head is to be verified'),
    ],
    form: {
      id: 'be-part-2',
      name: 'Annual return, part 2, miscellaneous income',
      rounding: 'cents',
      lines: [
        { id: 'gains', label: 'Gains', figure: 'gains' },
        { id: 'losses', label: 'Losses of the year', figure: 'losses' },
        { id: 'exemption-limit', label: 'Exemption of the year', figure: 'allowance-limit', from: 2026 },
        { id: 'exemption', label: 'Exemption used', figure: 'allowance', from: 2026 },
        { id: 'taxable', label: 'Taxable gain', figure: 'chargeable' },
        { id: 'tax', label: 'Tax at 10 percent', figure: 'tax', from: 2026 },
        { id: 'speculation', label: 'Speculative gains at 33 percent', figure: 'speculation' },
        { id: 'before', label: 'Gains before the tax, exempt', figure: 'untaxed', to: 2025 },
      ],
      authority: 'Lines of the return are to be verified; accounts abroad are reported to the National Bank',
    },
  },
})
