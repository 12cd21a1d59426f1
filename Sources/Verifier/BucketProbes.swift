import AWSClient
import AWSPolicy
import Registry

/// The calls to S3, with the session that the customer's role gave.
struct BucketProbes {
  private var s3: S3
  private let prefix: Prefix
  /// The ICC's filenames; empty if any object under the prefix may be read.
  private let patterns: [ObjectKeyPattern]
  /// True if the expected owner is only assumed to be the role's account.
  private let isOwnerAssumed: Bool
  private let retryAfter: Int?
  private var objects: [S3.Object]?

  /// Storage classes whose objects must be restored before they can be read
  /// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html).
  private static let archives: Set<String> = ["GLACIER", "DEEP_ARCHIVE"]

  init(s3: S3, icc: ICC, retryAfter: Int?) {
    isOwnerAssumed = icc.bucketOwner == nil
    self.s3 = s3
    prefix = icc.prefix
    patterns = icc.filenames.patterns.map { ObjectKeyPattern(prefix: icc.prefix.text, filename: $0) }
    self.retryAfter = retryAfter
  }

  mutating func list() -> CheckOutcome {
    do throws(AWSCallError) {
      return listed(try s3.list(prefix: prefix.text))
    } catch {
      return listWithoutOwner(after: error) ?? CheckOutcome.listing(error).unsettled(retryAfter: retryAfter)
    }
  }

  /// Lists the bucket without an expected owner if only the assumed one can be the cause of the
  /// error; nil if it is not. The later calls go without it too.
  private mutating func listWithoutOwner(after error: AWSCallError) -> CheckOutcome? {
    guard isOwnerAssumed, case .service(let answer) = error, answer.status == 403, answer.code == "AccessDenied" else {
      return nil
    }
    let account = s3.expectedOwner
    s3.expectedOwner = nil
    do throws(AWSCallError) {
      return CheckOutcome.passed(
        listed(try s3.list(prefix: prefix.text)).detail, code: "bucket.other-account",
        hint: "The bucket does not belong to the role's account. Set bucketOwner to the account that owns it.")
    } catch {
      s3.expectedOwner = account
      return nil
    }
  }

  private mutating func listed(_ found: [S3.Object]) -> CheckOutcome {
    objects = found
    return .passed(
      found.isEmpty ? "The bucket can be listed; nothing is under the prefix." : "The bucket can be listed.")
  }

  mutating func read() -> CheckOutcome {
    guard let objects else { return .skipped("The bucket could not be listed to find an object.") }
    guard let object = Self.best(of: objects) else { return .emptyPrefix }
    guard patterns.isEmpty else { return readFiles(listed: objects) }
    do throws(AWSCallError) {
      try s3.readFirstByte(of: object.key)
      return .passed("The first byte of an object under the prefix can be read.")
    } catch {
      return CheckOutcome.reading(error).unsettled(retryAfter: retryAfter)
    }
  }

  /// Reads an object of each filename, as far as there are any.
  private mutating func readFiles(listed objects: [S3.Object]) -> CheckOutcome {
    var search = FilenameSearch(patterns: patterns, prefix: prefix, listed: objects)
    do throws(AWSCallError) {
      try search.run(&s3)
    } catch {
      return CheckOutcome.listing(error).unsettled(retryAfter: retryAfter)
    }
    for (filename, matching) in search.found {
      guard let object = Self.best(of: matching) else { continue }
      do throws(AWSCallError) {
        try s3.readFirstByte(of: object.key)
      } catch {
        return CheckOutcome.reading(error).about(filename).unsettled(retryAfter: retryAfter)
      }
    }
    return .filesRead(search.found.map(\.filename), missing: search.missing)
  }

  /// The object that tells the most: one with content that is not archived; else any. What consoles
  /// put there as a folder is an object too, and tells nothing that another would not.
  private static func best(of objects: [S3.Object]) -> S3.Object? {
    objects.first { $0.size > 0 && !archives.contains($0.storageClass) }
      ?? objects.first { $0.size > 0 } ?? objects.first
  }
}
