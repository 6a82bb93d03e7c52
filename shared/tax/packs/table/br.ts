import type { RulePack } from '../../pack.ts'
import { DROPS, MINING, PASSIVE } from './base-treatments.ts'
import { date, flat, inYears, percent, slices, whole } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const MONTHLY = 'Lei 9.250/1995 art. 22; IN RFB 1.500/2014; Lei 8.981/1995 art. 21 as amended by Lei 13.259/2016'
const ABROAD = 'Lei 14.754/2023: 15 percent a year on gains at platforms abroad'

const RATES = slices(
  [0n, percent(15_00n)],
  [5_000_000n, percent(17_50n)],
  [10_000_000n, percent(20_00n)],
  [30_000_000n, percent(22_50n)],
)
const month = {
  netting: 'net',
  cliff: { of: 'proceeds', upTo: whole(35_000n), per: 'month' },
  loss: { use: 'none' },
  rates: RATES,
} as const

/** Brazil, individuals: months at home, the year abroad. */
export const brPack: RulePack = tablePack({
  id: 'br',
  name: 'Brazil',
  currency: 'BRL',
  reliability: 'secondary',
  verify: [
    'MP 1.303/2025 lapsed on 8 October 2025 and is not applied; later law is to be verified.',
    'A loss of a month is set off inside the month only; whether even that holds is to be verified.',
    'Platforms abroad (position P23): the moving average of all accounts is used there, too; whether an average of the year belongs to them is to be verified.',
    'Codes of DIRPF “Bens e Direitos” (group 08: 01, 02, 03, 10, 99) and DARF 4600 are to be compared with the year’s forms.',
  ],
  methods: only('moving-average', 'Perguntas e Respostas IRPF: average cost'),
  scope: 'universal',
  scopeAuthority: 'Perguntas e Respostas IRPF: one average for each asset',
  monthly: true,
  rateClasses: [
    { period: 'foreign', position: 'P23', choice: 'foreign', by: 'event', from: date('2024-01-01'), authority: ABROAD },
  ],
  positions: [{ id: 'P23', standard: 'domestic', choices: ['domestic', 'foreign'], authority: ABROAD }],
  rows: [
    {
      kinds: [...PASSIVE, ...MINING, ...DROPS],
      treatment: 'acquire-nil',
      authority: 'Practice: no income on receipt, cost nil; to be verified',
    },
  ],
  year: {
    label: 'calendar',
    gains: [
      inYears(2022, 2023, month, MONTHLY),
      inYears(
        2024,
        null,
        { ...month, apart: { foreign: { rates: flat(percent(15_00n)), forward: true } } },
        `${MONTHLY}; ${ABROAD}`,
      ),
    ],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 'Carnê-leão; to be verified')],
    form: {
      id: 'br-gcap',
      name: 'GCAP',
      rounding: 'cents',
      list: { id: 'br-months', name: 'Sales by month', kind: 'months' },
      lines: [
        { id: 'gains', label: 'Gains of months above the limit', figure: 'gains' },
        { id: 'losses', label: 'Losses of such months', figure: 'losses' },
        { id: 'exempt', label: 'Gains of months with sales of 35,000 or less, exempt', figure: 'exempt' },
        { id: 'tax', label: 'Tax of the months (DARF 4600)', figure: 'tax' },
        { id: 'foreign', label: 'Net gain abroad (15 percent a year)', figure: 'speculation', from: 2024 },
        { id: 'taxable', label: 'Taxable in all', figure: 'taxable' },
      ],
      authority: 'GCAP and DARF 4600; IN 1888, from 2026 DeCripto',
    },
  },
})
