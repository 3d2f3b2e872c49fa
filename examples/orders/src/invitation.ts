/** What to try with the application at this address. */
export function invitation(address: string): string {
  return `Listening on ${address}. Try:
  curl ${address}/health
  curl ${address}/orders --json '{ "customer": "ada", "article": "teapot", "quantity": 2 }'
  curl ${address}/orders?customer=ada`;
}
