import AWSClient
import AWSPolicy
import Registry

/// The search for objects that match an ICC's filenames: in what is listed already, then in a
/// limited number of further listings.
struct FilenameSearch {
  /// The maximum number of filenames of which an object is read: each costs a request.
  static let maxFilenames = 5
  /// The maximum number of listings: a bucket can have any number of objects with other names.
  static let maxListings = 10
  /// The maximum number of steps that the comparisons may take: a second or two.
  private static let maxSteps = 100_000_000

  private let patterns: [ObjectKeyPattern]
  private let prefix: Prefix
  private var objects: [S3.Object]
  /// The last key of the listing of the whole prefix; nil at its end.
  private var lastKey: String?
  private var listings = 0
  private let budget = StepBudget(limit: Self.maxSteps)

  /// The filenames with at least one object, and their objects.
  private(set) var found: [(filename: String, objects: [S3.Object])] = []
  /// The filenames that were looked for and have no object in what was listed.
  private(set) var missing: [String] = []

  /// A search that starts with the first objects under the prefix.
  init(patterns: [ObjectKeyPattern], prefix: Prefix, listed objects: [S3.Object]) {
    self.patterns = patterns
    self.prefix = prefix
    self.objects = objects
    lastKey = objects.last?.key
  }

  /// Looks for objects until `maxFilenames` filenames have one.
  mutating func run(_ s3: inout S3) throws(AWSCallError) {
    for pattern in patterns where found.count < Self.maxFilenames {
      let matching = try matching(pattern, &s3)
      if matching.isEmpty {
        missing.append(pattern.filename)
      } else {
        found.append((pattern.filename, matching))
      }
    }
  }

  private mutating func matching(_ pattern: ObjectKeyPattern, _ s3: inout S3) throws(AWSCallError) -> [S3.Object] {
    var matching = objects.filter { pattern.matches($0.key, budget) }
    // Every key that matches is under the literal start: one listing finds it if there is one.
    let start = pattern.literalStart
    if matching.isEmpty, start != prefix.text, listings < Self.maxListings, lastKey != nil {
      matching = try list(start, after: nil, &s3).filter { pattern.matches($0.key, budget) }
    }
    while matching.isEmpty, let key = lastKey, listings < Self.maxListings {
      let next = try list(prefix.text, after: key, &s3)
      objects += next
      lastKey = next.last?.key
      matching = next.filter { pattern.matches($0.key, budget) }
    }
    return matching
  }

  private mutating func list(
    _ prefix: String, after key: String?, _ s3: inout S3
  ) throws(AWSCallError) -> [S3.Object] {
    listings += 1
    return try s3.list(prefix: prefix, after: key)
  }
}
