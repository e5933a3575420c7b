import { computed, ref } from 'vue'
import { call, newKey, type Input } from './http'
import { Problem } from './problem'
import type { Operations } from './types'

/** Does one thing after the other: what is tapped while something is under way is done when its turn comes, and not lost. */
export function inTurn() {
  let last: Promise<void> = Promise.resolve()
  return (act: () => Promise<void>) => (last = last.then(act, act))
}

/**
 * Something that the customer does once: a button that writes. While it runs it cannot be started again; when nobody knows whether it was
 * carried out, the same request goes out with the same key, so that pressing again does not do it twice.
 */
export function useAction<N extends keyof Operations>(name: N) {
  const running = ref(false)
  const problem = ref<Problem | null>(null)
  let kept: { key: string; request: string } | null = null

  /** Does it; null when it failed (see `problem`) or is under way. */
  async function run(input: Omit<Input<N>, 'key'>): Promise<{ answer: Operations[N]['answer'] } | null> {
    if (running.value) return null
    const request = JSON.stringify(input)
    if (kept?.request !== request) kept = { key: newKey(), request }
    running.value = true
    problem.value = null
    try {
      const answer = await (call as (name: N, input: object) => Promise<Operations[N]['answer']>)(name, { ...input, key: kept.key })
      kept = null
      return { answer }
    } catch (thrown) {
      problem.value = Problem.from(thrown)
      if (!problem.value.isUndecided) kept = null
      return null
    } finally {
      running.value = false
    }
  }

  return { run, running, problem, message: computed(() => problem.value?.message ?? '') }
}
