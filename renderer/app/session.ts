import { createContext, useContext } from 'react'
import type { SessionState } from '../../shared/contract/session.ts'
import { usableLocale } from '../components/usable-locale.ts'
import { useRead } from './queries.ts'
import { shared } from './shared-value.ts'

export type OpenSession = Extract<SessionState, { phase: 'open' }>

const SessionContext = createContext<OpenSession | null>(null)
export const SessionProvider = SessionContext.Provider

/** The open ledger's state. Only below the gate. */
export function useSession(): OpenSession {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession needs an open ledger.')
  return session
}

/** Whether a ledger is open, locked or none. */
export function useSessionState() {
  return useRead<SessionState>({
    topics: ['session'],
    name: 'session.state',
    read: ({ engine }, signal) => engine.session.state(undefined, { signal }),
  })
}

const chosenYear = shared<number | null>(null)

/** The tax year that the screens are about: the profile's, until another is chosen. */
export function useTaxYear(): readonly [year: number, choose: (year: number) => void] {
  const { profile } = useSession()
  return [chosenYear.use() ?? profile.taxYear, chosenYear.set]
}

/** The locale figures are written in: the user's own. */
export const LOCALE = usableLocale([...navigator.languages, navigator.language])
