import { hash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { ProfileSettings, SessionState } from '../../shared/contract/session.ts'
import { redoable, undoable } from '../ledger/acts.ts'
import { clearContents } from '../ledger/attachments.ts'
import { clearLeftovers } from '../ledger/batches.ts'
import { joinEarlier } from '../ledger/join-acts.ts'
import { putSettings, readSetting } from '../ledger/settings.ts'
import { plainFileName } from '../render/file-name.ts'
import { restoreBackup } from '../vault/backup.ts'
import { forgetKey, rememberKey } from '../vault/keychain.ts'
import { changePassphrase, isPassphrase } from '../vault/passphrase.ts'
import { recoveryKeyText } from '../vault/recovery-sheet.ts'
import type { Secret } from '../vault/vault.ts'
import { choiceProblem, choicesWithout } from './choice-acts.ts'
import { choiceSettings, readChoices, withChange } from './choices.ts'
import { jurisdictions } from './countries.ts'
import { person, rule } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure, vaultError } from './failure.ts'
import { inSteps, orDiskFull } from './intake-jobs.ts'
import { backupName, createLedgerFile, type OpenLedger, openLedgerFile, openLedgerOf } from './open-ledger.ts'
import { hasProfile, plainProfile, profileProblem, readProfileSettings, settingsOf } from './profile.ts'
import type { Rereading } from './rereading.ts'
import { type EngineClient, fillSample, SAMPLE_PASSPHRASE, SAMPLE_PROFILE } from './sample-ledger.ts'

const session = implement(engineContract).session

const RECOVERY_CONFIRMED = 'recovery-confirmed'
const IS_SAMPLE = 'sample'

/**
 * Opening, locking and keeping the ledger file.
 * @param rereading what a crash left unread after a revert is read again at open
 * @param self the engine's own client, for the sample, which is made as a person would make it
 */
export function sessionRouter(engine: Engine, rereading: Rereading, self: () => EngineClient) {
  const { registry } = engine
  const options = (path: string) => ({
    holder: { door: engine.options.door ?? 'Tallystick', pid: process.pid, since: Date.now() },
    backupPath: registry.freePath(path, backupName(path, Date.now())),
  })
  const refuseIfOpen = () => {
    if (engine.current() !== null) throw failure('REFUSED', 'Another ledger is open. Close it first.')
  }
  const note = (open: OpenLedger, key: string, summary: string) =>
    engine.committed(putSettings(open.ledger, [{ key, value: true }], { ...person(), summary, undoable: false }))

  const create = async (name: string, passphrase: string, profile: ProfileSettings): Promise<OpenLedger> => {
    refuseIfOpen()
    const problem = profileProblem(profile)
    if (problem !== null) throw failure('REFUSED', problem)
    const path = registry.newPath(name)
    if (path === null) throw failure('ALREADY_EXISTS', `${name} exists already. Choose another name.`)
    const open = await createLedgerFile(path, passphrase, options(path))
    const made = putProfile(open, profile)
    if (made.status === 'disk-full') {
      await open.close()
      rmSync(path, { force: true })
      throw failure('DISK_FULL', made.text)
    }
    engine.attach(open)
    engine.committed(made)
    return open
  }
  const state = (): SessionState => {
    const open = engine.current()
    if (open === null) {
      const { locked } = engine
      return locked === null ? { phase: 'closed' } : { phase: 'locked', ...locked }
    }
    const { ledger, path } = open
    const { keychain = false } = registry.notesOf(path)
    return ledger.snapshot(() => {
      const profile = readProfileSettings(ledger)
      return {
        phase: 'open',
        ref: open.ref,
        name: profile.name,
        revision: ledger.revision(),
        profile,
        recoveryConfirmed: readSetting(ledger, RECOVERY_CONFIRMED) === true,
        sample: readSetting(ledger, IS_SAMPLE) === true,
        keychain,
        canUndo: undoable(ledger)?.summary ?? null,
        canRedo: redoable(ledger)?.summary ?? null,
      }
    })
  }
  const requirePassphrase = async (open: OpenLedger, passphrase: string) => {
    if (!(await isPassphrase(open.vault, passphrase))) throw failure('WRONG_PASSPHRASE', 'That is not the passphrase.')
  }

  return session.router({
    state: session.state.handler(state),
    ledgers: session.ledgers.handler(() => registry.list()),
    jurisdictions: session.jurisdictions.handler(() => jurisdictions()),
    create: session.create.handler(async ({ input }) => {
      await create(input.fileName ?? input.profile.name, input.passphrase, input.profile)
      return { state: state(), notices: [] }
    }),
    createSample: session.createSample.handler(async () => {
      const name = registry.freeName(SAMPLE_PROFILE.name)
      const open = await create(name, SAMPLE_PASSPHRASE, { ...SAMPLE_PROFILE, name })
      registry.note(open.path, { sample: true })
      note(open, IS_SAMPLE, 'mark the ledger as the sample')
      await fillSample(self(), engine.options.samplesFolder)
      return {
        state: state(),
        notices: [`This ledger is made up. Its passphrase is “${SAMPLE_PASSPHRASE}”.`],
      }
    }),
    open: session.open.handler(async ({ input }) => {
      refuseIfOpen()
      const path = registry.pathOf(input.ref)
      if (path === null)
        throw failure('NOT_FOUND', 'That ledger is not there any more. It may have been moved or renamed.')
      const { open, notices } = await openLedgerFile(path, secretOf(input.with), options(path))
      // A crash between the making of the file and its first act leaves a ledger without a profile.
      if (!hasProfile(open.ledger)) orDiskFull(putProfile(open, plainProfile(registry.describe(path).name)))
      const earlier = joinEarlier(open.ledger, rule('joiner'))
      if (earlier !== null && earlier.status !== 'done') orDiskFull(earlier)
      engine.attach(open)
      void inSteps(clearLeftovers(open.ledger))
        .then(() => inSteps(clearContents(open.ledger)))
        .catch(() => {})
      const unread = rereading.start()
      return { state: state(), notices: [...notices, ...unread.map(readingAgainNotice)] }
    }),
    lock: session.lock.handler(async () => {
      await engine.shut('locked')
      return { ok: true as const }
    }),
    close: session.close.handler(async () => {
      await engine.shut('closed')
      return { ok: true as const }
    }),
    changePassphrase: session.changePassphrase.handler(async ({ input }) => {
      const open = engine.opened()
      if (engine.jobs.list().some((job) => job.state === 'running'))
        throw failure(
          'REFUSED',
          'Something is still running. Wait for its end or cancel it, then change the passphrase.',
        )
      await open.workers.terminate()
      const changed = await changePassphrase(open.vault, input.current, input.next)
      if (changed.vault !== open.vault) {
        engine.replace(openLedgerOf(changed.vault))
        engine.live.changed(engine.opened().ledger.revision(), ['session'])
      }
      if (changed.status === 'refused') throw vaultError(changed.failure)
      const { ledger } = engine.opened()
      engine.committed(
        putSettings(ledger, [{ key: RECOVERY_CONFIRMED, value: false }], {
          ...person(),
          summary: 'change the passphrase',
          undoable: false,
        }),
      )
      registry.note(open.path, { keychain: false })
      return { recoveryVoid: true as const, keychainVoid: changed.keychainVoid }
    }),
    recoverySheet: session.recoverySheet.handler(async ({ input }) => {
      const open = engine.opened()
      await requirePassphrase(open, input.passphrase)
      const { name } = readProfileSettings(open.ledger)
      const key = recoveryKeyText(open.vault.key.key)
      // Loaded when it is needed: the printer's fonts and tables would slow down every start.
      const { recoverySheetPdf } = await import('../render/recovery-sheet.ts')
      const pdf = await recoverySheetPdf({
        name,
        key,
        checkWord: checkWordOf(key),
        made: new Date().toISOString().slice(0, 10),
      })
      return {
        fileName: `${plainFileName(name) || 'ledger'}-recovery-sheet.pdf`,
        base64: Buffer.from(pdf).toString('base64'),
        checkWord: checkWordOf(key),
      }
    }),
    confirmRecovery: session.confirmRecovery.handler(({ input }) => {
      const open = engine.opened()
      const typed = input.checkWord.trim().toUpperCase()
      const ok = typed === checkWordOf(recoveryKeyText(open.vault.key.key))
      if (ok) note(open, RECOVERY_CONFIRMED, 'confirm the recovery sheet')
      return { ok }
    }),
    keychain: session.keychain.handler(async ({ input }) => {
      const open = engine.opened()
      const { name } = readProfileSettings(open.ledger)
      if (input.enabled && engine.options.keychain === false) throw failure('KEYCHAIN_UNAVAILABLE')
      const result = input.enabled
        ? await rememberKey(open.vault.key, name)
        : await forgetKey(open.vault.key.salt, name)
      if (result.status !== 'remembered' && result.status !== 'done') throw vaultError(result)
      registry.note(open.path, { keychain: input.enabled })
      engine.live.changed(open.ledger.revision(), ['session'])
      return { enabled: input.enabled }
    }),
    backup: session.backup.handler(async () => {
      const open = engine.opened()
      const target = registry.freePath(open.path, backupName(open.path, Date.now()))
      const made = await open.workers.intake.calls().call('backUp', { target })
      if (made.status !== 'done') throw vaultError(made)
      return { fileName: basename(target), bytes: made.bytes }
    }),
    backups: session.backups.handler(() => registry.backups()),
    restore: session.restore.handler(({ input }) => {
      const path = registry.pathOf(input.ref)
      if (path === null) throw failure('NOT_FOUND', 'That backup is not there any more.')
      const target = registry.restoredPath(path)
      const restored = restoreBackup(path, target)
      if (restored.status !== 'done') throw vaultError(restored)
      return registry.describe(target)
    }),
    updateProfile: session.updateProfile.handler(({ input }) => {
      const { ledger } = engine.opened()
      const changed = Object.fromEntries(
        Object.entries(input).filter(([, value]) => value !== undefined),
      ) as Partial<ProfileSettings>
      const settings = { ...readProfileSettings(ledger), ...changed }
      const dropped = changed.jurisdiction === undefined ? {} : choicesWithout(ledger, settings)
      const problem =
        profileProblem(settings) ?? choiceProblem(ledger, settings, withChange(readChoices(ledger), dropped))
      if (problem !== null) throw failure('REFUSED', problem)
      const summary = `change ${Object.keys(changed).join(', ')}`
      if (Object.keys(changed).length > 0)
        engine.committed(
          putSettings(ledger, [...settingsOf(changed), ...choiceSettings(dropped)], { ...person(), summary }),
        )
      return state()
    }),
  })
}

const readingAgainNotice = (file: string): string =>
  `${file} is being read again: an import that had brought some of its rows was reverted.`

const putProfile = (open: OpenLedger, profile: ProfileSettings) =>
  putSettings(open.ledger, settingsOf(profile), { ...person(), summary: 'create the ledger', undoable: false })

type OpenWith = { kind: 'passphrase'; passphrase: string } | { kind: 'recovery'; key: string } | { kind: 'keychain' }

function secretOf(how: OpenWith): Secret {
  if (how.kind === 'passphrase') return { passphrase: how.passphrase }
  return how.kind === 'recovery' ? { recovery: how.key } : { keychain: true }
}

/** Six letters that follow from the key and give nothing of it away: typing them proves that the sheet is at hand. */
function checkWordOf(key: string): string {
  const digest = hash('sha256', `tallystick check word ${key}`, 'buffer')
  return [...digest.subarray(0, 6)].map((byte) => CHECK_LETTERS[byte % CHECK_LETTERS.length]).join('')
}

const CHECK_LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ'
