import type { SecretMask } from "../settings/secret-mask.js";
import type { LogFields, Logger } from "./logger.js";

/** A logger that writes what this one does, without the secrets that the mask knows. */
export function maskLogger(logger: Logger, mask: SecretMask): Logger {
  const maskFields = (fields: LogFields | undefined) => fields && mask.maskFields(fields);
  return {
    debug: (message, fields) => logger.debug(mask.maskText(message), maskFields(fields)),
    info: (message, fields) => logger.info(mask.maskText(message), maskFields(fields)),
    warn: (message, fields) => logger.warn(mask.maskText(message), maskFields(fields)),
    error: (message, fields) => logger.error(mask.maskText(message), maskFields(fields)),
    child: (fields) => maskLogger(logger.child(mask.maskFields(fields)), mask),
  };
}
