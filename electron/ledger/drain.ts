/** Does all steps of a piece of work at once, for callers that have nothing to do between them. */
export function drain<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
