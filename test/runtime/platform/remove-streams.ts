import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";

/** Removes all streams whose names begin with the prefix of one test. */
export async function removeStreams(url: string, prefix: string): Promise<void> {
  const connection = await connect({ servers: new URL(url).host });
  const { streams } = await jetstreamManager(connection);
  for await (const name of streams.names(`${prefix}.>`)) if (name.startsWith(prefix)) await streams.delete(name);
  await connection.close();
}
