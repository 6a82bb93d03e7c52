import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  connectPage,
  errorOf,
  eventsOf,
  failedChecks,
  importAll,
  krakenCsv,
  krakenTrade,
  PASSPHRASE,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger({ zone: 'UTC' })
})
afterEach(() => running.end())

const everyEvent = () => eventsOf(running.client)
const isSound = async () => expect(await failedChecks(running.client)).toEqual([])
const trade = (n: string, time: string) => krakenTrade(n, time, 'XXBT', '0.5', '-21000')

describe('coverage', () => {
  const kraken = async () => {
    const { accounts } = await running.client.coverage.timeline({})
    return accounts.find(({ name }) => name === 'Kraken')
  }

  test('says per account which days which file tells of, and where the gaps are', async () => {
    await importAll(running.client, {
      'early.csv': krakenCsv([...trade('1', '2024-01-02 10:00:00'), ...trade('2', '2024-02-10 10:00:00')]),
      'late.csv': krakenCsv([...trade('3', '2024-04-01 10:00:00'), ...trade('4', '2024-05-05 10:00:00')]),
    })
    const found = await kraken()
    expect(found).toMatchObject({ state: 'gaps', first: '2024-01-02', last: '2024-05-05', covered: 40 + 35 })
    expect(found?.spans.map(({ file, from, to }) => `${file} ${from} ${to}`)).toEqual([
      'early.csv 2024-01-02 2024-02-10',
      'late.csv 2024-04-01 2024-05-05',
    ])
    expect(found?.gaps[0]).toMatchObject({ from: '2024-02-11', to: '2024-03-31', days: 50, where: 'between' })
    expect(found?.gaps[1]).toMatchObject({ from: '2024-05-06', where: 'after' })
  })

  test('counts days of rows that were known already with the file that told them again', async () => {
    const early = [...trade('1', '2024-01-02 10:00:00'), ...trade('2', '2024-02-10 10:00:00')]
    await importAll(running.client, { 'early.csv': krakenCsv(early) })
    await importAll(running.client, { 'whole.csv': krakenCsv([...early, ...trade('3', '2024-04-01 10:00:00')]) })
    const found = await kraken()
    expect(found?.gaps.filter(({ where }) => where === 'between')).toEqual([])
    expect(found?.spans.map(({ file, from, to }) => `${file} ${from} ${to}`)).toEqual([
      'early.csv 2024-01-02 2024-02-10',
      'whole.csv 2024-01-02 2024-04-01',
    ])
  })

  test('takes an excuse for a part of a gap, and back when it is undone', async () => {
    await importAll(running.client, {
      'a.csv': krakenCsv([...trade('1', '2024-01-02 10:00:00')]),
      'b.csv': krakenCsv([...trade('2', '2024-02-01 10:00:00')]),
    })
    const account = (await kraken())?.account ?? ''
    const days = { account, from: '2024-01-10', to: '2024-01-20' }
    const { excuse } = await running.client.coverage.excuse({ ...days, why: 'quiet', note: 'on holiday' })
    const between = async () => (await kraken())?.gaps.filter(({ where }) => where === 'between')
    expect((await between())?.map(({ from, to, excuse: why }) => [from, to, why?.why ?? null])).toEqual([
      ['2024-01-03', '2024-01-09', null],
      ['2024-01-10', '2024-01-20', 'quiet'],
      ['2024-01-21', '2024-01-31', null],
    ])
    await running.client.coverage.withdrawExcuse({ id: excuse.id })
    expect(await between()).toHaveLength(1)
    await running.client.live.undo()
    expect(await between()).toHaveLength(3)
    const backwards = running.client.coverage.excuse({ ...days, to: '2024-01-01', why: 'lost' })
    expect((await errorOf(backwards)).code).toBe('REFUSED')
    await isSound()
  })

  test('says that records before the first are missing where more left than ever came', async () => {
    await importAll(running.client, {
      'a.csv': krakenCsv(krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '-0.5', '21000')),
    })
    expect((await kraken())?.gaps[0]).toMatchObject({ where: 'before', to: '2024-01-01' })
  })
})

describe('an attachment', () => {
  const bytes = Buffer.alloc(2_500_000, 7)
  const attachTo = async (event: string, content: Buffer, name = 'receipt.pdf') => {
    const { upload } = await running.client.attachments.begin({
      event,
      name,
      type: 'application/pdf',
      bytes: content.length,
    })
    const chunks = Math.max(1, Math.ceil(content.length / 1_048_576))
    for (let index = 0; index < chunks; index++) {
      const part = content.subarray(index * 1_048_576, (index + 1) * 1_048_576).toString('base64')
      const { attachment } = await running.client.attachments.chunk({
        upload,
        index,
        base64: part,
        last: index === chunks - 1,
      })
      if (attachment !== null) return attachment
    }
    throw new Error('the last chunk made no attachment')
  }
  const readAll = async (id: string) => {
    const parts: Buffer[] = []
    for (let offset = 0; ; ) {
      const part = await running.client.attachments.read({ id, offset })
      parts.push(Buffer.from(part.base64, 'base64'))
      offset += parts.at(-1)?.length ?? 0
      if (part.end) return Buffer.concat(parts)
    }
  }
  const anEvent = async () => {
    await importAll(running.client, { 'a.csv': krakenCsv(trade('1', '2024-01-02 10:00:00')) })
    return (await everyEvent())[0]?.id ?? ''
  }

  test('is kept byte for byte with its event, taken away and back by undo', async () => {
    const event = await anEvent()
    const one = await attachTo(event, bytes)
    expect(one).toMatchObject({ event, name: 'receipt.pdf', bytes: bytes.length })
    expect(one.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect((await readAll(one.id)).equals(bytes)).toBe(true)
    expect((await running.client.events.get({ event })).attachments).toBe(1)
    await running.client.attachments.remove({ id: one.id })
    expect((await running.client.attachments.list({ event })).attachments).toEqual([])
    expect((await errorOf(running.client.attachments.read({ id: one.id, offset: 0 }))).code).toBe('NOT_FOUND')
    await running.client.live.undo()
    expect((await readAll(one.id)).equals(bytes)).toBe(true)
    await isSound()
  })

  test('of the same bytes is kept once, an unfinished one leaves nothing, an empty one is fine', async () => {
    const event = await anEvent()
    const first = await attachTo(event, bytes)
    const second = await attachTo(event, bytes, 'again.pdf')
    const empty = await attachTo(event, Buffer.alloc(0), 'empty.txt')
    const { upload } = await running.client.attachments.begin({ event, name: 'half.bin', type: '', bytes: 10 })
    await running.client.attachments.chunk({ upload, index: 0, base64: 'AAAA', last: false })
    const closed = new Promise((resolve) => running.port.on('close', resolve))
    await running.client.session.lock()
    await closed
    const { client } = connectPage(running.engine)
    const [file] = await client.session.ledgers()
    await client.session.open({ ref: file?.ref ?? '', with: { kind: 'passphrase', passphrase: PASSPHRASE } })
    running = { ...running, client }
    expect((await running.client.attachments.list({})).attachments.map(({ name }) => name)).toEqual([
      'receipt.pdf',
      'again.pdf',
      'empty.txt',
    ])
    expect((await readAll(second.id)).equals(bytes)).toBe(true)
    expect((await readAll(empty.id)).length).toBe(0)
    expect(first.sha256).toBe(second.sha256)
    await isSound()
  })

  test('needs an event that is there', async () => {
    const nowhere = running.client.attachments.begin({ event: 'nowhere', name: 'x', type: '', bytes: 1 })
    expect((await errorOf(nowhere)).code).toBe('NOT_FOUND')
  })
})

describe('what a symbol stands for', () => {
  const HEAD =
    'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash'
  const koinly = (...rows: readonly string[]) => `${[HEAD, ...rows].join('\n')}\n`
  const received = (time: string, amount: string, symbol: string) => `${time} UTC,,,${amount},${symbol},,,,,,,`
  const assetsOf = async () => (await everyEvent()).map(({ legs }) => legs[0]?.asset)

  test('is asked where it is ambiguous, put right for the past, remembered for the future, and forgotten again', async () => {
    const { plan } = await importAll(running.client, {
      'a.csv': koinly(received('2018-01-02 10:00:00', '3', 'BCC'), received('2018-01-03 10:00:00', '4', 'BTC')),
    })
    expect(plan.files[0]?.symbols).toEqual([{ symbol: 'BCC', asset: 'BCC', choices: ['BCC', 'BCH'] }])
    const { mentions } = await running.client.assets.mentions({})
    const bcc = mentions.find(({ symbol }) => symbol === 'BCC')
    expect(bcc).toMatchObject({ found: 'ambiguous', asset: 'BCC', choices: ['BCC', 'BCH'], count: 1 })
    const done = await running.client.assets.answer({
      source: 'koinly',
      symbol: 'bcc',
      from: null,
      to: null,
      asset: 'BCH',
    })
    expect(done.events).toBe(1)
    expect(await assetsOf()).toEqual(['BCH', 'BTC'])
    expect((await running.client.assets.mentions({})).mentions.some(({ symbol }) => symbol === 'BCC')).toBe(false)
    await importAll(running.client, { 'b.csv': koinly(received('2018-02-02 10:00:00', '5', 'BCC')) })
    expect(await assetsOf()).toEqual(['BCH', 'BTC', 'BCH'])
    const { text } = await running.client.assets.exportAnswers()
    await running.client.assets.forget({ id: done.answer.id })
    expect((await assetsOf())[0]).toBe('BCC')
    const taken = await running.client.assets.importAnswers({ text })
    expect(taken).toMatchObject({ added: 1, events: 1 })
    expect((await assetsOf())[0]).toBe('BCH')
    expect(await running.client.assets.importAnswers({ text })).toMatchObject({ added: 0, act: null })
    await isSound()
  })

  test('changes only the days that the answer is about', async () => {
    await importAll(running.client, {
      'a.csv': koinly(received('2018-01-02 10:00:00', '3', 'BCC'), received('2018-06-03 10:00:00', '4', 'BCC')),
    })
    await running.client.assets.answer({ source: null, symbol: 'BCC', from: '2018-06-01', to: null, asset: 'BCH' })
    expect(await assetsOf()).toEqual(['BCC', 'BCH'])
  })

  test('leaves another symbol of the same asset alone', async () => {
    await importAll(running.client, {
      'a.csv': koinly(received('2018-01-02 10:00:00', '3', 'XLM'), received('2018-01-03 10:00:00', '4', 'STR')),
    })
    await running.client.assets.answer({ source: 'koinly', symbol: 'STR', from: null, to: null, asset: 'STRATIS' })
    expect(await assetsOf()).toEqual(['XLM', 'STRATIS'])
  })

  test('a file that holds no answers is refused with its place', async () => {
    const wrong = running.client.assets.importAnswers({
      text: '{"schema":"tallystick/asset-answers@1","answers":[{}]}',
    })
    expect(await errorOf(wrong)).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('answers.0') })
  })
})
