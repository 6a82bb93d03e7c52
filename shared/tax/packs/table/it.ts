import type { RulePack } from '../../pack.ts'
import { neutralSwapRows, SWAPS } from './base-treatments.ts'
import { date, flat, inYears, OTHER_GAINS, percent, whole } from './rows.ts'
import { tablePack } from './table-pack.ts'

const LAW = 'TUIR art. 67 (1) c-sexies and 68 (9-bis); L. 197/2022'
const BUDGET = 'L. 207/2024 art. 1 c. 24; L. 199/2025 art. 1 c. 28'

/** Italy, individuals outside business. */
export const itPack: RulePack = tablePack({
  id: 'it',
  name: 'Italy',
  currency: 'EUR',
  reliability: 'secondary',
  verify: [
    'Years before 2023 followed another law and are outside these tables.',
    'Which assets have the same characteristics and functions is read from their kinds until position P22 says otherwise.',
    'That the limit of 2,000 EUR of 2023 and 2024 frees the year as a whole, and the sections of Quadro RT and RW, are to be verified.',
  ],
  tableYears: [2023, 2026],
  facts: [OTHER_GAINS],
  methods: {
    menu: ['lifo', 'specific'],
    standard: 'lifo',
    authority:
      'TUIR art. 67 (1-bis): last in, first out, or documented analytic cost; the average only under managed regimes',
  },
  scope: 'universal',
  scopeAuthority: 'TUIR art. 67 (1-bis)',
  neutralSwaps: {
    taxableKinds: ['derivative'],
    sameKindOnly: true,
    moneyTokens: { position: 'P24', choice: 'emt' },
    authority: 'TUIR art. 67 (1) c-sexies: assets with the same characteristics and functions',
  },
  untaxed: [
    {
      from: date('2026-01-01'),
      moneyTokens: { position: 'P24', choice: 'emt' },
      authority: 'L. 199/2025 art. 1 c. 28: euro for euro e-money tokens, and back, is neutral',
    },
  ],
  rateClasses: [
    { period: 'emt', position: 'P24', choice: 'emt', by: 'asset', from: date('2026-01-01'), authority: BUDGET },
  ],
  positions: [
    {
      id: 'P21',
      standard: 'none',
      choices: ['none', '2023', '2025'],
      authority: 'L. 197/2022 art. 1 c. 133: 14 percent; L. 207/2024 art. 1 c. 26: 18 percent',
    },
    { id: 'P24', standard: 'no', choices: ['no', 'emt'], authority: BUDGET },
  ],
  stepUps: [
    {
      from: date('2023-01-01'),
      valuedAt: date('2023-01-01'),
      cost: 'value',
      chosen: { position: 'P21', choice: '2023', substituteTax: percent(14_00n) },
      authority: 'L. 197/2022 art. 1 c. 133',
    },
    {
      from: date('2025-01-01'),
      valuedAt: date('2025-01-01'),
      cost: 'value',
      chosen: { position: 'P21', choice: '2025', substituteTax: percent(18_00n) },
      authority: 'L. 207/2024 art. 1 c. 26',
    },
  ],
  rows: [
    {
      kinds: SWAPS,
      treatment: 'neutral-swap',
      position: 'P22',
      choices: { 'by-kind': 'neutral-swap', same: 'carry', different: 'exchange' },
      authority: 'TUIR art. 67 (1) c-sexies; Circolare 30/E of 2023',
    },
    ...neutralSwapRows('TUIR art. 67 (1) c-sexies: the same characteristics and functions').slice(1),
  ],
  year: {
    label: 'calendar',
    otherLawBefore: true,
    gains: [
      inYears(
        2023,
        2024,
        {
          netting: 'net',
          cliff: { of: 'net', upTo: whole(2_000n), per: 'year' },
          loss: { use: 'forward', years: 4, beyond: whole(2_000n) },
          rates: flat(percent(26_00n)),
        },
        LAW,
      ),
      inYears(
        2025,
        2025,
        { netting: 'net', loss: { use: 'forward', years: 4 }, rates: flat(percent(26_00n)) },
        `${LAW}; L. 207/2024: no limit any more`,
      ),
      inYears(
        2026,
        null,
        {
          netting: 'net',
          loss: { use: 'forward', years: 4 },
          rates: flat(percent(33_00n)),
          apart: { emt: { rates: flat(percent(26_00n)) } },
        },
        BUDGET,
      ),
    ],
    income: [
      inYears(2023, 2025, { taxed: 'flat', rate: percent(26_00n), inCliff: true }, LAW),
      inYears(2026, null, { taxed: 'flat', rate: percent(33_00n) }, BUDGET),
    ],
    wealth: [
      inYears(2023, null, { at: 'end', levy: percent(20n) }, 'DL 201/2011 art. 19 (18): 2 per mille on the value held'),
    ],
    form: {
      id: 'it-quadro-rt',
      name: 'Quadro RT and RW (Redditi PF), W (730)',
      rounding: 'cents',
      list: { id: 'it-quadro-rw', name: 'Quadro RW: holdings on 31 December', kind: 'holdings' },
      lines: [
        { id: 'rt-proceeds', label: 'RT · Proceeds', figure: 'proceeds' },
        { id: 'rt-cost', label: 'RT · Cost, with fees of selling', figure: 'cost-and-fees' },
        { id: 'rt-gains', label: 'RT · Gains', figure: 'gains' },
        { id: 'rt-losses', label: 'RT · Losses', figure: 'losses' },
        { id: 'rt-exempt', label: 'RT · Year within the limit of 2,000, free', figure: 'exempt', to: 2024 },
        { id: 'rt-losses-used', label: 'RT · Losses of earlier years, used', figure: 'losses-used' },
        { id: 'rt-proventi', label: 'RT · Other proceeds, without deduction', figure: 'income-apart' },
        { id: 'rt-emt', label: 'RT · Gain on euro e-money tokens at 26 percent', figure: 'speculation', from: 2026 },
        { id: 'rt-taxable', label: 'RT · Taxable gain', figure: 'chargeable' },
        { id: 'rt-tax', label: 'RT · Substitute tax on gains', figure: 'tax' },
        { id: 'rt-carried', label: 'RT · Losses for the next four years', figure: 'carried-losses' },
        { id: 'step-up', label: 'Substitute tax on the value taken as cost', figure: 'step-up-tax' },
        { id: 'rw-value', label: 'RW · Value on 31 December', figure: 'wealth' },
        { id: 'rw-levy', label: 'RW · Tax on crypto-assets, 2 per mille', figure: 'wealth-levy' },
      ],
      authority: 'Redditi PF: section II-A and V of Quadro RT; lines to be verified',
    },
  },
})
