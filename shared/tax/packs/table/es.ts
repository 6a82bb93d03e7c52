import type { RulePack } from '../../pack.ts'
import { inYears, OTHER_INCOME, percent, slices, whole } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const SAVINGS = 'LIRPF art. 66 and 76: scale of the savings base'
const YIELDS = ['staking', 'validator', 'lending', 'liquidity'] as const

const rule = (rates: ReturnType<typeof slices>) =>
  ({
    netting: 'net',
    loss: { use: 'forward', years: 4 },
    lossAgainstIncome: { heads: YIELDS, share: percent(25_00n) },
    rates,
  }) as const

/** Spain, individuals. */
export const esPack: RulePack = tablePack({
  id: 'es',
  name: 'Spain',
  currency: 'EUR',
  reliability: 'general',
  verify: [
    'The scale of 2022 (26 percent above 200,000) and the lines 1800 to 1814 of Modelo 100 are to be compared with the year’s form.',
    'The rule on repurchase within two months is not applied to crypto-assets, as most read it.',
    'Rates are state and general regional rates together; Navarre and the Basque Country have their own.',
  ],
  facts: [OTHER_INCOME],
  methods: only('fifo', 'LIRPF art. 37.2; DGT V1604-18: FIFO over all wallets'),
  scope: 'universal',
  scopeAuthority: 'DGT V1604-18',
  rows: [
    {
      kinds: ['gift_out'],
      treatment: 'exchange',
      authority: 'LIRPF art. 33: a gift is a change of wealth at market value; losses of it are to be verified',
    },
    { kinds: ['gift_in'], treatment: 'exchange', authority: 'LIRPF art. 36: acquired at market value' },
  ],
  year: {
    label: 'calendar',
    gains: [
      inYears(
        2022,
        2022,
        rule(
          slices(
            [0n, percent(19_00n)],
            [6_000n, percent(21_00n)],
            [50_000n, percent(23_00n)],
            [200_000n, percent(26_00n)],
          ),
        ),
        `${SAVINGS}; to be verified`,
      ),
      inYears(
        2023,
        2024,
        rule(
          slices(
            [0n, percent(19_00n)],
            [6_000n, percent(21_00n)],
            [50_000n, percent(23_00n)],
            [200_000n, percent(27_00n)],
            [300_000n, percent(28_00n)],
          ),
        ),
        SAVINGS,
      ),
      inYears(
        2025,
        null,
        rule(
          slices(
            [0n, percent(19_00n)],
            [6_000n, percent(21_00n)],
            [50_000n, percent(23_00n)],
            [200_000n, percent(27_00n)],
            [300_000n, percent(30_00n)],
          ),
        ),
        SAVINGS,
      ),
    ],
    income: [
      inYears(
        2022,
        null,
        { taxed: 'own-scale', headsWithGains: YIELDS },
        'LIRPF art. 25: yields join the savings base; airdrops and mining the general base',
      ),
    ],
    wealth: [
      inYears(2022, null, { at: 'end', declaredAbove: whole(50_000n) }, 'Modelo 721: holdings abroad above 50,000 EUR'),
    ],
    form: {
      id: 'es-modelo-100',
      name: 'Modelo 100, monedas virtuales (1800 to 1814)',
      rounding: 'cents',
      list: { id: 'es-modelo-721', name: 'Modelo 721: holdings on 31 December', kind: 'holdings' },
      lines: [
        { id: '1804', label: 'Modelo 100, 1804 · Proceeds, after fees', figure: 'net-proceeds' },
        { id: '1806', label: 'Modelo 100, 1806 · Cost', figure: 'cost' },
        { id: '1809', label: 'Modelo 100, 1809 · Losses', figure: 'losses' },
        { id: '1813', label: 'Modelo 100, 1813 · Gains', figure: 'gains' },
        { id: 'yields', label: 'Yields of the savings base', figure: 'income-with-gains' },
        { id: 'losses-used', label: 'Losses of the four years before, used', figure: 'losses-used' },
        { id: 'taxable', label: 'Savings base from this ledger', figure: 'taxable' },
        { id: 'tax', label: 'Tax on it', figure: 'tax' },
        { id: 'carried', label: 'Losses for the next four years', figure: 'carried-losses' },
        {
          id: '721',
          label: 'Modelo 721 · Value on 31 December, if abroad and above 50,000',
          figure: 'wealth-declared',
        },
      ],
      authority: 'Modelo 100 page of virtual currencies; boxes to be verified',
    },
  },
})
