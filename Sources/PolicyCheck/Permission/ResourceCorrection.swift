import AWSPolicy
import Registry
import Text

/// The resources of a statement, put right for one of the actions that an import needs.
struct ResourceCorrection {
  /// The resources; `nil` if the statement is about something else.
  let values: [String]?

  init(_ need: RequiredPermission, _ statement: PermissionStatement, _ subject: PolicyCheckSubject) {
    let given = statement.resources
    if given.contains("*") || need.resources.allSatisfy(given.contains) {
      values = given
    } else if need.isDecrypting {
      values = Self.keys(given, need)
    } else {
      let named = Self.named(given, subject)
      // Bucket and objects are both named if the statement is for both.
      let isShared = statement.names(need.isListing ? "s3:GetObject" : "s3:ListBucket")
      let isReplaceable = { statement.isReplaceable($0, need, subject) }
      values = named.map { Self.put(need, into: $0, subject, isShared: isShared, isReplaceable) }
    }
  }

  /// An alias is not a key, and grants no use of one. Any other key may be needed for something
  /// else.
  private static func keys(_ given: [String], _ need: RequiredPermission) -> [String] {
    guard let alias = given.firstIndex(where: { $0.contains(":alias/") || ARN(completing: $0) == nil }) else {
      return given + need.resources
    }
    var result = given
    result.replaceSubrange(alias...alias, with: need.resources)
    return result
  }

  /// The resources with the bucket's name where a like one stood; `nil` if none of them can be
  /// meant for it.
  private static func named(_ given: [String], _ subject: PolicyCheckSubject) -> [String]? {
    if given.contains(where: { bucket(of: $0) == subject.bucket }) { return given }
    let near = given.compactMap(bucket).first { SimilarBucketName.isNear($0, subject.bucket) }
    guard let near else { return nil }
    return given.flatMap { resource in
      guard bucket(of: resource) == near, let arn = ARN(resource) else { return [resource] }
      return arn.resource.contains("/") ? subject.grant.objectARNs : [subject.grant.bucketARN]
    }
  }

  private static func put(
    _ need: RequiredPermission, into given: [String], _ subject: PolicyCheckSubject, isShared: Bool,
    _ isReplaceable: (String) -> Bool
  ) -> [String] {
    let missing = need.resources.filter { !given.contains($0) }
    if missing.isEmpty { return given }
    let own = given.indices.filter { bucket(of: given[$0]) == subject.bucket }
    let isObject = own.filter { given[$0].contains("/") }
    let isBucket = own.filter { !given[$0].contains("/") }
    let sameLevel = need.isListing ? isBucket : isObject
    var result = given
    if let wrong = (sameLevel + (isShared ? [] : own)).first(where: { isReplaceable(given[$0]) }) {
      result.replaceSubrange(wrong...wrong, with: missing)
    } else if need.isListing {
      result.insert(contentsOf: missing, at: own.first ?? 0)
    } else {
      result.insert(contentsOf: missing, at: own.last.map { $0 + 1 } ?? result.count)
    }
    return result
  }

  private static func bucket(of resource: String) -> String? {
    guard let arn = ARN(resource), arn.service == "s3" else { return nil }
    return String(arn.resource.prefix { $0 != "/" })
  }
}

/// Recognises a bucket name that was meant to be the ICC's.
enum SimilarBucketName {
  /// True if a name that cannot be a bucket's was meant to be the right one: it differs in case or
  /// punctuation, in two characters, or it is a placeholder. A valid name may be another bucket
  /// that is in use, however similar.
  static func isNear(_ name: String, _ right: String) -> Bool {
    let isPossible = name.utf8.allSatisfy {
      (ASCII.isLetterOrDigit($0) && !ASCII.isUppercaseLetter($0)) || $0 == 0x2D || $0 == 0x2E
    }
    let (left, right) = (folded(name), folded(right))
    guard !isPossible, left.count <= 100, !left.isEmpty else { return false }
    let words = ["bucket", "example", "your", "<", "$", "name"]
    let text = String(decoding: left, as: UTF8.self)
    if words.contains(where: { text.contains($0) && !String(decoding: right, as: UTF8.self).contains($0) }) {
      return true
    }
    guard left.filter(ASCII.isDigit) == right.filter(ASCII.isDigit) else { return false }
    if min(left.count, right.count) >= 4, left.starts(with: right) || right.starts(with: left) { return true }
    return distance(left, right) <= 2
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.lowercased().utf8.map { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") ? UInt8(ascii: "-") : $0 }
  }

  /// Levenshtein's distance of two short texts.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let cost = min(diagonal + (byte == right[column] ? 0 : 1), row[column] + 1, row[column + 1] + 1)
        diagonal = row[column + 1]
        row[column + 1] = cost
      }
    }
    return row[right.count]
  }
}

extension PolicyCheckSubject {
  /// True if a value of `s3:prefix` was meant to be this ICC's prefix: it differs in slashes at its
  /// ends and wildcards only.
  func isMeantAsPrefix(_ text: String) -> Bool {
    func core(_ text: String) -> Substring { text[...].trimming { "/*".contains($0) } }
    return core(text) == core(prefix)
  }

  /// True if the ARN of objects in the bucket was meant to be that of the objects under the prefix.
  /// A wildcard before a slash is a filename of someone else's.
  func isMeantAsObjects(_ arn: ARN) -> Bool {
    guard arn.resource.hasPrefix(bucket + "/"), !arn.resource.contains("*/") else { return false }
    return isMeantAsPrefix(String(arn.resource.dropFirst(bucket.count + 1))) || arn.resource == bucket + "/"
  }
}

extension Substring {
  fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
    let start = drop(while: isTrimmed)
    guard let last = start.lastIndex(where: { !isTrimmed($0) }) else { return "" }
    return start[...last]
  }
}
