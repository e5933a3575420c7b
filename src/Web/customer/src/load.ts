import { computed, ref, shallowRef } from 'vue'
import { Problem } from '@/api/problem'

/** How it stands with what a page shows. */
export type Stage = 'idle' | 'loading' | 'ready' | 'empty' | 'error' | 'offline' | 'signed-out'

/**
 * Loads what a page shows and tells how it stands. Of several loads under way only the last one counts.
 * @param fetch Brings it; it may throw a Problem.
 * @param isEmpty Whether there is nothing to show.
 */
export function useLoad<T, A extends unknown[]>(fetch: (...input: A) => Promise<T>, isEmpty: (value: T) => boolean = () => false) {
  const data = shallowRef<T | null>(null)
  const problem = ref<Problem | null>(null)
  const stage = ref<Stage>('idle')
  let last: A | null = null
  let turn = 0

  async function load(...input: A): Promise<void> {
    const mine = ++turn
    last = input
    problem.value = null
    // What is already on the screen stays there while it is asked for again.
    if (data.value === null) stage.value = 'loading'
    try {
      const value = await fetch(...input)
      if (mine !== turn) return
      data.value = value
      stage.value = isEmpty(value) ? 'empty' : 'ready'
    } catch (thrown) {
      if (mine !== turn) return
      problem.value = Problem.from(thrown)
      stage.value = problem.value.kind === 'signed-out' ? 'signed-out' : problem.value.kind === 'offline' ? 'offline' : 'error'
    }
  }

  return {
    data, problem, stage, load,
    message: computed(() => problem.value?.message ?? ''),
    /** Once more what was asked for last. */
    retry: () => (last ? load(...last) : Promise.resolve()),
    /** Back to the beginning: nothing is shown. */
    clear() {
      turn++
      data.value = null
      problem.value = null
      stage.value = 'idle'
    },
  }
}
