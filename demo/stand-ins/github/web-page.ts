import type { GitHubState } from './state.ts'

/** What `html_url` of an issue, a pull request or a milestone leads to. */
export const WEB_PAGE = /^\/(?!repos\/)[^/]+\/[^/]+\/(issues|pull|milestone)\/\d+$/

/** A page that says what it stands for, with its status. */
export const webPage = (state: GitHubState, path: string): [string, 200 | 404] => {
  const [, , , kind, number] = path.split('/')
  const known = kind === 'milestone' ? state.milestones : state.issues
  const title = known.get(Number(number))?.title
  const text = (title ?? 'Not found').replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const html = `<!doctype html><title>${text}</title><h1>${text}</h1><p>${path} of the stand-in GitHub.</p>`
  return [html, title === undefined ? 404 : 200]
}
