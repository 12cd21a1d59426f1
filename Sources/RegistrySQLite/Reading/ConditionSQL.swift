import Registry
import SQLiteKit

/// A condition on the table `iccs` with its bound values. It uses no index: the query that contains
/// it chooses one.
struct ConditionSQL {
  private(set) var sql: SQL = ""
  private(set) var values: [SQLiteValue] = []

  init(_ condition: ICCCondition) {
    add(condition)
  }

  private mutating func add(_ condition: ICCCondition) {
    switch condition {
    case .text(let field, .compares(let comparison), let value):
      add(Self.column(field) + Self.symbol(comparison), .text(value))
    case .text(let field, .contains(ignoringCase: false), let value):
      addContains(Self.column(field), value)
    case .text(let field, .contains(ignoringCase: true), let value):
      addContains(Self.foldedColumn(field), value.folded)
    case .time(let field, let comparison, let value):
      add(Self.column(field) + Self.symbol(comparison), .integer(value.milliseconds))
    case .not(let condition):
      sql = sql + "NOT "
      addInParentheses(condition)
    case .all(let conditions): add(conditions, joinedBy: " AND ")
    case .any(let conditions): add(conditions, joinedBy: " OR ")
    }
  }

  private mutating func add(_ comparison: SQL, _ value: SQLiteValue) {
    sql = sql + comparison + "?"
    values.append(value)
  }

  private mutating func addContains(_ column: SQL, _ value: String) {
    sql = sql + "instr(" + column + ", ?) > 0"
    values.append(.text(value))
  }

  private mutating func add(_ conditions: [ICCCondition], joinedBy word: SQL) {
    for (index, condition) in conditions.enumerated() {
      if index > 0 { sql = sql + word }
      addInParentheses(condition)
    }
  }

  /// Parentheses only around what needs them: SQLite's parser has a stack of 100 entries.
  private mutating func addInParentheses(_ condition: ICCCondition) {
    switch condition {
    case .text, .time: add(condition)
    default:
      sql = sql + "("
      add(condition)
      sql = sql + ")"
    }
  }

  private static func symbol(_ comparison: Comparison) -> SQL {
    switch comparison {
    case .equal: " = "
    case .notEqual: " <> "
    case .less: " < "
    case .lessOrEqual: " <= "
    case .greater: " > "
    case .greaterOrEqual: " >= "
    }
  }

  private static func column(_ field: ICCTextField) -> SQL {
    switch field {
    case .id: "id"
    case .name: "name"
    case .description: "description"
    case .connectorType: "CASE connector_type WHEN 's3-cross-account' THEN 'S3_CROSS_ACCOUNT' END"
    }
  }

  private static func foldedColumn(_ field: ICCTextField) -> SQL {
    switch field {
    case .name: "name_folded"
    case .id, .description, .connectorType: "folded(" + column(field) + ")"
    }
  }

  private static func column(_ field: ICCTimeField) -> SQL {
    switch field {
    case .createdAt: "created_at"
    case .updatedAt: "updated_at"
    }
  }
}
