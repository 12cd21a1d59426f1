/// What the ICCs of a list have in common; a nil member asks for nothing.
package struct ICCFilter: Hashable, Sendable {
  /// Part of the name, ignoring case.
  package var name: String?
  /// The whole bucket name.
  package var bucketName: String?
  /// The whole User ARN, with case.
  package var userARN: String?
  /// The status.
  package var status: ICCStatus?
  /// One organisation out of those in scope.
  package var organisation: OrganisationID?
  /// Deleted ICCs instead of live ones.
  package var isDeleted = false

  /// A filter that lets every live ICC through.
  package init() {}
}
