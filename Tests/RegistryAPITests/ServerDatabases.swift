import PostgreSQLKit
import PostgreSQLTestSupport
import Registry
import RegistryPostgreSQL
import System

/// Databases of PostgreSQL for worlds. To make one takes longer than most tests, so a database is
/// used again: its rows are replaced by those that it had after its migrations.
final class ServerDatabases: Sendable {
  static let shared = ServerDatabases()

  private let state = Locked((free: [PostgreSQLAddress](), made: 0))

  /// Returns a database with no rows but those of a new one.
  func take(at now: Timestamp) throws -> PostgreSQLAddress {
    let (free, number) = state.withLock { state -> (PostgreSQLAddress?, Int) in
      if let free = state.free.popLast() { return (free, 0) }
      state.made += 1
      return (nil, state.made)
    }
    guard let free else { return try make(number, at: now) }
    try PostgreSQLConnection(free).run(script: "SELECT fresh.reset()")
    return free
  }

  /// Takes back a database that no store uses any more.
  func giveBack(_ database: PostgreSQLAddress) { state.withLock { $0.free.append(database) } }

  private func make(_ number: Int, at now: Timestamp) throws -> PostgreSQLAddress {
    guard let cluster = TestCluster.shared else { throw TestCluster.Missing() }
    try PostgreSQLConnection(try cluster.address("postgres")).run(script: "CREATE DATABASE world\(number)")
    let address = try cluster.address("world\(number)")
    try Migrations(address).apply(at: now)
    try PostgreSQLConnection(address).run(script: Self.keepingFirstRows)
    return address
  }

  /// Keeps the rows of a new database in another schema, and makes the function that puts them
  /// back. Triggers, which allow no row to be deleted, do not fire for a replica.
  private static let keepingFirstRows = """
    CREATE SCHEMA fresh;
    DO $$ DECLARE name text; BEGIN
      FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' LOOP
        EXECUTE format('CREATE TABLE fresh.%I AS TABLE public.%I', name, name);
      END LOOP;
    END $$;
    CREATE FUNCTION fresh.reset() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $$
    DECLARE name text; BEGIN
      FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'fresh' LOOP
        EXECUTE format('DELETE FROM public.%I', name);
        EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE TABLE fresh.%I', name, name);
      END LOOP;
    END $$
    """
}
