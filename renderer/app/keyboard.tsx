import { Kbd, Modal, Table } from '@mantine/core'
import { Fragment, useEffect } from 'react'
import { useUndo } from './acts.tsx'
import { MOD } from './platform.ts'
import { goTo, SCREENS } from './screens.ts'
import { shared } from './shared-value.ts'
import { closeTrace } from './trace-store.ts'

const helpOpen = shared(false)

/** Shows the list of shortcuts. */
export function showShortcuts(): void {
  helpOpen.set(true)
}

const SHORTCUTS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [[MOD, 'K'], 'Command palette'],
  [[MOD, 'Z'], 'Undo the latest act'],
  [[MOD, 'Shift', 'Z'], 'Do it again'],
  [['j'], 'Next in the list'],
  [['k'], 'Previous in the list'],
  [['Enter'], 'Accept, or open the row'],
  [['Backspace'], 'Reject'],
  [['x'], 'Tick the event'],
  [['/'], 'Search this list'],
  [['Esc'], 'Close the trace'],
  [['0', '…', '4'], 'The stages'],
  [['l'], 'Ledger'],
  [['t'], 'Tax'],
  [['r'], 'Reports'],
  [[','], 'Settings'],
  [['?'], 'This list'],
]

/** Whether a key press belongs to a field or a dialog rather than to the page. */
export function belongsToField(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
  )
}

/** Keys that work on every screen, and the list of them. */
export function Keyboard() {
  const { undo, redo } = useUndo()
  const open = helpOpen.use()
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (belongsToField(event) || event.defaultPrevented) return
      const mod = event.metaKey || event.ctrlKey
      if (mod && event.key.toLowerCase() === 'z') {
        event.preventDefault()
        void (event.shiftKey ? redo() : undo())
        return
      }
      if (mod && event.key.toLowerCase() === 'y') {
        event.preventDefault()
        void redo()
        return
      }
      if (mod || event.altKey) return
      if (event.key === '?') showShortcuts()
      else if (event.key === 'Escape') closeTrace()
      else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('input[type="search"]')
        if (search) {
          event.preventDefault()
          search.focus()
        }
      } else {
        const screen = SCREENS.find((each) => each.key === event.key)
        if (screen) goTo(screen.path)
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [undo, redo])

  return (
    <Modal
      opened={open}
      onClose={() => helpOpen.set(false)}
      title="Keyboard"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>
          {SHORTCUTS.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Td w={140}>
                {keys.map((key) => (
                  <Fragment key={key}>
                    <Kbd size="xs">{key}</Kbd>{' '}
                  </Fragment>
                ))}
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
