import { setNonce } from 'get-nonce'

/** The nonce of this response's style-src, written into the page by the door; empty where there is none. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

if (styleNonce) setNonce(styleNonce)
