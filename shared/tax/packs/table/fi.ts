import type { RulePack } from '../../pack.ts'
import { inYears, OTHER_INCOME, percent, slices, whole } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const LAW = 'TVL 45 to 50 §; Verohallinto guidance on virtual currencies'

/** Finland, individuals. */
export const fiPack: RulePack = tablePack({
  id: 'fi',
  name: 'Finland',
  currency: 'EUR',
  reliability: 'general',
  verify: ['Whether FIFO runs within each wallet or over all of them is a choice of evidence; to be verified.'],
  facts: [OTHER_INCOME],
  methods: only('fifo', 'TVL 47 §; Verohallinto: FIFO, the average is not allowed'),
  scope: 'universal',
  scopeAuthority: 'Verohallinto guidance on virtual currencies',
  otherScope: 'account',
  deemedCost: [
    { yearsHeld: 10, share: percent(40_00n), authority: 'TVL 46 §: 40 percent after ten years' },
    { yearsHeld: 0, share: percent(20_00n), authority: 'TVL 46 §: 20 percent of the proceeds' },
  ],
  rows: [],
  year: {
    label: 'calendar',
    gains: [
      inYears(
        2022,
        null,
        {
          netting: 'net',
          // TVL 48 §: sales of 1,000 EUR or less in the year; a loss then counts only where the cost was more.
          cliff: { of: 'proceeds', upTo: whole(1_000n), per: 'year' },
          loss: { use: 'forward', years: 5 },
          rates: slices([0n, percent(30_00n)], [30_000n, percent(34_00n)]),
        },
        LAW,
      ),
    ],
    income: [
      inYears(
        2022,
        null,
        { taxed: 'own-scale', headsWithGains: ['staking', 'lending', 'liquidity'] },
        'Staking is capital income, mining earned income',
      ),
    ],
    form: {
      id: 'fi-9a',
      name: 'MyTax, capital gains, virtual currency',
      rounding: 'cents',
      lines: [
        { id: 'proceeds', label: 'Sales of the year', figure: 'proceeds' },
        { id: 'cost', label: 'Acquisition cost, real or deemed', figure: 'cost' },
        { id: 'fees', label: 'Cost of selling', figure: 'fees' },
        { id: 'gains', label: 'Gains', figure: 'gains' },
        { id: 'losses', label: 'Losses', figure: 'losses' },
        { id: 'exempt', label: 'Exempt: sales of 1,000 or less', figure: 'exempt' },
        { id: 'losses-used', label: 'Losses of earlier years, used', figure: 'losses-used' },
        { id: 'capital-income', label: 'Capital income from staking and lending', figure: 'income-with-gains' },
        { id: 'taxable', label: 'Capital income from this ledger', figure: 'taxable' },
        { id: 'tax', label: 'Tax on it', figure: 'tax' },
        { id: 'carried', label: 'Losses for the next five years', figure: 'carried-losses' },
      ],
      authority: 'Form 9A and MyTax; lines to be verified',
    },
  },
})
