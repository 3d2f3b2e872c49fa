/**
 * Measures the cases in turns: each round has every case once, and begins with another one. The first round only warms up.
 *
 * @template Case, Measurement
 * @param {readonly Case[]} cases
 * @param {number} rounds
 * @param {(subject: Case) => Promise<Measurement>} measure
 * @returns {Promise<{ subject: Case, measured: Measurement[] }[]>} the measurements of each case, one a round
 */
export async function measureInRounds(cases, rounds, measure) {
  const all = cases.map((subject) => ({ subject, measured: /** @type {Measurement[]} */ ([]) }));
  for (let round = 0; round <= rounds; round++) {
    const first = round % all.length;
    for (const { subject, measured } of [...all.slice(first), ...all.slice(0, first)]) {
      const measurement = await measure(subject);
      if (round > 0) measured.push(measurement);
    }
  }
  return all;
}
