import { type ProfileSettings, profileSettings } from '../../shared/contract/session.ts'
import { isZoneName } from '../../shared/events/civil-time.ts'
import type { CurrencyCode, ZoneName } from '../../shared/events/identifiers.ts'
import { METHODS, type Method, type Profile } from '../../shared/events/interchange-types.ts'
import { PACKS, packOf } from '../../shared/tax/packs/pack-list.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { readSettings, type Setting } from '../ledger/settings.ts'

const PREFIX = 'profile.'

/** The profile of an open ledger. Throws where the ledger has none, which only a file made elsewhere can lack. */
export function readProfileSettings(ledger: ReadableLedger): ProfileSettings {
  const stored = readSettings(ledger, PREFIX).map(({ key, value }) => [key.slice(PREFIX.length), value])
  return profileSettings.parse(Object.fromEntries(stored))
}

/** Whether a ledger was given its profile. */
export const hasProfile = (ledger: ReadableLedger): boolean => readSettings(ledger, PREFIX).length > 0

/** The profile that claims nothing: plain arithmetic, for the user to change. */
export const plainProfile = (name: string): ProfileSettings => ({
  name,
  jurisdiction: 'none',
  currency: 'USD',
  zone: 'UTC',
  method: 'fifo',
  scope: 'pack',
  taxYear: 2025,
  rounding: 'cents',
})

/** Profile members as settings of the ledger. */
export const settingsOf = (profile: Partial<ProfileSettings>): Setting[] =>
  Object.entries(profile).flatMap(([name, value]) => (value === undefined ? [] : [{ key: `${PREFIX}${name}`, value }]))

/** The profile as the tax engine takes it. */
export function taxProfile(settings: ProfileSettings): Profile {
  return {
    jurisdiction: settings.jurisdiction,
    currency: settings.currency as CurrencyCode,
    zone: settings.zone as ZoneName,
    method: settings.method as Method,
    scope: settings.scope,
    fees: {},
    positions: {},
    person: {},
    rounding: settings.rounding,
  }
}

/** Why a profile cannot be: a sentence for people; null where it can. */
export function profileProblem(profile: ProfileSettings): string | null {
  const pack = packOf(profile.jurisdiction)
  if (pack === null)
    return `There is no rule pack for “${profile.jurisdiction}” (unknown-jurisdiction). There are ${PACKS.map(({ id }) => id).join(', ')}.`
  if (pack.currency !== null && pack.currency !== profile.currency)
    return `${pack.name} counts in ${pack.currency}, not in ${profile.currency}. Set the currency to ${pack.currency}, or take the plain rules (currency-not-of-country).`
  if (!isZoneName(profile.zone)) return `“${profile.zone}” is not a time zone. Write one like Europe/London.`
  if (!(METHODS as readonly string[]).includes(profile.method) || !pack.methods.menu.includes(profile.method as Method))
    return `${pack.name} does not allow the method “${profile.method}” (method-not-allowed: ${pack.methods.authority}). It allows ${pack.methods.menu.join(', ')}.`
  return null
}
