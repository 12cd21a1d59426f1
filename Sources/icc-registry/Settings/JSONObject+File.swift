import JSON

extension JSONObject {
  /// The object in a file; an error names the file and the line.
  init(fileAt path: String, holding bytes: [UInt8]) throws(CommandFailure) {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: bytes)
    } catch {
      throw .usage("\(path):\(error.location.line): \(error.message) (column \(error.location.column))")
    }
    guard let object = document.objectValue else {
      throw .usage("\(path):1: must be a JSON object, not \(document.kind)")
    }
    self = object
  }
}
