import JSON
import Registry

/// One entry of a file of ICCs.
struct TransferEntry {
  /// The line on which it starts, from 1.
  let line: Int
  /// Its fields, or the reason why it cannot be read.
  let content: Result<JSONObject, InvalidValue>

  init(_ line: Int, _ fields: JSONObject) {
    (self.line, content) = (line, .success(fields))
  }

  init(_ line: Int, error: InvalidValue) {
    (self.line, content) = (line, .failure(error))
  }

  /// An entry that cannot be read for one reason. `code` has the form of the API's codes.
  init(_ line: Int, code: String, _ detail: String, hint: String? = nil) {
    self.init(
      line, error: InvalidValue(diagnostics: [Diagnostic(pointer: "", code: code, detail: detail, hint: hint)]))
  }
}
