/** Opens the one ledger of a folder, takes its oldest import back, says so, and is killed from outside at some moment. */
import { PASSPHRASE, runEngine } from './running-engine.ts'

const { client } = runEngine(process.argv[2])
const [ledger] = await client.session.ledgers()
await client.session.open({ ref: ledger?.ref ?? '', with: { kind: 'passphrase', passphrase: PASSPHRASE } })
const { batches } = await client.intake.batches()
await client.intake.revert({ batch: batches.at(-1)?.id ?? '' })
process.stdout.write('reverted\n')
