import HTTPWire
import Registry

/// An error response, as `application/problem+json` will show it. It contains nothing internal,
/// except for `cause`, which is for the log.
struct Problem: Error {
  let code: ProblemCode
  var detail: String
  var errors: RequestErrors = []
  /// The ICCs that the request conflicts with, all of which the caller is allowed to see.
  var conflicts: [ICC] = []
  /// The usages of the ICC that the request would break.
  var usages: [Usage] = []
  var headers: [HTTPHeaders.Field] = []
  /// The reason why the server is not ready; nil for other problems.
  var reason: String?
  /// The cause of an internal failure, for the log only.
  var cause: String?
  /// The reason of a `401`, for the log only.
  var rejection: TokenRejection?

  init(
    _ code: ProblemCode, _ detail: String? = nil, errors: RequestErrors = [], conflicts: [ICC] = [],
    headers: [HTTPHeaders.Field] = [], cause: String? = nil
  ) {
    self.code = code
    self.detail = detail ?? code.explanation
    self.errors = errors
    self.conflicts = conflicts
    self.headers = headers
    self.cause = cause
  }

  /// The problem for an error of a handler, the domain or the store.
  init(describing error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as LifecycleError: self.init(rejecting: error)
    case let error as StoreError: self.init(store: error)
    default: self.init(.internalError, cause: String(describing: type(of: error)))
    }
  }

  static func retryAfter(_ seconds: Int) -> HTTPHeaders.Field {
    HTTPHeaders.Field("Retry-After", String(seconds))
  }
}
