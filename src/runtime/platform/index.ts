export type { CallOptions, Health, PlatformFailureCode, PlatformService } from "./platform-service.js";
export { type BoundCallOptions, type CallScope, PlatformCalls, type PlatformCallsOptions } from "./platform-calls.js";
export type {
  Database,
  DatabaseFailureCode,
  MigrateOptions,
  MigrationFailureCode,
  RowStream,
  SqlParameter,
  SqlRunner,
  SqlValue,
  TransactionCallOptions,
  TransactionWork,
} from "./database/database.js";
export type { DatabaseCalls } from "./database/database-calls.js";
export { DatabaseError } from "./database/database-error.js";
export { PooledDatabase, type PooledDatabaseOptions } from "./database/pooled-database.js";
export type { SentParameter, SqlConnection, SqlOutcome, SqlPool } from "./database/sql-pool.js";
export type { Cache, CacheFailureCode, CacheKey, CacheWriteOptions } from "./cache/cache.js";
export { cacheNamespace } from "./cache/cache-namespace.js";
export { type CacheStore, StoredCache, type StoredCacheOptions } from "./cache/stored-cache.js";
export { BrokeredPubSub, type BrokeredPubSubOptions } from "./pub-sub/brokered-pub-sub.js";
export { InProcessBroker, type InProcessBrokerOptions } from "./pub-sub/in-process-broker.js";
export type { MessageBroker, MessageSource, ReceivedMessage } from "./pub-sub/message-broker.js";
export type {
  Delivery,
  MessageHandler,
  PublishMessageOptions,
  PubSub,
  PubSubFailureCode,
  TopicSubscription,
  TopicSubscriptionOptions,
} from "./pub-sub/pub-sub.js";
export type { MessageOrigin, SealedMessage } from "./pub-sub/sealed-message.js";
export type { SubscriptionPlan } from "./pub-sub/subscription-plan.js";
export { deadLetterTopic, isDeadLetterTopic } from "./pub-sub/topic.js";
export { readSecrets } from "./secrets/read-secrets.js";
export { Secret } from "./secrets/secret.js";
export { parseSecretName } from "./secrets/secret-name.js";
export type { SecretHandler, Secrets, SecretsFailureCode, WatchOptions } from "./secrets/secrets.js";
export { watchSecret } from "./secrets/watch-secret.js";
export { ObjectStorageError } from "./object-storage/errors.js";
export { parseKeyPrefix, parseObjectKey } from "./object-storage/object-key.js";
export {
  type ObjectDetails,
  parseListOptions,
  parseSignedUrlOptions,
  parseUploadOptions,
} from "./object-storage/object-options.js";
export { BodyError, piecesOf } from "./object-storage/object-pieces.js";
export type {
  BodyFailureCode,
  ListOptions,
  ObjectBody,
  ObjectInfo,
  ObjectPage,
  ObjectStorage,
  ObjectStorageFailureCode,
  ObjectSummary,
  SignedUrlOptions,
  StoredObject,
  UploadOptions,
} from "./object-storage/object-storage.js";
export { openObject, type ObjectSource } from "./object-storage/stored-object.js";
export type { Settings, SettingsFailureCode, SettingsWatchOptions } from "./settings/settings.js";
export type { SettingsStore } from "./settings/settings-store.js";
export { type SettingsCalls, StoredSettings, type StoredSettingsOptions } from "./settings/stored-settings.js";
export { noSpan, runInSpan, type SpanSource } from "./tracer/run-in-span.js";
export type { Span, SpanAttributes, SpanOptions, Tracer } from "./tracer/tracer.js";
export type {
  FallbackReason,
  FeatureFlags,
  FlagContext,
  FlagEvaluation,
  FlagObject,
  FlagResult,
} from "./feature-flags/feature-flags.js";
export { evaluationOf, type FlagDetails } from "./feature-flags/flag-evaluation.js";
export type { Config } from "./config/config.js";
export { type ConfigValues, createConfig } from "./config/create-config.js";
export { ConfigError, type ConfigErrorCode } from "./config/errors.js";
