import AWSPolicy

/// An action that an import needs, and its resources.
struct RequiredPermission {
  /// A resource, and the requests that need the action on it.
  struct Part {
    let resource: String
    let requests: [StorageProbes.Probe]
  }

  let action: String
  /// The resources: one, or one for each filename.
  let parts: [Part]
  /// The same action outside the ICC's prefix and filenames, which an import does not need.
  let outside: [StorageProbes.Probe]
  private let template: PolicyStatement

  var resources: [String] { parts.map(\.resource) }

  /// The requests that need it.
  var all: [StorageProbes.Probe] { parts.flatMap(\.requests) }

  /// The statement that allows it.
  var statement: PolicyStatement {
    var statement = template
    statement.resources = resources
    return statement
  }

  /// Returns the permissions of an ICC, one for each action.
  static func all(_ subject: PolicyCheckSubject) -> [RequiredPermission] {
    let probes = StorageProbes(subject: subject)
    let grant = subject.grant
    let outside = probes.outside
    return grant.permissionPolicy.statements.compactMap { statement in
      guard let action = statement.actions.first, let resources = statement.resources else { return nil }
      let requests = probes.all.filter { $0.action == action }
      // The requests to KMS are about the key, whatever object it decrypts.
      let ofFilename = Dictionary(grouping: requests) { probe in
        action == Self.getObject ? probe.filename.map(grant.objectARN) : nil
      }
      let parts = resources.map { Part(resource: $0, requests: ofFilename[$0] ?? ofFilename[nil] ?? []) }
      return RequiredPermission(
        action: action, parts: parts, outside: outside.filter { $0.action == action }, template: statement)
    }
  }

  /// Returns the permission for the resources with a request for which `isIncluded` is true; nil if
  /// there are none.
  func limited(to isIncluded: (StorageProbes.Probe) -> Bool) -> RequiredPermission? {
    let parts = parts.filter { $0.requests.contains(where: isIncluded) }
    guard !parts.isEmpty else { return nil }
    return RequiredPermission(action: action, parts: parts, outside: outside, template: template)
  }

  private static let getObject = "s3:GetObject"

  var isListing: Bool { action == "s3:ListBucket" }
  var isDecrypting: Bool { action == "kms:Decrypt" }

  /// The action's prefix: `s3:`.
  var service: String { action.prefix { $0 != ":" } + ":" }

  /// False if the action never applies to the resource of a statement: listing never to objects,
  /// reading never to a bucket.
  func canApply(to resource: String) -> Bool {
    if isDecrypting { return true }
    if isListing { return !resource.contains("/") }
    return resource.contains { "/*?$".contains($0) }
  }
}
