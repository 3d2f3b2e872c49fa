import { type EventHandler, Result } from "@phasewise/runtime";

/** Handles `billing.invoice-paid`: put what is to happen then in place of this check. */
export const sendReceipt: EventHandler<"billing.invoice-paid"> = async ({ data: { id } }) => {
  if (id.trim() === "") return Result.error("EMPTY_ID", "billing.invoice-paid has no id.");
  return Result.success(undefined);
};
