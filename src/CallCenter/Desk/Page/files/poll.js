// Asks again every few seconds while the page is looked at, and keeps the last answer on the screen when a try fails.

/** @returns a function that ends the polling */
export function poll(load, failed, seconds = 4) {
  let timer = null;
  let ended = false;
  const round = async () => {
    clearTimeout(timer);
    try {
      await load();
    } catch (problem) {
      if (!ended) failed(problem);
    }
    clearTimeout(timer); // a round that began meanwhile goes on as this one
    if (!ended) timer = setTimeout(() => (document.hidden ? null : round()), seconds * 1000);
  };
  const shown = () => { if (!document.hidden && !ended) round(); };
  document.addEventListener('visibilitychange', shown);
  round();
  return () => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', shown);
  };
}

/**
 * Of several answers under way only the one that was asked for last counts: an older one says what was.
 * @returns a function that begins a turn, and gives one that tells whether that turn is still the last
 */
export function turns() {
  let last = 0;
  return () => {
    const mine = ++last;
    return () => mine === last;
  };
}
