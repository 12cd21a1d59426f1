import SQLiteKit

/// SQLite's check that the pages of a database are intact
/// (https://sqlite.org/pragma.html#pragma_quick_check). Its time grows with the database.
struct PageCheck {
  /// The number of pages up to which a start waits for the whole check: 2 MiB, some
  /// milliseconds.
  static let maxPagesAtStart: Int64 = 512

  let connection: SQLiteConnection

  /// True if a start waits for the whole check.
  func isShort() throws(SQLiteError) -> Bool {
    try connection.integer("PRAGMA page_count") ?? 0 <= Self.maxPagesAtStart
  }

  /// Returns what is wrong with the pages; nil if nothing is.
  func whole() throws(SQLiteError) -> String? {
    Self.finding(try connection.text("PRAGMA quick_check(1)"))
  }

  /// Returns what is wrong with the schema, the free list or the newest rows of the tables that
  /// grow: what an unfinished write harms first. The time does not depend on the number of rows.
  func ends() throws(SQLiteError) -> String? {
    for newest: SQL in [
      "SELECT last_verification FROM iccs ORDER BY seq DESC LIMIT 1",
      "SELECT hash FROM events ORDER BY seq DESC LIMIT 1",
    ] { _ = try connection.text(newest) }
    // The check of this table contains that of the free list.
    return try pages(of: "sqlite_schema")
  }

  /// Returns the tables. To check one after another takes a read transaction for each, so that the
  /// write-ahead log can be reused between two.
  func tables() throws(SQLiteError) -> [String] {
    try connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'") { $0.text(0) }
  }

  /// Returns what is wrong with the pages of a table and its indexes; nil if nothing is.
  func pages(of table: String) throws(SQLiteError) -> String? {
    Self.finding(try connection.text("SELECT quick_check FROM pragma_quick_check(?1) LIMIT 1", .text(table)))
  }

  /// Returns the check's answer as one line; nil for the answer that nothing is wrong.
  private static func finding(_ answer: String?) -> String? {
    guard let answer else { return "quick_check returned nothing" }
    return answer == "ok" ? nil : answer.split(separator: "\n").joined(separator: " ")
  }
}
