import { hashRaw } from '@node-rs/argon2'

/** The library's number for Argon2id; its enum is ambient and cannot be imported. */
const ARGON2ID = 2
export const KEY_BYTES = 32
export const SALT_BYTES = 16

/** How a passphrase becomes a key. The file's first 16 bytes are the salt; nothing in the file says which format it is. */
export interface KeyFormat {
  readonly id: number
  readonly memoryKiB: number
  readonly passes: number
  readonly lanes: number
}

/** Newest last. A later format is added here; opening tries the newest first, then each older one. */
export const KEY_FORMATS: readonly KeyFormat[] = [{ id: 1, memoryKiB: 65_536, passes: 3, lanes: 1 }]
export const NEWEST_FORMAT: KeyFormat = KEY_FORMATS[KEY_FORMATS.length - 1] as KeyFormat

/**
 * A ledger's key and salt in one block of shared memory, so that worker threads read the same bytes and `destroy` zeroes
 * them for all. Never turned into a string except for the recovery sheet and the keychain.
 */
export class KeyMaterial {
  /** Key (32 bytes), then salt (16). To be posted to workers as it is; `keyFromShared` takes it there. */
  readonly shared: SharedArrayBuffer
  readonly #bytes: Buffer

  constructor(shared: SharedArrayBuffer) {
    this.shared = shared
    this.#bytes = Buffer.from(shared)
  }

  /** A view, not a copy. */
  get key(): Buffer {
    return this.#bytes.subarray(0, KEY_BYTES)
  }

  /** A view, not a copy: the first 16 bytes of the ledger file. */
  get salt(): Buffer {
    return this.#bytes.subarray(KEY_BYTES)
  }

  get destroyed(): boolean {
    return this.key.every((byte) => byte === 0)
  }

  /** Zeroes key and salt, here and in every worker that was given `shared`. */
  destroy(): void {
    this.#bytes.fill(0)
  }
}

/** Copies key and salt into key material and zeroes what was copied from. */
export function keyMaterial(key: Uint8Array, salt: Uint8Array): KeyMaterial {
  if (key.length !== KEY_BYTES || salt.length !== SALT_BYTES) throw new Error('a key has 32 bytes, a salt 16')
  const material = new KeyMaterial(new SharedArrayBuffer(KEY_BYTES + SALT_BYTES))
  material.key.set(key)
  material.salt.set(salt)
  key.fill(0)
  return material
}

/** The key of `shared`, in a worker thread. */
export const keyFromShared = (shared: SharedArrayBuffer): KeyMaterial => new KeyMaterial(shared)

/**
 * Argon2id over the NFKC form of the passphrase and the file's salt. Some 150 ms on a thread of its own. NFKC, so that a
 * passphrase typed on another keyboard or system is the same.
 */
export async function deriveKey(passphrase: string, salt: Uint8Array, format: KeyFormat): Promise<KeyMaterial> {
  const secret = Buffer.from(passphrase.normalize('NFKC'), 'utf8')
  const key = await hashRaw(secret, {
    algorithm: ARGON2ID,
    memoryCost: format.memoryKiB,
    timeCost: format.passes,
    parallelism: format.lanes,
    outputLen: KEY_BYTES,
    salt,
  })
  secret.fill(0)
  return keyMaterial(key, salt)
}
