import type { Theme } from './theme.ts'

/** Work on the mobile app. */
export const groundwork: Theme = {
  single: [
    'Decide native or cross-platform, with a two-week trial of both',
    'Set up signing so that nobody owns the certificate alone',
    'Build both apps on every push',
    'Open the store accounts in the company’s name',
    'Choose the oldest systems that we support',
    'Crash reporting that respects consent',
    'Share colours, type and spacing with the web',
    'Draw the navigation with five tabs or fewer',
    'Agree on a release train of two weeks',
    'Write down what the app may store',
    'Measure the start time on every build',
    'Pick fonts that exist on both systems',
  ],
  things: [
    'networking',
    'image loading',
    'navigation',
    'local storage',
    'logging',
    'feature switches',
    'translations',
    'deep links',
  ],
  work: [
    'Lay the base for {} on iOS',
    'Lay the base for {} on Android',
    'Write a testing guide for {}',
    'Try {} on the slowest device of the rack',
    'Review {} with the web team',
    'Document {} in the handbook',
  ],
  bugs: ['Build breaks on {} after the tool update', 'Leak in {} on rotation'],
}

export const shopping: Theme = {
  single: [
    'Open a product from a QR code in the store',
    'Zoom into product pictures with two fingers',
    'Remember where the customer was after a phone call',
    'Show the nearest store that has my size',
    'Compare up to three products',
    'Share a product with a preview picture',
    'Hide products that cannot be delivered',
    'Pay with the phone’s wallet in two taps',
  ],
  things: [
    'the home screen',
    'search',
    'category pages',
    'product pages',
    'size advice',
    'the wish list',
    'reviews',
    'filters',
    'the cart',
    'checkout',
    'order tracking',
    'store finder',
  ],
  work: [
    'Build {} for iOS',
    'Build {} for Android',
    'Support large type in {}',
    'Support dark mode in {}',
    'Write interface tests for {}',
    'Add loading and error states to {}',
    'Measure taps and exits in {}',
    'Use the tablet layout in {}',
  ],
  bugs: [
    'Jumping scroll position in {}',
    'Crash in {} on Android 12',
    'Keyboard covers the button in {}',
    'Slow start of {} without Wi-Fi',
  ],
}

export const membership: Theme = {
  single: [
    'Sign in with face or fingerprint',
    'Show the membership card without network',
    'Collect points at the till with the phone',
    'Change the e-mail address with a second factor',
    'Delete the account from within the app',
    'Show receipts from the store',
  ],
  things: [
    'sign-in',
    'registration',
    'the profile',
    'the points balance',
    'coupons',
    'returns',
    'saved addresses',
    'payment methods',
    'notification settings',
    'invitations',
  ],
  work: [
    'Build {} for iOS',
    'Build {} for Android',
    'Connect {} to the membership service',
    'Protect {} with the system key store',
    'Write interface tests for {}',
    'Explain {} on first use',
    'Support screen readers in {}',
  ],
  bugs: ['Wrong language in {} after an update', 'Empty {} after signing in again', 'Two requests at once from {}'],
}

export const offline: Theme = {
  single: [
    'Ask for push permission at a good moment',
    'Resume a checkout that lost the network',
    'Keep the last twenty products readable offline',
    'Let customers mute price alerts at night',
  ],
  things: [
    'the wish list',
    'order status',
    'price alerts',
    'coupons',
    'the membership card',
    'store hours',
    'back-in-stock alerts',
  ],
  work: [
    'Store {} on the device',
    'Send push messages for {}',
    'Sync {} when the network returns',
    'Resolve conflicts in {}',
    'Limit the storage that {} may use',
    'Test {} in flight mode',
  ],
  bugs: ['Old {} shown after a sync', 'Two pushes at once for {}', 'Battery drain from {} in the background'],
}

export const backend: Theme = {
  single: [
    'One endpoint that feeds the home screen',
    'Version the API from the first day',
    'Refuse apps older than six months, kindly',
    'Issue device tokens and revoke them',
    'Answer in 200 ms from Lisbon and Warsaw',
    'Throttle per device',
  ],
  things: [
    'product lists',
    'the cart',
    'coupons',
    'order status',
    'push registrations',
    'the points balance',
    'store stock',
  ],
  work: [
    'Serve {} to the app',
    'Cache {} at the edge',
    'Write contract tests for {} with both apps',
    'Shrink the payload of {}',
  ],
  bugs: ['Stale {} from the edge after a price change'],
}

export const release: Theme = {
  single: [
    'Release: pictures and texts for both stores',
    'Release: privacy labels and data declarations',
    'Release: closed beta with two hundred members',
    'Release: accessibility statement',
    'Release: rehearse a rejected review',
    'Release: staged roll-out at one, ten and fifty percent',
    'Release: legal review of push messages',
    'Release: answer book for customer service',
  ],
  things: ['Germany', 'Austria', 'France', 'Poland', 'the Netherlands', 'Denmark'],
  work: ['Release: store listing for {}', 'Release: prices and coupons checked in {}', 'Release: beta group in {}'],
  bugs: ['Release: wrong age rating in {}'],
}
