/// A value of one of SQLite's five storage classes (https://sqlite.org/datatype3.html).
package enum SQLiteValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  /// The text, or null for nil.
  package static func text(orNull value: String?) -> SQLiteValue {
    value.map { .text($0) } ?? .null
  }

  /// The number, or null for nil.
  package static func integer(orNull value: Int64?) -> SQLiteValue {
    value.map { .integer($0) } ?? .null
  }

  /// The bytes, or null for nil.
  package static func blob(orNull value: [UInt8]?) -> SQLiteValue {
    value.map { .blob($0) } ?? .null
  }

  /// 1 or 0: SQLite has no booleans.
  package static func bool(_ value: Bool) -> SQLiteValue {
    .integer(value ? 1 : 0)
  }
}
