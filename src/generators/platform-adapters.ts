/** An adapter of a platform service: what is between the interface and a server, as files that the user owns. */
export interface PlatformAdapter {
  /** The npm packages that the application needs, with their ranges. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Those that it is developed with, such as types. */
  readonly devDependencies?: Readonly<Record<string, string>>;
  /** The names of settings that are secret. */
  readonly secrets?: readonly string[];
  /** The modules that it needs. */
  readonly dependsOn?: readonly string[];
  /** Files beside service, settings and test. */
  readonly files?: readonly string[];
}

const flags = { "@openfeature/core": "^1.12.0", "@openfeature/server-sdk": "^1.23.0" } as const;

const tracing = {
  "@opentelemetry/api": "~1.9.0",
  "@opentelemetry/core": "^2.12.1",
  "@opentelemetry/sdk-trace-node": "^2.12.0",
} as const;

/** All adapters: by service, and by name, the embedded one first. */
export const platformAdapters: Readonly<Record<string, Readonly<Record<string, PlatformAdapter>>>> = {
  database: {
    pglite: { dependencies: { "@electric-sql/pglite": "^0.5.16" }, files: ["pglite-pool.ts"] },
    postgres: {
      dependencies: { pg: "^8.23.1" },
      devDependencies: { "@types/pg": "^8.23.1" },
      secrets: ["url"],
      files: ["postgres-pool.ts", "postgres-connection.ts", "type-parsers.ts"],
    },
  },
  "pub-sub": {
    "in-process": {},
    nats: {
      // Version 3.4 needs Node 22.
      dependencies: { "@nats-io/jetstream": "~3.3.1", "@nats-io/transport-node": "~3.3.1" },
      secrets: ["url"],
      files: ["nats-broker.ts", "nats-source.ts"],
    },
    redis: { dependencies: { ioredis: "^6.0.0" }, secrets: ["url"], files: ["redis-broker.ts", "redis-source.ts"] },
  },
  cache: {
    memory: { dependencies: { "lru-cache": "^11.5.3" }, files: ["memory-store.ts"] },
    redis: { dependencies: { ioredis: "^6.0.0" }, secrets: ["url"], files: ["redis-store.ts"] },
  },
  "object-storage": {
    local: { secrets: ["signingKey"], files: ["object-file.ts", "object-folder.ts", "signed-url.ts"] },
    s3: {
      dependencies: {
        // Later ones will not run on Node 20.
        "@aws-sdk/client-s3": "~3.1169.0",
        "@aws-sdk/lib-storage": "~3.1169.0",
        "@aws-sdk/s3-request-presigner": "~3.1162.0",
      },
      secrets: ["secretAccessKey"],
      files: ["s3-bucket.ts", "s3-failure.ts", "spooled-body.ts"],
    },
  },
  secrets: {
    environment: { files: ["mounted-folder.ts"] },
    vault: { secrets: ["token", "secretId"], files: ["vault-failure.ts", "vault-session.ts"] },
  },
  "feature-flags": {
    file: { dependencies: flags, files: ["flag-provider.ts", "flag-rules.ts"] },
    openfeature: { dependencies: flags, files: ["flag-provider.ts"] },
  },
  tracer: {
    console: { dependencies: tracing, files: ["log-exporter.ts"] },
    otlp: {
      dependencies: {
        ...tracing,
        // Later ones need Node 22.
        "@opentelemetry/exporter-trace-otlp-http": "~0.223.1",
        "@opentelemetry/resources": "^2.12.1",
      },
      secrets: ["headers"],
      files: ["watched-exporter.ts"],
    },
  },
  settings: {
    files: { files: ["settings-folder.ts"] },
    database: { dependsOn: ["core.database"], files: ["settings-table.ts"] },
  },
};

/** What every adapter checks its settings with. */
export const settingsLibrary = { name: "zod", range: "^4.6.7" } as const;
