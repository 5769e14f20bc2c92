import type { Assets } from '../assets.ts'
import { setupAddress, setupSourcesAddress } from '../components/address.ts'
import { type FieldProblem, ProblemSummary, TextField } from '../components/fields.tsx'
import { PERMISSIONS } from '../components/permissions.ts'
import { SetupLayout } from '../components/setup-layout.tsx'

/** A setting that a tracker needs; the shape of the tracker port's `SettingKey`. */
export interface ConnectKey {
  readonly name: string
  readonly help: string
  readonly required?: boolean
  readonly secret?: boolean
}

export interface SetupConnectProps {
  readonly assets: Assets
  readonly trackers: readonly { readonly kind: string; readonly title: string; readonly keys: readonly ConnectKey[] }[]
  /** Kind of the tracker whose form is shown: `?tracker=jira`. */
  readonly chosen: string
  /** What was entered, by field name; secrets are never given back. */
  readonly values: Readonly<Record<string, string>>
  readonly problems: readonly FieldProblem[]
  readonly connections: readonly { readonly id: string; readonly title: string; readonly url: string }[]
}

/** Step 1. Posts `tracker`, `id` and one field per setting key to the same address. */
export const SetupConnectPage = ({ assets, trackers, chosen, values, problems, connections }: SetupConnectProps) => {
  const tracker = trackers.find(({ kind }) => kind === chosen) ?? trackers[0]
  const permissions = PERMISSIONS[tracker?.kind ?? '']
  const usual = tracker?.keys.filter(({ name }) => !RARE.includes(name)) ?? []
  const rare = tracker?.keys.filter(({ name }) => RARE.includes(name)) ?? []
  const field = (key: ConnectKey) => (
    <TextField
      name={key.name}
      label={LABELS[key.name] ?? key.name}
      help={key.help}
      problems={problems}
      value={key.secret ? '' : (values[key.name] ?? '')}
      type={key.secret ? 'password' : key.name === 'url' ? 'url' : 'text'}
      required={key.required ?? false}
    />
  )
  return (
    <SetupLayout assets={assets} step={1}>
      <p>
        Nobody has to sign in yet, so Plumbline listens on this machine only, unless it was started with{' '}
        <code>--allow-remote</code>. Everything below can also be set up from a file:{' '}
        <code>npm run plumbline -- apply -f plumbline.yaml</code>.
      </p>
      {connections.length > 0 && (
        <section class="card" aria-labelledby="connections">
          <h2 id="connections">Connected</h2>
          <ul class="plain">
            {connections.map(({ id, title, url }) => (
              <li>
                <a href={setupSourcesAddress(id)}>{id}</a> <span class="of">{`${title}, ${url}`}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <nav class="tabs" aria-label="Trackers">
        {trackers.map(({ kind, title }) => (
          <a
            href={`${setupAddress()}?tracker=${encodeURIComponent(kind)}`}
            {...(kind === tracker?.kind ? { 'aria-current': 'true' as const } : {})}
          >
            {title}
          </a>
        ))}
      </nav>
      <ProblemSummary problems={problems} fields={['id', ...(tracker?.keys.map(({ name }) => name) ?? [])]} />
      <div class="beside">
        <form method="post" class="card setup">
          <input type="hidden" name="tracker" value={tracker?.kind ?? ''} />
          <TextField
            name="id"
            label="Name of the connection"
            help="Lower-case letters, digits and dashes. It becomes part of the webhook’s address."
            problems={problems}
            value={values.id ?? ''}
            required
          />
          {usual.map(field)}
          {rare.length > 0 && (
            <details>
              <summary>More settings</summary>
              {rare.map(field)}
            </details>
          )}
          <button type="submit" class="primary">
            Connect
          </button>
        </form>
        {permissions !== undefined && (
          <section class="card" aria-labelledby="token">
            <h2 id="token">The token: read-only</h2>
            <p>{permissions.where}</p>
            <ul>
              {permissions.tick.map((tick) => (
                <li>{tick}</li>
              ))}
            </ul>
            <p>Plumbline never writes to a tracker. Secrets are stored sealed and are not shown again.</p>
            <h2>The webhook: optional</h2>
            <p>
              Without one, changes are found by polling. With one they are here within seconds: send it to{' '}
              <code>/webhooks/NAME-OF-THE-CONNECTION</code> at this server’s public address.
            </p>
            <p>{permissions.webhook}</p>
          </section>
        )}
      </div>
    </SetupLayout>
  )
}

const RARE: readonly string[] = ['formerWebhookSecrets', 'timeoutSeconds', 'privateKey', 'appId', 'installationId']

const LABELS: Readonly<Record<string, string>> = {
  url: 'Address of the tracker',
  token: 'Token',
  email: 'E-mail of the account',
  webhookSecret: 'Webhook secret',
  formerWebhookSecrets: 'Former webhook secrets',
  timeoutSeconds: 'Seconds that a call may take',
  deployment: 'Deployment',
}
