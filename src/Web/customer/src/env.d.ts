/// <reference types="vite/client" />
/// <reference types="@dcloudio/types" />

interface ImportMetaEnv {
  /** Where the mini-program reaches our host: https://wx.example.com. Pages in a browser ask the host that they came from. */
  readonly VITE_SITE?: string
}

/** What only WeChat's mini-program has. */
declare const wx: {
  chooseMessageFile(options: { count: number; type: 'file'; extension: string[]; success: (chosen: { tempFiles: { path: string }[] }) => void }): void
  shareFileMessage(options: { filePath: string; fileName: string; success: () => void; fail: (error: unknown) => void }): void
}

declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<{}, {}, any>
  export default component
}
