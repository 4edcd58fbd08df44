/** Names one after the other, round and round; those that do not run are passed over. Undefined while none runs. */
export function inTurn(names: readonly string[], runs: (name: string) => boolean): () => string | undefined {
  let turn = 0;
  return () => {
    const running = names.filter(runs);
    return running[turn++ % running.length];
  };
}
