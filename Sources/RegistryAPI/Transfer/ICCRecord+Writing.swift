package import JSON
package import Registry

extension ICCRecord {
  /// Writes the entry of an ICC: all that `read` reads.
  package static func write(_ icc: ICC, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", icc.id.text)
    writer.member("organisation", icc.organisation.text)
    writer.member("name", icc.name.text)
    writer.member("description", icc.description.text)
    writer.member("connectorType", icc.connectorType.rawValue)
    writer.member("enabled", icc.isEnabled)
    writer.member("userArn", icc.userARN?.text)
    writer.member("sessionName", icc.sessionName.text)
    writer.member("bucketName", icc.bucketName.text)
    writer.member("bucketOwner", icc.bucketOwner?.text)
    writer.member("prefix", icc.prefix.text)
    ICCRepresentation.write(icc.filenames, into: &writer)
    writer.member("kmsKeyArn", icc.kmsKeyARN?.text)
    writer.member("externalId", icc.externalID.hex)
    writer.member("pendingExternalId", icc.pendingExternalID?.hex)
    writer.member("createdAt", icc.createdAt.description)
    writer.endObject()
  }

  /// The cells of an ICC, in the order of `fields`.
  package static func cells(of icc: ICC) -> [String] {
    var writer = JSONWriter(capacity: 1024)
    write(icc, into: &writer)
    guard let record = (try? JSONValue(parsing: writer.bytes))?.objectValue else { return [] }
    return fields.map { record[$0].map(ICCTable.cell) ?? "" }
  }

  /// Returns the entry with these cells under these columns. An empty cell is a field that is left
  /// out; `filenames` are one a line.
  package static func record(_ columns: [String], _ cells: [String]) -> JSONObject {
    JSONObject(
      zip(columns, cells).filter { !$1.isEmpty }.map { name, cell in (name, value(cell, of: name)) })
  }

  private static func isLineEnd(_ character: Character) -> Bool {
    character == "\n" || character == "\r\n" || character == "\r"
  }

  private static func value(_ cell: String, of name: String) -> JSONValue {
    switch (name, cell) {
    case ("filenames", _):
      .array(cell.split(omittingEmptySubsequences: false, whereSeparator: isLineEnd).map { .string(String($0)) })
    case ("enabled", "true"): .bool(true)
    case ("enabled", "false"): .bool(false)
    default: .string(cell)
    }
  }
}
