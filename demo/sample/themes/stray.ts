/** Work that belongs to no plan: every tracker has some. */
export const STRAY_TITLES: Readonly<Record<string, readonly string[]>> = {
  'acme/web': [
    'Update the copyright year in the footer',
    'Upgrade the bundler',
    'Favicon is blurred on high-density screens',
    'Remove the Christmas banner',
    'Broken link to the size chart',
    'Move the job page to the careers system',
    'Try the new linter',
    'Cookie text: comma missing',
    'Seasonal landing page for sandals',
  ],
  CORE: [
    'Rename the CI runners',
    'Gift card stock report for the stores',
    'Upgrade the message broker',
    'One-off export for the tax office',
    'Product feed for the new marketplace',
    'Clean up old feature switches',
    'Answer the supplier’s security questionnaire',
  ],
  DATA: [
    'One-off list of customers affected by the recall',
    'Help the Lyon store with their spreadsheet',
    'Renew the map licence',
    'Figures for the sustainability report',
    'Upgrade the notebook server',
  ],
  'acme/mobile': [
    'Test phone is missing from the drawer',
    'Wallpaper for the trade fair',
    'Try the new simulator',
    'Update the screenshots in the wiki',
    'Old app: extend the certificate',
    'Old app: wrong opening hours in Graz',
  ],
  APP: [
    'Move logs to the new region',
    'Renew the TLS certificate',
    'Database minor upgrade',
    'Clean up test devices in staging',
  ],
}
