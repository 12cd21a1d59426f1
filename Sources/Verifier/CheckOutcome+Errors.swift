import AWSClient

/// The results of answers from which nothing follows about the role or the bucket.
extension CheckOutcome {
  /// Seconds after which a busy or unreachable service is worth another attempt.
  private static let pause = 30

  /// Returns the result of a failed call that is not a rejection by AWS.
  static func undecided(_ error: AWSCallError, _ service: String) -> CheckOutcome {
    switch error {
    case .transport(let error): unanswered(error, service)
    case .unreadable(let status):
      .inconclusive(
        "aws.unreadable", "\(service) returned \(status) with a body that its API does not define.",
        hint: "A proxy or another program may have answered instead. Tell the operator.", retryAfter: pause)
    case .service(let answer): undecided(answer, service)
    }
  }

  private static func undecided(_ answer: AWSServiceError, _ service: String) -> CheckOutcome {
    switch answer.code {
    case "Throttling", "ThrottlingException", "ThrottledException", "RequestLimitExceeded", "TooManyRequestsException",
      "SlowDown", "RequestThrottled", "KMS.ThrottlingException":
      .inconclusive("aws.throttled", "\(service) is throttling requests. Try again later.", retryAfter: pause)
    case _ where answer.status >= 500:
      .inconclusive("aws.unavailable", "\(service) failed: \(answer.code).", retryAfter: pause)
    case "InvalidClientTokenId", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "ExpiredTokenException",
      "RequestExpired", "RequestTimeTooSkewed", "IncompleteSignature", "MissingAuthenticationToken",
      "UnrecognizedClientException", "InvalidToken", "AuthFailure":
      .inconclusive(
        "connector.credentials-refused", "\(service) does not accept InfoSum's own credentials: \(answer.code).",
        hint:
          "Nothing is wrong on the customer's side. Tell the operator: the registry's AWS keys or its clock are wrong.")
    case "RegionDisabledException":
      .inconclusive(
        "aws.region-disabled", "STS is disabled in the Region that the registry uses.",
        hint: "Tell the operator to set awsRegion to a Region that is enabled by default.")
    default:
      .inconclusive(
        "aws.other-error", "\(service) returned \(answer.status) \(answer.code), so the result is inconclusive.")
    }
  }

  private static func unanswered(_ error: AWSTransportError, _ service: String) -> CheckOutcome {
    let what =
      switch error {
      case .unknownHost: "Its host name could not be resolved."
      case .unreachable: "The connection was refused."
      case .timedOut: "It did not answer in time."
      case .notTrusted: "The certificate of the host is not trusted."
      case .tooLarge: "The response was too large."
      case .failed(let number): "The connection failed (libcurl \(number))."
      }
    let code =
      switch error {
      case .timedOut: "aws.timed-out"
      case .notTrusted: "aws.not-trusted"
      default: "aws.unreachable"
      }
    return .inconclusive(
      code, "\(service) could not be reached. " + what,
      hint: "This says nothing about the customer's setup. Try again; if it happens again, tell the operator.",
      retryAfter: pause)
  }
}
