/// The six parts of an Amazon Resource Name, `arn:partition:service:region:account:resource`; the last may hold colons
/// (AWS General Reference, "Amazon Resource Names").
struct ARN {
  let partition: Substring
  let service: Substring
  let region: Substring
  let account: Substring
  let resource: Substring

  /// The parts of a text that begins with `arn:` and has all six; nil for any other.
  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn" else { return nil }
    (partition, service, region, account, resource) = (parts[1], parts[2], parts[3], parts[4], parts[5])
  }

  /// The resource's first word, before a slash: `role`, `user`, `key`; the whole resource where there is no slash.
  var resourceType: Substring { resource.prefix { $0 != "/" } }

  /// The resource behind its first slash; empty where there is none.
  var resourceName: Substring { resource.dropFirst(resourceType.count + 1) }

  /// The partitions that AWS has (botocore, `partitions.json`).
  static let partitions: Set<Substring> = [
    "aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f",
  ]
}
