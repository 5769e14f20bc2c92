/** Addresses of the built stylesheet and islands. */
export interface Assets {
  readonly css: string
  readonly islands: string
}

/** The part of vite's `manifest.json` that matters here. */
export type Manifest = Readonly<Record<string, { readonly file: string }>>

/**
 * Finds the built files in the manifest of `dist/client`.
 *
 * @throws Error when the manifest was made from other entries: the build is broken, not the input
 */
export const assetsOf = (manifest: Manifest): Assets => ({
  css: built(manifest, 'web/styles/plumbline.css'),
  islands: built(manifest, 'web/islands/main.ts'),
})

const built = (manifest: Manifest, entry: string): string => {
  const file = manifest[entry]?.file
  if (file === undefined) throw new Error(`web: ${entry} is not in the build's manifest: run npm run build`)
  return `/${file}`
}
