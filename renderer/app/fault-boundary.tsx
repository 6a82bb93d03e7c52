import { Component, type ErrorInfo, type ReactNode } from 'react'
import { EntryFrame } from './entry/entry-frame.tsx'

interface FaultBoundaryProps {
  readonly children: ReactNode
}

/**
 * Catches a fault of the page itself. It names the fault, says that the ledger is untouched, and reloads on request; the
 * door keeps the ledger open meanwhile.
 */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly fault: Error | null }> {
  override state: { readonly fault: Error | null } = { fault: null }

  static getDerivedStateFromError(fault: Error): { readonly fault: Error } {
    return { fault }
  }

  override componentDidCatch(fault: Error, info: ErrorInfo): void {
    console.error(fault, info.componentStack)
  }

  override render(): ReactNode {
    const { fault } = this.state
    if (!fault) return this.props.children
    return (
      <EntryFrame>
        <h1>This screen stopped at a fault of ours</h1>
        <p>
          {fault.name}: {fault.message}
        </p>
        <p>
          Your ledger is not touched by it. Load the window anew to go on; if it happens again on the same screen, tell
          us these words.
        </p>
        <p>
          <button type="button" onClick={() => location.reload()}>
            Load the window anew
          </button>
        </p>
      </EntryFrame>
    )
  }
}
