import HTTPWire
import Registry

/// A refused request, ready to be answered as `application/problem+json`. It holds nothing of the inside: what the log may
/// know besides is in `cause`.
struct Problem: Error {
  let code: ProblemCode
  let detail: String
  var errors: [RequestError] = []
  /// ICCs that stand in the way, all within what the caller may see.
  var conflicts: [ICC] = []
  var headers: [HTTPHeaders.Field] = []
  /// For the log alone.
  var cause: String?

  init(
    _ code: ProblemCode, _ detail: String? = nil, errors: [RequestError] = [], conflicts: [ICC] = [],
    headers: [HTTPHeaders.Field] = [], cause: String? = nil
  ) {
    self.code = code
    self.detail = detail ?? code.explanation
    self.errors = errors
    self.conflicts = conflicts
    self.headers = headers
    self.cause = cause
  }

  /// What an error of the handlers, the domain or the store means to the client.
  init(describing error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let refusal as LifecycleError: self.init(refusing: refusal)
    case let fault as StoreError: self.init(store: fault)
    default: self.init(.internalError, cause: String(describing: type(of: error)))
    }
  }

  static func retryAfter(_ seconds: Int) -> HTTPHeaders.Field {
    HTTPHeaders.Field("Retry-After", String(seconds))
  }
}
