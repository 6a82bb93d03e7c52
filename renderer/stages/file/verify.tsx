import { Button, Text } from '@mantine/core'
import { wordsOf } from '../../app/errors.ts'
import { useCall } from '../../app/queries.ts'
import { Icon } from '../../components/icon.tsx'
import styles from './file.module.css'

/** Runs every check of the ledger on demand and says which held. */
export function Verify() {
  const verify = useCall(({ engine }, _: null) => engine.check.verify())
  return (
    <>
      <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate(null)}>
        {verify.data ? 'Check again' : 'Check now'}
      </Button>
      {verify.error ? (
        <Text mt="xs" c="red">
          {wordsOf(verify.error)}
        </Text>
      ) : null}
      {verify.data ? (
        <>
          <Text mt="sm" mb="xs" role="status">
            {verify.data.ok
              ? 'Everything adds up.'
              : 'Something does not add up. What failed is named below; nothing was changed.'}
          </Text>
          <ul className={styles.checks}>
            {verify.data.checks.map((check) => (
              <li key={check.name} className={styles.check}>
                <span
                  className={check.ok ? styles.good : styles.bad}
                  role="img"
                  aria-label={check.ok ? 'holds' : 'fails'}
                >
                  <Icon name={check.ok ? 'check' : 'close'} size={14} />
                </span>
                <span>{check.name}</span>
                <span className={styles.detail}>{check.detail}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}
