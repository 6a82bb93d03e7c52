import { expect, test } from 'vitest'
import { renderReport, reportFileName } from '../../../electron/render/render-report.ts'
import { seK4 } from '../../../shared/reports/se-k4.ts'
import { bought, inputOf, sold } from '../../shared/reports/history.ts'

const COINS = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF', 'GGG', 'BTC']
const crowns = (asset: string, n: number) => [
  bought(`b${asset}`, '2024-01-10', '0.1', String(38_000 + n), asset, 'SEK'),
  sold(`s${asset}`, '2024-06-10', '0.1', '52000', undefined, asset, 'SEK'),
]
const profile = { jurisdiction: 'se', currency: 'SEK', zone: 'Europe/Stockholm' }
const text = async (events: Parameters<typeof inputOf>[0], format: 'sru' | 'sru-info') =>
  Buffer.from(await renderReport(seK4.build(inputOf(events, 2024, profile)), format)).toString('latin1')

test('BLANKETTER.SRU: quantity with a comma, name, whole kronor, sums and the number of the sheet', async () => {
  expect(await text(crowns('BTC', 0), 'sru')).toBe(
    [
      '#BLANKETT K4-2024P4',
      '#IDENTITET ÅÅÅÅMMDDNNNN 20241231 000000',
      "#NAMN Ada's books",
      '#UPPGIFT 3410 0,1',
      '#UPPGIFT 3411 XBT',
      '#UPPGIFT 3412 52000',
      '#UPPGIFT 3413 38000',
      '#UPPGIFT 3414 14000',
      '#UPPGIFT 3415 0',
      '#UPPGIFT 3500 52000',
      '#UPPGIFT 3501 38000',
      '#UPPGIFT 3503 14000',
      '#UPPGIFT 3504 0',
      '#UPPGIFT 7014 1',
      '#BLANKETTSLUT',
      '#FIL_SLUT',
      '',
    ].join('\r\n'),
  )
})

test('the eighth coin is on a sheet of its own, with sums of its own', async () => {
  const sheets = (await text(COINS.flatMap(crowns), 'sru')).split('#BLANKETTSLUT')
  expect(sheets).toHaveLength(3)
  expect(sheets[0]).toContain('#UPPGIFT 3474 ')
  for (const line of ['#UPPGIFT 3411 XBT', '#UPPGIFT 3500 52000', '#UPPGIFT 7014 2'])
    expect(sheets[1]?.split('\r\n')).toContain(line)
})

test('INFO.SRU names the other file and the sender; both have the names that are asked for', async () => {
  const info = await text(crowns('BTC', 0), 'sru-info')
  expect(info.split('\r\n').slice(0, 6)).toEqual([
    '#DATABESKRIVNING_START',
    '#PRODUKT SRU',
    '#FILNAMN BLANKETTER.SRU',
    '#DATABESKRIVNING_SLUT',
    '#MEDIELEV_START',
    '#ORGNR ÅÅÅÅMMDDNNNN',
  ])
  const report = seK4.build(inputOf(crowns('BTC', 0), 2024, profile))
  expect([reportFileName(report, 'sru'), reportFileName(report, 'sru-info')]).toEqual(['BLANKETTER.SRU', 'INFO.SRU'])
})

test('a row of the form leads to the sales behind it', () => {
  const [sheet] = seK4.build(inputOf(crowns('BTC', 0), 2024, profile)).sections
  expect(sheet?.rows[0]?.behind).toEqual(['disposal:sBTC~BTC~0'])
})
