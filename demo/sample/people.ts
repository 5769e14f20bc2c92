/** Somebody of the fictional company, with the accounts that the stand-in trackers know. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  /** GitHub login and number; `null` = has no account there. */
  readonly github: { readonly login: string; readonly id: number } | null
  /** Jira account id. */
  readonly jira: string | null
  /** Per hour in the plans' currency; `null` = nobody agreed one. */
  readonly rate: number | null
  /** Hours a day that can be planned; `null` = is no resource of any plan. */
  readonly capacity: number | null
}

export const PEOPLE: readonly Person[] = [
  person('lena', 'Lena Brandt', 'Delivery lead', 'lena-brandt', '5e0c41aa97f2b6001c3d1001', 98, 6),
  person('ana', 'Ana Kovač', 'Front-end developer', 'ana-k', '5e0c41aa97f2b6001c3d1002', 95, 6),
  person('jonas', 'Jonas Weber', 'Back-end developer', null, '5e0c41aa97f2b6001c3d1003', 92, 7),
  person('mira', 'Mira Okafor', 'Payments engineer', null, '5e0c41aa97f2b6001c3d1004', 96, 7),
  person('priya', 'Priya Nair', 'Quality engineer', null, '5e0c41aa97f2b6001c3d1005', 78, 7),
  person('tomas', 'Tomáš Havel', 'Data engineer', null, '5e0c41aa97f2b6001c3d1006', 94, 7),
  person('ines', 'Inês Duarte', 'Data engineer', null, '5e0c41aa97f2b6001c3d1007', 90, 7),
  person('yusuf', 'Yusuf Aydın', 'Analytics engineer', null, '5e0c41aa97f2b6001c3d1008', 88, 7),
  person('noor', 'Noor Haddad', 'Data engineer', null, '5e0c41aa97f2b6001c3d1009', 91, 7),
  person('marek', 'Marek Nowak', 'Back-end developer', 'marek-nowak', '5e0c41aa97f2b6001c3d1010', 89, 7),
  person('felix', 'Felix Sommer', 'iOS developer', 'fsommer', null, 97, 6),
  person('chloe', 'Chloé Martin', 'Android developer', 'chloe-m', null, 93, 6),
  person('rosa', 'Rosa Lindqvist', 'Front-end developer, Nordlicht Studio', 'rosa-nordlicht', null, 82, 7),
  person('pieter', 'Pieter de Wit', 'Front-end developer, Nordlicht Studio', 'pieter-nordlicht', null, 82, 7),
  // Helps out for a few hours; nobody agreed a rate, so the cost of those hours is not known.
  person('emil', 'Emil Haas', 'Working student', null, '5e0c41aa97f2b6001c3d1015', null, null),
]

/** Things that cost money when somebody enters it. */
export const EQUIPMENT: readonly { readonly id: string; readonly name: string; readonly ratePerDay: number }[] = [
  { id: 'device-rack', name: 'Device rack', ratePerDay: 140 },
  { id: 'load-rig', name: 'Load generator', ratePerDay: 220 },
]

export const personOf = (id: string): Person => {
  const found = PEOPLE.find((candidate) => candidate.id === id)
  if (!found) throw new RangeError(`nobody in the sample is called ${id}`)
  return found
}

function person(
  id: string,
  name: string,
  role: string,
  login: string | null,
  jira: string | null,
  rate: number | null,
  capacity: number | null,
): Person {
  const github =
    login === null
      ? null
      : { login, id: 7_340_000 + ([...id].reduce((sum, c) => sum * 7 + c.charCodeAt(0), 0) % 90_000) }
  return { id, name, email: `${id}@acme.test`, role, github, jira, rate, capacity }
}
