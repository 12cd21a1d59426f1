import Glibc
import SQLiteKit
import TestSupport
import Testing

/// The limit on the time of statements.
@Suite(.timeLimit(.minutes(10))) struct TimeLimitTests {
  private static let rows: SQL =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?) SELECT sum(i) FROM n"
  private let folder = TemporaryFolder()

  /// Waits, counts and returns true unless the limit has passed.
  private func isWithin(milliseconds: Int, waiting: UInt32 = 0, rows: Int64) throws -> Bool {
    let connection = try SQLiteConnection(path: folder("a.db"), access: .create)
    do throws(SQLiteError) {
      _ = try connection.limited(milliseconds: milliseconds) { () throws(SQLiteError) in
        usleep(waiting * 1000)
        return try connection.rows(Self.rows, [.integer(rows)]) { $0.integer(0) }
      }
      return true
    } catch {
      guard error.code == .interrupted else { throw error }
      return false
    }
  }

  @Test func `an endless statement is interrupted, and the next one is not`() throws {
    #expect(try !isWithin(milliseconds: 20, rows: .max))
    #expect(try isWithin(milliseconds: 60_000, rows: 10_000))
  }

  @Test func `a wait is not processor time, but ten times the limit is too long`() throws {
    #expect(try isWithin(milliseconds: 5_000, waiting: 5_100, rows: 10_000))
    #expect(try !isWithin(milliseconds: 10, waiting: 500, rows: 10_000))
  }
}
