import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DEFAULT_IDLE_MINUTES } from './idle-lock.ts'

/** What the doors keep between two starts. Nothing of a ledger: this file is not encrypted. */
const doorSettings = z.object({ idleMinutes: z.number().int().min(0).max(240) })

export type DoorSettings = {
  idleMinutes(): number
  setIdleMinutes(minutes: number): void
}

/**
 * The settings in `doors.json` of the data folder. A file that is missing or cannot be understood counts as the usual
 * settings, and is written anew with the next change.
 */
export function openDoorSettings(dataFolder: string): DoorSettings {
  const path = join(dataFolder, 'doors.json')
  let settings = readSettings(path)
  return {
    idleMinutes: () => settings.idleMinutes,
    setIdleMinutes(idleMinutes) {
      settings = { idleMinutes }
      const draft = `${path}.${process.pid}`
      writeFileSync(draft, `${JSON.stringify(settings)}\n`, { mode: 0o600 })
      renameSync(draft, path)
    },
  }
}

function readSettings(path: string): z.infer<typeof doorSettings> {
  try {
    const read = doorSettings.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (read.success) return read.data
  } catch {
    // Missing or no JSON: the usual settings.
  }
  return { idleMinutes: DEFAULT_IDLE_MINUTES }
}
