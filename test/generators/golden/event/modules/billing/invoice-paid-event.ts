/** What `billing.invoice-paid` tells: put what its handlers need beside the id. */
export interface InvoicePaid {
  readonly id: string;
}
