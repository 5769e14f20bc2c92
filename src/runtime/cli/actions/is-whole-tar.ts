const BLOCK = 512

/**
 * Whether every header of a tar has its sum, up to the empty block that ends it (POSIX ustar).
 *
 * PGlite takes a tar with a wrong header for a compressed one, and then fails where nobody can catch it.
 */
export const isWholeTar = (bytes: Uint8Array): boolean => {
  let at = 0
  while (at + BLOCK <= bytes.length) {
    const header = bytes.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) return at > 0
    const size = octal(header.subarray(124, 136))
    if (octal(header.subarray(148, 156)) !== sumOf(header) || Number.isNaN(size)) return false
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return false
}

/** Numbers in a header are octal digits, ended by a space or a NUL. */
const octal = (field: Uint8Array): number => Number.parseInt(new TextDecoder('latin1').decode(field), 8)

/** The field of the sum itself counts as eight spaces. */
const sumOf = (header: Uint8Array): number =>
  header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0)
