import type { ConnectionSecrets } from '../model/source.ts'
import { Fault } from '../model/fault.ts'

/** Encrypts and opens the secrets of connections with one key (AES-256-GCM; works on Node and on Workers). */
export interface Seal {
  seal(secrets: ConnectionSecrets): Promise<string>
  /** @throws Fault misconfigured when the key is not the one that sealed it */
  open(sealed: string | null): Promise<ConnectionSecrets>
}

/**
 * @param secret any text of 16 characters or more: `PLUMBLINE_SECRET` or the key file in the data folder
 */
export const sealWith = async (secret: string): Promise<Seal> => {
  if (secret.length < 16)
    throw new Fault('misconfigured', 'access: PLUMBLINE_SECRET is too short: use 16 characters or more')
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`plumbline seal 1\n${secret}`))
  const key = await crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['encrypt', 'decrypt'])
  return {
    async seal(secrets) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const plain = new TextEncoder().encode(JSON.stringify(secrets))
      const cipher = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain))
      return `1.${toBase64(iv)}.${toBase64(cipher)}`
    },
    async open(sealed) {
      if (sealed === null) return {}
      const [version, iv, cipher] = sealed.split('.')
      try {
        if (version !== '1' || !iv || !cipher) throw new Error('unknown form')
        const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(iv) }, key, fromBase64(cipher))
        return JSON.parse(new TextDecoder().decode(plain)) as ConnectionSecrets
      } catch (cause) {
        throw new Fault(
          'misconfigured',
          'access: stored tokens cannot be opened: PLUMBLINE_SECRET differs from the one they were sealed with. Set the former one, or apply the set-up again',
          { cause },
        )
      }
    },
  }
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
