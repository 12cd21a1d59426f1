import AWSClient
import Registry

/// The results that follow from the bucket's answers.
extension CheckOutcome {
  static func listing(_ error: AWSCallError) -> CheckOutcome {
    guard case .service(let answer) = error else { return undecided(error, "S3") }
    switch (answer.status, answer.code) {
    case (403, "AccessDenied"):
      return .failed(
        "bucket.list-denied", "The role is not allowed to list the bucket under the prefix.",
        hint: whoDenies(answer.message)
          ?? "Its permission policy needs s3:ListBucket on the bucket's own ARN, for this prefix: see the ICC's permission policy."
      )
    case (404, "NoSuchBucket"):
      return .failed("bucket.not-found", "The bucket does not exist.", hint: "Correct the ICC's bucketName.")
    case (403, "AllAccessDisabled"):
      return .failed("bucket.disabled", "AWS has disabled this bucket.", hint: "Ask AWS Support.")
    case (301, _), (400, "AuthorizationHeaderMalformed"), (400, "IllegalLocationConstraintException"):
      return .inconclusive("bucket.region-unknown", "S3 did not return the bucket's Region.")
    default:
      return undecided(error, "S3")
    }
  }

  static func reading(_ error: AWSCallError) -> CheckOutcome {
    guard case .service(let answer) = error else { return undecided(error, "S3") }
    switch (answer.status, answer.code) {
    case (403, "AccessDenied") where answer.message.contains("kms:"):
      return .failed(
        "object.kms-denied", "The object is encrypted with a KMS key that the role is not allowed to use.",
        hint:
          "Set the ICC's kmsKeyArn: its permission policy then allows kms:Decrypt. The key's own policy must allow it too."
      )
    case (403, "AccessDenied"):
      return .failed(
        "object.read-denied", "The role is allowed to list the object but not to read it.",
        hint: whoDenies(answer.message)
          ?? "Its permission policy needs s3:GetObject on the objects, as in the ICC's permission policy; of an "
          + "encrypted object also kms:Decrypt on its key.")
    case (403, "InvalidObjectState"):
      return .failed(
        "object.archived", "The objects under the prefix are archived and cannot be imported.",
        hint: "Restore them, or keep importable files in another storage class.")
    case (400, let code) where code.hasPrefix("KMS."):
      return .failed(
        "object.kms-unusable", "The object is encrypted with a KMS key that cannot be used: \(code).",
        hint: "Enable the key, or encrypt the objects with another.")
    case (404, "NoSuchKey"):
      return .inconclusive("object.gone", "The object was deleted before it was read.", retryAfter: 10)
    default:
      return undecided(error, "S3")
    }
  }

  static let emptyPrefix = CheckOutcome.skipped(
    "There is no object under the prefix.", code: "prefix.empty",
    hint: "Put a file there and verify again; an import needs one in any case.")

  /// The result after an object of each of these filenames was read.
  static func filesRead(_ filenames: [String], missing: [String]) -> CheckOutcome {
    guard !filenames.isEmpty else {
      return .skipped(
        "No object under the prefix was found that matches a filename of the ICC.", code: "filenames.no-match",
        hint: "Put a file there and verify again, or correct the filenames.")
    }
    let read = "The first byte of an object can be read for \(quoted(filenames))."
    return .passed(missing.isEmpty ? read : read + " No object was found for \(quoted(missing)).")
  }

  /// The same outcome, with the filename that the object matches.
  func about(_ filename: String) -> CheckOutcome {
    CheckOutcome(
      status: status, code: code, detail: "\(detail) The object matches \(Self.quoted([filename])).", hint: hint,
      retryAfterSeconds: retryAfterSeconds)
  }

  /// The first filenames, and the number of the others.
  private static func quoted(_ filenames: [String]) -> String {
    let named = filenames.prefix(FilenameSearch.maxFilenames).map { "“\($0)”" }.joined(separator: ", ")
    let more = filenames.count - FilenameSearch.maxFilenames
    return "the filename\(filenames.count > 1 ? "s" : "") " + named + (more > 0 ? " and \(more) more" : "")
  }

  /// Newer answers of AWS say which kind of policy denies
  /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).
  private static func whoDenies(_ message: String) -> String? {
    guard message.contains("explicit deny") else { return nil }
    let policies = [
      ("resource-based policy", "The bucket's policy denies it: add the exception that the ICC's bucket policy shows."),
      (
        "service control policy",
        "A service control policy of your organisation denies it: its administrators can change that."
      ),
      (
        "resource control policy",
        "A resource control policy of your organisation denies it: its administrators can change that."
      ),
      ("VPC endpoint policy", "The policy of a VPC endpoint denies it."),
      ("permissions boundary", "The role's permissions boundary denies it."),
      ("identity-based policy", "A policy attached to the role denies it."),
    ]
    return policies.first { message.contains($0.0) }?.1
  }
}
