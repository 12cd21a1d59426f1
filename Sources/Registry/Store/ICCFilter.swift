/// The conditions of a list of ICCs; nil means no condition.
package struct ICCFilter: Hashable, Sendable {
  /// The maximum number of words: each is looked for in every text of each ICC.
  package static let maxWords = 8

  /// Words that all occur in the name, description, bucket name, prefix, User ARN, ID or external
  /// IDs, each in any of them, ignoring case.
  package var words: [String] = []
  /// Part of the name, ignoring case.
  package var name: String?
  /// The whole bucket name.
  package var bucketName: String?
  /// The whole User ARN, case-sensitive.
  package var userARN: String?
  /// The whole session name.
  package var sessionName: String?
  /// The kind of storage.
  package var connectorType: ConnectorType?
  /// The statuses, any of which matches; empty for all.
  package var statuses: Set<ICCStatus> = []
  /// True for enabled ICCs, false for disabled ones.
  package var isEnabled: Bool?
  /// True for ICCs with a pending external ID, false for the others.
  package var isRotationPending: Bool?
  /// ICCs that were changed at this time or later.
  package var updatedSince: Timestamp?
  /// One organisation of those in scope.
  package var organisation: OrganisationID?
  /// An organisation whose ICCs are left out.
  package var otherThan: OrganisationID?
  /// Deleted ICCs instead of live ones.
  package var isDeleted = false
  /// Only ICCs with an alarm about their role.
  package var hasAlarm = false

  /// The processor time in milliseconds after which the store gives up; nil for no limit.
  package var timeLimit: Int?

  /// Creates a filter that matches every live ICC.
  package init() {}

  /// Usable ICCs, or those that are not.
  package struct Usability: Hashable, Sendable {
    /// True for usable ICCs.
    package let isUsable: Bool
    /// True if an ICC that is not verified is not usable.
    package let requiresVerified: Bool
    /// True if a held ICC is not usable: for tokens of all organisations.
    package let seesHold: Bool

    /// A filter by `ICC.usabilityObstacles(requiresVerified:seesHold:)`.
    package init(isUsable: Bool, requiresVerified: Bool, seesHold: Bool) {
      self.isUsable = isUsable
      self.requiresVerified = requiresVerified
      self.seesHold = seesHold
    }
  }

  /// True if import workers may use the ICC; nil for all.
  package var usability: Usability?
}
