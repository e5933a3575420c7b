import { texts } from '@/texts'

/** Why a request brought nothing. */
export type ProblemKind =
  /** No connection: nothing is known about the request. */
  | 'offline'
  /** No answer in time: it may have been carried out. */
  | 'timeout'
  /** Not signed in, or not any more. */
  | 'signed-out'
  /** The host refuses, for a reason that the customer can act on. */
  | 'refused'
  /** The host cannot at the moment. */
  | 'down'

/** A request that brought nothing. Its message is what the customer reads. */
export class Problem extends Error {
  /**
   * @param kind Why.
   * @param message What the customer reads.
   * @param code The host's stable code; empty when the host did not speak.
   * @param field The field that is to blame, as the request named it.
   * @param details The whole of the host's problem details.
   */
  constructor(
    readonly kind: ProblemKind,
    message: string,
    readonly code = '',
    readonly field: string | null = null,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message)
  }

  /** May the request have been carried out, although nothing came back? Then its key must be used again. */
  get isUndecided(): boolean {
    return this.kind === 'offline' || this.kind === 'timeout' || this.kind === 'down'
  }

  /** Reads an answer that is no success. */
  static of(status: number, body: unknown): Problem {
    const details = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
    const code = typeof details.code === 'string' ? details.code : ''
    const field = typeof details.field === 'string' ? details.field : null
    const title = typeof details.title === 'string' && details.code ? details.title : ''
    if (status === 401) return new Problem('signed-out', title || texts.problem.signedOut, code)
    if (status >= 500) return new Problem('down', title || texts.problem.down, code, field, details)
    return new Problem('refused', title || texts.problem.refused, code, field, details)
  }

  /** Whatever was thrown, as a problem. */
  static from(thrown: unknown): Problem {
    return thrown instanceof Problem ? thrown : new Problem('down', texts.problem.unexpected)
  }
}
