/// The entity that an ARN of IAM or STS names, recognised by the start of its resource part.
package struct IAMEntity: Sendable, Hashable {
  /// The kinds of entity that appear in trust policies or are mistaken for roles.
  package enum Kind: String, Sendable {
    case root
    case role
    case user
    case group
    case policy
    case instanceProfile = "instance-profile"
    case assumedRole = "assumed-role"
    case federatedUser = "federated-user"

    /// True if it can be a principal: "You cannot identify a user group as a principal in a
    /// policy".
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    package var isPrincipal: Bool {
      switch self {
      case .root, .role, .user, .assumedRole, .federatedUser: true
      case .group, .policy, .instanceProfile: false
      }
    }
  }

  /// The kind of entity.
  package var kind: Kind
  /// The account's twelve digits.
  package var account: String
  /// The partition.
  package var partition: String
  /// The path, with a slash at both ends; `/` if there is none. Sessions have no path.
  package var path: String
  /// The name without the path; for a session, the role's name. Empty for the root.
  package var name: String
  /// The session's name, for an assumed role.
  package var session: String?
  /// The service in the ARN, `iam` or `sts`: people confuse the two.
  package var service: String

  /// Recognises an ARN; nil if it belongs to neither IAM nor STS, or its resource part has another
  /// form.
  package init?(_ arn: ARN) {
    guard arn.service == "iam" || arn.service == "sts" else { return nil }
    account = arn.account
    partition = arn.partition
    service = arn.service
    path = "/"
    name = ""
    if arn.resource == "root" {
      kind = .root
      return
    }
    let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, let kind = Kind(rawValue: String(first)), parts.count > 1 else { return nil }
    self.kind = kind
    if kind == .assumedRole {
      guard parts.count == 3 else { return nil }
      name = String(parts[1])
      session = String(parts[2])
    } else {
      name = String(parts[parts.count - 1])
      path = "/" + parts[1..<(parts.count - 1)].map { $0 + "/" }.joined()
    }
  }
}
