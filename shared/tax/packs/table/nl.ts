import type { Dated, RulePack } from '../../pack.ts'
import type { WealthRule } from '../../years/table-rules.ts'
import { DROPS, MINING, PASSIVE } from './base-treatments.ts'
import { inYears, NO_RATES, PARTNER, percent, whole } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const BOX_3 = 'Wet IB 2001 hoofdstuk 5; Wet rechtsherstel box 3; Overbruggingswet box 3'

const year = (of: number, to: number | null, rate: bigint, free: bigint, tax: bigint): Dated<WealthRule> =>
  inYears(
    of,
    to,
    { at: 'start', deemed: { rate: percent(rate), free: whole(free), tax: percent(tax) } },
    `${BOX_3}: other assets in ${of}`,
  )

/** Netherlands, box 3. */
export const nlPack: RulePack = tablePack({
  id: 'nl',
  name: 'Netherlands',
  currency: 'EUR',
  reliability: 'secondary',
  verify: [
    'The deemed return of 2026 (6.00 percent) is provisional; the tax-free capital is counted on crypto-assets alone.',
    'Whoever earned less may show the actual return; its figures are the flows of the year, the comparison is the taxpayer’s.',
    'The act on the actual return from 2028 has passed the lower house only and is not applied.',
    'Mining beyond a hobby is income of box 1: position P12.',
  ],
  facts: [PARTNER],
  methods: only('fifo', 'Book-keeping only: box 3 taxes values, not gains'),
  scope: 'universal',
  scopeAuthority: 'Book-keeping only',
  untaxed: [{ authority: 'Wet IB 2001 art. 5.2: gains are part of the deemed return' }],
  rows: [
    {
      kinds: MINING,
      treatment: 'acquire-nil',
      head: 'mining',
      position: 'P12',
      choices: { other: 'acquire-nil', business: 'income' },
      authority: 'Hobby in box 3; a source of income in box 1',
    },
    {
      kinds: [...PASSIVE, ...DROPS],
      treatment: 'acquire-nil',
      authority: 'Yields of box 3 assets are part of the deemed return',
    },
  ],
  year: {
    label: 'calendar',
    gains: [inYears(2022, 2027, { netting: 'none', loss: { use: 'none' }, rates: NO_RATES }, BOX_3)],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 'Box 1')],
    wealth: [
      year(2022, 2022, 5_53n, 50_650n, 31_00n),
      year(2023, 2023, 6_17n, 57_000n, 32_00n),
      year(2024, 2024, 6_04n, 57_000n, 36_00n),
      year(2025, 2025, 5_88n, 57_684n, 36_00n),
      year(2026, 2026, 6_00n, 59_357n, 36_00n),
    ],
    form: {
      id: 'nl-box-3',
      name: 'Aangifte IB, box 3, overige bezittingen: virtuele valuta',
      rounding: 'cents',
      list: { id: 'nl-holdings-1-january', name: 'Holdings on 1 January', kind: 'holdings' },
      also: { id: 'nl-actual-return', name: 'Flows of the year, for the actual return', kind: 'flows' },
      lines: [
        { id: 'value', label: 'Value on 1 January', figure: 'wealth' },
        { id: 'deemed-return', label: 'Deemed return', figure: 'deemed-return' },
        { id: 'tax-free', label: 'Tax-free capital', figure: 'tax-free-capital' },
        { id: 'base', label: 'Basis for saving and investing', figure: 'taxable-base' },
        { id: 'benefit', label: 'Benefit from saving and investing', figure: 'benefit' },
        { id: 'flows-gain', label: 'Gains of the year, for the proof of the actual return', figure: 'untaxed' },
      ],
      authority: 'Aangifte inkomstenbelasting, box 3',
    },
  },
})
