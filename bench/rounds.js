/**
 * Measures the cases in turns: each round has every case once, and begins with another one. The first rounds only warm up.
 *
 * @template Case, Measurement
 * @param {readonly Case[]} cases
 * @param {number} rounds
 * @param {(subject: Case) => Promise<Measurement>} measure
 * @param {number} warmUps
 * @returns {Promise<{ subject: Case, measured: Measurement[] }[]>} the measurements of each case, one a round
 */
export async function measureInRounds(cases, rounds, measure, warmUps = 1) {
  const all = cases.map((subject) => ({ subject, measured: /** @type {Measurement[]} */ ([]) }));
  for (let round = -warmUps; round < rounds; round++) {
    const first = (round + warmUps) % all.length;
    for (const { subject, measured } of [...all.slice(first), ...all.slice(0, first)]) {
      const measurement = await measure(subject);
      if (round >= 0) measured.push(measurement);
    }
  }
  return all;
}
