/// A step of the set-up, from the created ICC to the verified connection.
package enum SetupStep: String, Sendable, CaseIterable {
  /// The ICC exists, with its external ID.
  case created
  /// The role exists in the customer's account.
  case role
  /// The role's trust policy lets InfoSum in, and only InfoSum.
  case trustPolicy = "trust-policy"
  /// The role may list the bucket and read its objects.
  case permissions
  /// The registry knows the role's ARN.
  case userARN = "user-arn"
  /// The stored policies were checked without AWS. This step is optional.
  case check
  /// A verification against AWS succeeded.
  case verify

  /// The party that performs the step.
  package enum Performer: String, Sendable {
    /// A user of the registry, or the bearer of a link who may do the same.
    case user
    /// The administrator of the customer's AWS account.
    case awsAdministrator = "aws-administrator"
    /// InfoSum, once a user asks for it.
    case infoSum = "infosum"
  }

  /// The state of a step, as far as the registry knows it.
  package enum State: String, Sendable {
    /// The registry knows that it is done.
    case done
    /// The registry does not know.
    case open
    /// The last verification found an error in it.
    case failed
  }

  /// The party that performs the step.
  package var performer: Performer {
    switch self {
    case .created, .userARN, .check: .user
    case .role, .trustPolicy, .permissions: .awsAdministrator
    case .verify: .infoSum
    }
  }
}
