/// The reason why a response that is sent in parts could not be completed, for the log.
package struct ContentFailure: Error {
  /// The request that it answered.
  package let requestID: String
  /// The code of the problem, and its cause if that is internal.
  package let cause: String

  init(requestID: String, _ problem: Problem) {
    self.requestID = requestID
    cause = [problem.code.rawValue, problem.cause].compactMap(\.self).joined(separator: ": ")
  }
}
