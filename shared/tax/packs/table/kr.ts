import type { RulePack } from '../../pack.ts'
import { date, flat, inYears, NO_RATES, OTHER_GAINS, percent, whole } from './rows.ts'
import { tablePack } from './table-pack.ts'

const LAW = 'Income Tax Act art. 21 (1) 27 and 64-3, in force from 1 January 2027'

/** South Korea, individuals: taxed from 2027. */
export const krPack: RulePack = tablePack({
  id: 'kr',
  name: 'South Korea',
  currency: 'KRW',
  reliability: 'general',
  verify: [
    'The tax was put off several times; that it begins on 1 January 2027 is to be verified.',
    'The average counts at platforms at home and first in, first out elsewhere; here one method counts for all accounts: choose the one of most of what you sell.',
  ],
  tableYears: [2022, 2027],
  facts: [OTHER_GAINS],
  methods: {
    menu: ['moving-average', 'fifo'],
    standard: 'moving-average',
    authority: 'Enforcement Decree art. 88: moving average at domestic platforms, FIFO elsewhere',
    change: { when: 'never', authority: 'Enforcement Decree art. 88; to be verified' },
  },
  scope: 'universal',
  scopeAuthority: 'Enforcement Decree art. 88; the unit is to be verified',
  untaxed: [{ to: date('2026-12-31'), authority: LAW }],
  stepUps: [
    {
      from: date('2027-01-01'),
      valuedAt: date('2026-12-31'),
      cost: 'higher',
      authority: 'Income Tax Act art. 37 (5): value of 31 December 2026, or the real cost where higher',
    },
  ],
  rows: [],
  year: {
    label: 'calendar',
    gains: [
      inYears(2022, 2026, { netting: 'none', loss: { use: 'none' }, rates: NO_RATES }, `${LAW}: not yet taxed`),
      inYears(
        2027,
        null,
        {
          netting: 'net',
          loss: { use: 'none' },
          allowance: { amount: whole(2_500_000n), order: 'losses-first' },
          rates: flat(percent(20_00n), percent(10_00n)),
        },
        `${LAW}: 20 percent and a tenth of it as local tax`,
      ),
    ],
    income: [
      inYears(2022, 2026, { taxed: 'none' }, `${LAW}: not yet taxed; pay and business income apart`),
      inYears(2027, null, { taxed: 'with-gains' }, LAW),
    ],
    form: {
      id: 'kr-return',
      name: 'Income tax return, other income',
      rounding: 'whole',
      lines: [
        { id: 'before', label: 'Gains before the tax begins', figure: 'untaxed', to: 2026 },
        { id: 'net', label: 'Net gain', figure: 'net', from: 2027 },
        { id: 'deduction', label: 'Deduction used', figure: 'allowance', from: 2027 },
        { id: 'taxable', label: 'Taxable', figure: 'taxable', from: 2027 },
        { id: 'tax', label: 'Tax at 20 percent', figure: 'tax', from: 2027 },
        { id: 'local', label: 'Local tax', figure: 'surcharge', from: 2027 },
      ],
      authority: 'First return in May 2028; lines to be verified',
    },
  },
})
