import { version } from '../package.json'
import { platform } from '@/platform'

const place = 'courier.device'

/** What each request says about the app that sends it. */
export const aboutThisApp = (): Record<string, string> => ({
  'X-Courier-App': `${platform.isMiniProgram ? 'mp-weixin' : 'h5'}/${version}`,
  'X-Courier-Device': device(),
})

let known = ''

/** An id that this device makes for itself once; it says nothing about anybody. */
function device(): string {
  known ||= String(uni.getStorageSync(place) || '')
  if (!known) {
    const part = () => Math.floor(Math.random() * 0x1_0000_0000).toString(36)
    known = `d-${Date.now().toString(36)}${part()}${part()}`
    uni.setStorageSync(place, known)
  }
  return known
}
