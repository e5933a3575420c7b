import { call } from '@/api/http'
import { platform } from '@/platform'
import { texts } from '@/texts'

/** Asks at the start whether this version is still served and offers the newer one; a browser gets it by loading the page anew. */
export async function checkVersion(): Promise<void> {
  const standing = await call('ShowAppVersion', { query: {} }).catch(() => null)
  if (!standing || standing.state === 'current') return
  const mustUpdate = standing.state === 'upgrade_required'
  uni.showModal({
    title: texts.version.title, content: [standing.text, standing.news].filter(Boolean).join('\n'),
    confirmText: texts.version.update, cancelText: texts.version.later, showCancel: !mustUpdate,
    success: ({ confirm }) => confirm && update(),
  })
}

function update(): void {
  if (!platform.isMiniProgram) return location.reload()
  const manager = uni.getUpdateManager()
  manager.onUpdateReady(() => manager.applyUpdate())
}
