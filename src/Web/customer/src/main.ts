import { createSSRApp } from 'vue'
import App from './App.vue'

// #ifdef H5
// A link that is followed while the pages are open changes the address only, and uni would show the page that it knows, with the old
// question. Such an entry of the history has no state yet: the router's own ones have.
addEventListener('popstate', (event) => event.state === null && location.reload())
// #endif

/** What uni calls on both platforms. */
export function createApp() {
  return { app: createSSRApp(App) }
}
