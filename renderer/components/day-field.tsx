import { TextInput } from '@mantine/core'

interface DayFieldProps {
  readonly label: string
  /** A civil date, or '' for none. */
  readonly value: string
  readonly onDay: (day: string) => void
  readonly error?: string | null
}

/** One civil day. */
export function DayField({ label, value, onDay, error }: DayFieldProps) {
  return (
    <TextInput
      label={label}
      type="date"
      size="xs"
      w={140}
      value={value}
      error={error ?? undefined}
      onChange={(event) => onDay(event.currentTarget.value)}
    />
  )
}

/** Two civil days, both included; '' where that end is open. */
export interface Days {
  readonly from: string
  readonly to: string
}

/** Both ends open: always. */
export const ALWAYS: Days = { from: '', to: '' }

interface DaySpanProps {
  readonly days: Days
  readonly onDays: (days: Days) => void
}

/** From one day up to another, both included; an empty end is open. */
export function DaySpan({ days, onDays }: DaySpanProps) {
  return (
    <>
      <DayField label="From" value={days.from} onDay={(from) => onDays({ ...days, from })} />
      <DayField
        label="Up to"
        value={days.to}
        onDay={(to) => onDays({ ...days, to })}
        error={runsBackwards(days) ? 'before the first day' : null}
      />
    </>
  )
}

/** Whether the last day lies before the first. */
export function runsBackwards({ from, to }: Days): boolean {
  return from !== '' && to !== '' && to < from
}
