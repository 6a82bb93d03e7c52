import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { createContext, useContext } from 'react'
import type { engineContract } from '../../shared/contract/contract.ts'
import type { hostContract } from '../../shared/contract/host.ts'
import type { Channel } from './door.ts'

export type Engine = ContractRouterClient<typeof engineContract>
export type Host = ContractRouterClient<typeof hostContract>
/** The page's only view of the world: the engine, and the door it came through. */
export interface Clients {
  readonly engine: Engine
  readonly host: Host
}

function link(channel: Channel): PortLink<Record<never, never>> | SocketLink<Record<never, never>> {
  if (channel.port) return new PortLink({ port: channel.port })
  if (channel.socket) return new SocketLink({ websocket: quietAtTheEnd(channel.socket) })
  throw new Error('A channel has neither a port nor a socket.')
}

/**
 * The socket, to which a request may still be given up when the door has closed it: there is nobody left to tell, and
 * nobody is waiting. Anything else sent to a closed socket fails, as it should.
 */
function quietAtTheEnd(
  socket: WebSocket,
): Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'> {
  return {
    readyState: socket.OPEN,
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    send(frame) {
      if (socket.readyState === socket.OPEN) socket.send(frame)
      else if (!isGivingUp(frame)) throw new Error('The app that served this page has ended.')
    },
  }
}

const GIVE_UP = 4

function isGivingUp(frame: unknown): boolean {
  return typeof frame === 'string' && (JSON.parse(frame) as { t?: number }).t === GIVE_UP
}

/** Typed clients over the two channels of a door. */
export function clientsOver(engine: Channel, host: Channel): Clients {
  return { engine: createORPCClient<Engine>(link(engine)), host: createORPCClient<Host>(link(host)) }
}

const ClientsContext = createContext<Clients | null>(null)
export const ClientsProvider = ClientsContext.Provider

/** The clients of this page; a component outside the provider is a bug. */
export function useClients(): Clients {
  const clients = useContext(ClientsContext)
  if (!clients) throw new Error('useClients needs ClientsProvider above it.')
  return clients
}
