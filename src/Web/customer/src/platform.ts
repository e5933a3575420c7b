/** What differs between a browser and the mini-program, in one place: both halves are always compiled and checked. */
interface Platform {
  /** Address of the host without a path; empty in a browser, whose pages come from it. */
  readonly site: string
  /** Is this WeChat's mini-program? */
  readonly isMiniProgram: boolean
  /** Is this a page inside WeChat's own browser? */
  readonly isInWechat: boolean
  /** Can a code be scanned with the camera here? */
  readonly canScan: boolean
  /** What brought the customer here, as the link said (`via=chat`). */
  cameFrom: string
}

let isBrowser = false
// #ifdef H5
isBrowser = true
// #endif

const agent = isBrowser ? navigator.userAgent : ''

export const platform: Platform = {
  site: isBrowser ? '' : (import.meta.env.VITE_SITE ?? ''),
  isMiniProgram: !isBrowser,
  isInWechat: /MicroMessenger/i.test(agent),
  canScan: !isBrowser || /MicroMessenger/i.test(agent),
  cameFrom: '',
}
