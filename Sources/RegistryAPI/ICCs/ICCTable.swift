import JSON
import Registry
import Text

/// The list of ICCs as CSV for spreadsheets: a header, and one record for each ICC.
struct ICCTable {
  /// The names of the columns: the fields of an item of the list, in their order.
  static let columns = [
    "id", "organisation", "name", "description", "connectorType", "status", "enabled", "usable", "notUsableBecause",
    "userArn", "sessionName", "bucketName", "bucketOwner", "prefix", "filenames", "kmsKeyArn", "externalId",
    "pendingExternalId", "principal", "warnings", "lastVerification", "version", "createdAt", "createdBy", "updatedAt",
    "updatedBy", "deletedAt",
  ]

  private(set) var bytes: [UInt8] = []

  /// A table without records.
  init(withHeader: Bool) {
    if withHeader { CSVWriter.append(Self.columns, to: &bytes, for: .spreadsheet) }
  }

  /// Appends the record of an item of the list.
  mutating func append(_ item: JSONObject) {
    CSVWriter.append(Self.columns.map { item[$0].map(Self.cell) ?? "" }, to: &bytes, for: .spreadsheet)
  }

  /// The text of a value in a cell: nothing for null, and a list one entry a line, because no entry
  /// contains a line break. A warning is its code, and a verification its verdict.
  static func cell(_ value: JSONValue) -> String {
    switch value.content {
    case .null: ""
    case .string(let text): text
    case .array(let elements): elements.map(cell).joined(separator: "\n")
    case .object(let object): (object["code"] ?? object["verdict"])?.stringValue ?? ""
    case .bool, .number: value.text()
    }
  }
}
