import { download } from '@/api/http'
import { platform } from '@/platform'

/**
 * Brings the copy of everything: a browser saves it among its downloads, the mini-program hands it on to a chat of the customer's own.
 * @throws Problem
 */
export async function exportMyData(): Promise<void> {
  const file = await download('ExportMyData')
  if (platform.isMiniProgram) return new Promise((resolve, reject) => wx.shareFileMessage({ filePath: file, fileName: 'my-data.zip', success: () => resolve(), fail: reject }))
  const link = document.createElement('a')
  link.href = file
  link.download = 'my-data.zip'
  link.click()
}
