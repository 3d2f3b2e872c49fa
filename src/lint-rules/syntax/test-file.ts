/** Is it a file of tests, stories or benchmarks by its name? */
export function isTestFile(filename: string): boolean {
  return /[.-](?:test|spec|test-d|bench|stories)\.[cm]?[jt]sx?$|[\\/]__(?:tests|mocks)__[\\/]/.test(filename);
}
