import CSQLite
import Registry
import StoreConformance
import Testing

@testable import RegistrySQLite
@testable import SQLiteKit

/// The query plans of the store's statements: their work must not grow with what is stored.
@Suite(.timeLimit(.minutes(10))) struct PlanTests {
  /// Statements that may scan or sort, by a part of their text, with the reason.
  private static let exceptions: [(part: String, reason: String)] = [
    (" AND 0", "a constant condition: nothing is read"),
    ("ORDER BY seq DESC LIMIT 1", "reads one row"), ("FROM tokens LIMIT 1", "reads one row"),
    ("FROM counts", "has a fixed number of rows"),
    ("FROM migrations ORDER BY number", "has one row for each migration"),
    ("FROM sqlite_schema", "the schema has some dozens of rows"),
    ("FROM (SELECT 1 FROM tokens", "counts the rows of a part with a limit"),
    ("WITH RECURSIVE made", "sorts the tokens that one token has made"),
    ("INSERT INTO iccs (", "SQLite reads external IDs here only while a deferred foreign key is violated"),
    ("tokens_of_several_organisations", "reads the unrevoked tokens of several organisations, which are few"),
    ("deleted_at IS NULL AND id IN (?, ?)", "sorts the organisations of one token"),
    (" WHERE 0 AND", "a constant condition: nothing is read"),
    ("WHERE organisation IN (?, ?)", "sorts what the organisations of one token have: each is a range of the index"),
    ("WHERE 1 AND deleted_at IS NULL ORDER BY organisation, name_folded, seq", "a part of the index in its order"),
    ("WHERE 1 AND deleted_at IS NOT NULL ORDER BY organisation, name_folded, seq", "a part of the index in its order"),
    ("ORDER BY updated_at DESC, seq DESC LIMIT", "a part of the index in its order"),
    ("ORDER BY +updated_at DESC", "sorts the ICCs of the organisations of one token"),
    ("AND organisation IN (?, ?)", "sorts what the organisations of one token have: each is a range of the index"),
    ("user_arn = ? ORDER BY seq", "sorts the ICCs of one role"),
    ("ORDER BY h.revoked_at IS NOT NULL", "sorts the links of one ICC"),
  ]

  /// The places of a plan that read or sort a whole table or index.
  private static func faults(_ plan: [String]) -> [String] {
    plan.filter { step in
      let isScan = step.hasPrefix("SCAN ") && !step.contains("VIRTUAL TABLE INDEX") && step != "SCAN CONSTANT ROW"
      return isScan || step.contains("TEMP B-TREE")
    }
  }

  private static func plans(of connection: SQLiteConnection) throws -> [String: [String]] {
    var plans: [String: [String]] = [:]
    for text in connection.statementTexts where !["EXPLAIN", "PRAGMA"].contains(where: text.hasPrefix) {
      plans[text] = try connection.plan(of: text)
    }
    return plans
  }

  @Test func `no statement scans a table or sorts without a limit`() async throws {
    var plans: [String: [String]] = [:]
    for requirement in StoreRequirement.all {
      let place = StoreUnderTest()
      let store = try place.open()
      try await requirement.check(store)
      let found = [
        try store.read { try ($0 as? SQLiteReader).map { try Self.plans(of: $0.connection) } ?? [:] },
        try await store.write { try ($0 as? SQLiteWriter).map { try Self.plans(of: $0.connection) } ?? [:] },
      ]
      for part in found { plans.merge(part) { $1 } }
      store.close()
    }
    #expect(plans.count > 60, "\(plans.count)")
    for exception in Self.exceptions {
      let isNeeded = plans.contains { $0.key.contains(exception.part) && !Self.faults($0.value).isEmpty }
      #expect(isNeeded, "\(exception.part)")
    }
    for (text, plan) in plans.sorted(by: { $0.key < $1.key }) {
      let isAllowed = Self.exceptions.contains { text.contains($0.part) }
      #expect(isAllowed || Self.faults(plan).isEmpty, "\(text)\n\(plan.joined(separator: "\n"))")
    }
  }
}

extension SQLiteConnection {
  /// The texts of the statements that are prepared on this connection.
  fileprivate var statementTexts: [String] {
    var texts: [String] = []
    var statement = unsafe sqlite3_next_stmt(handle, nil)
    while let known = unsafe statement {
      if let text = unsafe sqlite3_sql(known) { texts.append(unsafe String(cString: text)) }
      unsafe statement = sqlite3_next_stmt(handle, known)
    }
    return texts
  }

  /// The steps of a statement's plan (https://sqlite.org/eqp.html).
  fileprivate func plan(of text: String) throws(SQLiteError) -> [String] {
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(handle, "EXPLAIN QUERY PLAN " + text, -1, &prepared, nil)
    try check(code, .prepare, sql: text)
    guard let prepared = unsafe prepared else { return [] }
    let statement = unsafe SQLiteStatement(taking: prepared)
    var steps: [String] = []
    while try statement.step() { steps.append(statement.text(3)) }
    return steps
  }
}
