/** The topic of orders that were accepted. The id of a message is that of its order. */
export const orderPlacedTopic = "orders.placed";

/** What the messages say. */
export interface OrderPlaced {
  readonly orderId: string;
  /** The trace that the order was placed in, as W3C Trace Context writes it. */
  readonly traceparent?: string | undefined;
}
