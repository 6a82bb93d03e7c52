/** Time zones this computer knows, UTC among them. */
export function zoneChoices(): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return known.includes('UTC') ? known : ['UTC', ...known]
}

/** The zone this computer is set to. */
export function ownZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return zoneChoices().includes(zone) ? zone : 'UTC'
}
