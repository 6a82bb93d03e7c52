import './app/nonce.ts'
import '@mantine/core/styles.css'
import '@mantine/dropzone/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app/tokens.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { type Clients, ClientsProvider, clientsOver } from './app/client.ts'
import { type Connection, connect } from './app/door.ts'
import { DoorClosed } from './app/door-closed.tsx'
import { FaultBoundary } from './app/fault-boundary.tsx'
import { Gate } from './app/gate.tsx'
import { styleNonce } from './app/nonce.ts'
import { cssVariables, theme } from './app/theme.ts'

type Lost = Extract<Connection, { ok: false }>['why']

const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: Number.POSITIVE_INFINITY, gcTime: 60_000, refetchOnWindowFocus: false },
  },
})

let reportLost: (why: Lost) => void = () => undefined

function App({ first }: { readonly first: Clients | Lost }) {
  const [lost, setLost] = useState<Lost | null>(typeof first === 'string' ? first : null)
  reportLost = setLost
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={cssVariables}
      getStyleNonce={() => styleNonce}
    >
      <Notifications position="bottom-left" limit={4} transitionDuration={120} />
      {lost !== null || typeof first === 'string' ? (
        <DoorClosed why={lost ?? 'unreachable'} />
      ) : (
        <ClientsProvider value={first}>
          <QueryClientProvider client={queries}>
            <FaultBoundary>
              <Gate />
            </FaultBoundary>
          </QueryClientProvider>
        </ClientsProvider>
      )}
    </MantineProvider>
  )
}

const connection = await connect((why) => reportLost(why))
const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element.')
createRoot(root).render(
  <App first={connection.ok ? clientsOver(connection.engine, connection.host) : connection.why} />,
)
