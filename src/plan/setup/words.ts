export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** What a mapping rule can match, in the order in which it is written. */
export const RULE_KEYS = [
  'source',
  'milestone',
  'epic',
  'parent',
  'label',
  'type',
  'component',
  'sprint',
  'key',
  'title',
] as const
