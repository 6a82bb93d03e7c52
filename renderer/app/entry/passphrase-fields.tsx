import { PasswordInput } from '@mantine/core'
import styles from './entry.module.css'
import { strengthOf } from './passphrase-strength.ts'

interface PassphraseFieldsProps {
  readonly passphrase: string
  readonly again: string
  readonly label?: string
  readonly onPassphrase: (text: string) => void
  readonly onAgain: (text: string) => void
}

/** A new passphrase, twice, with its strength said in words. */
export function PassphraseFields({ passphrase, again, label, onPassphrase, onAgain }: PassphraseFieldsProps) {
  const strength = strengthOf(passphrase)
  const differs = again.length > 0 && again !== passphrase
  return (
    <>
      <div>
        <PasswordInput
          label={label ?? 'Passphrase'}
          value={passphrase}
          onChange={(event) => onPassphrase(event.currentTarget.value)}
          autoComplete="new-password"
          required
          withAsterisk={false}
          aria-describedby="passphrase-strength"
        />
        <p className={styles.strength} id="passphrase-strength" aria-live="polite">
          {strength.advice}
        </p>
      </div>
      <PasswordInput
        label="The same again"
        value={again}
        onChange={(event) => onAgain(event.currentTarget.value)}
        autoComplete="new-password"
        required
        withAsterisk={false}
        error={differs ? 'The two are not the same yet.' : undefined}
      />
    </>
  )
}
