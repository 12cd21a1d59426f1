import AWSClient
import Registry

/// The result of one check, before it is timed.
struct CheckOutcome {
  let status: VerificationCheck.Status
  var code: String?
  let detail: String
  var hint: String?
  /// After how many seconds another attempt may find something else.
  var retryAfterSeconds: Int?

  static func passed(_ detail: String, code: String? = nil, hint: String? = nil) -> CheckOutcome {
    CheckOutcome(status: .passed, code: code, detail: detail, hint: hint)
  }

  static func skipped(_ detail: String, code: String? = nil, hint: String? = nil) -> CheckOutcome {
    CheckOutcome(status: .skipped, code: code, detail: detail, hint: hint)
  }

  static func failed(_ code: String, _ detail: String, hint: String) -> CheckOutcome {
    CheckOutcome(status: .failed, code: code, detail: detail, hint: hint)
  }

  static func inconclusive(_ code: String, _ detail: String, hint: String? = nil, retryAfter: Int? = nil)
    -> CheckOutcome
  {
    CheckOutcome(status: .inconclusive, code: code, detail: detail, hint: hint, retryAfterSeconds: retryAfter)
  }

  /// This finding, as inconclusive if it failed: a recent change may not have reached all of AWS
  /// (AWS IAM user guide, troubleshoot_general, eventual consistency).
  func unsettled(retryAfter seconds: Int?) -> CheckOutcome {
    guard status == .failed, let seconds else { return self }
    return CheckOutcome(
      status: .inconclusive, code: code,
      detail: detail + " The ICC was changed a moment ago, and what is changed in IAM needs up to some minutes.",
      hint: hint, retryAfterSeconds: seconds)
  }
}
