import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';

/** What a database does its own way. */
export interface DriverManners {
  /** Begins a transaction in its own words; as the driver does when undefined. */
  readonly begin: ((settings: TransactionSettings) => CompiledQuery) | undefined;
  /** ms after which a failed query is tried again, or undefined when it has failed for good. */
  retryAfterMs(error: unknown, attempt: number): number | undefined;
  /** What is thrown instead. */
  describe(error: unknown): unknown;
}

/** A driver whose errors say what they mean, and that waits without blocking where waiting helps. */
export class FaultDriver implements Driver {
  readonly #inner: Driver;
  readonly #manners: DriverManners;
  readonly #connections = new WeakMap<DatabaseConnection, FaultConnection>();

  constructor(inner: Driver, manners: DriverManners) {
    this.#inner = inner;
    this.#manners = manners;
  }

  init(): Promise<void> {
    return this.#told(() => this.#inner.init());
  }

  async acquireConnection(): Promise<FaultConnection> {
    const inner = await this.#told(() => this.#inner.acquireConnection());
    const known = this.#connections.get(inner);
    if (known !== undefined) return known;
    const connection = new FaultConnection(inner, this.#manners);
    this.#connections.set(inner, connection);
    return connection;
  }

  async beginTransaction(connection: FaultConnection, settings: TransactionSettings): Promise<void> {
    const { begin } = this.#manners;
    if (begin === undefined) await this.#inner.beginTransaction(connection, settings);
    else await connection.executeQuery(begin(settings));
  }

  async commitTransaction(connection: FaultConnection): Promise<void> {
    await this.#inner.commitTransaction(connection);
  }

  async rollbackTransaction(connection: FaultConnection): Promise<void> {
    // A database that failed has rolled back by itself; the fault to tell is the one before this.
    await this.#inner.rollbackTransaction(connection).catch(() => {});
  }

  releaseConnection(connection: FaultConnection): Promise<void> {
    return this.#inner.releaseConnection(connection.inner);
  }

  destroy(): Promise<void> {
    return this.#inner.destroy();
  }

  async #told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (fault) {
      throw this.#manners.describe(fault);
    }
  }
}

class FaultConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #manners: DriverManners;

  constructor(inner: DatabaseConnection, manners: DriverManners) {
    this.inner = inner;
    this.#manners = manners;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.inner.executeQuery<R>(query);
      } catch (fault) {
        const waitMs = this.#manners.retryAfterMs(fault, attempt);
        if (waitMs === undefined) throw this.#manners.describe(fault);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}
