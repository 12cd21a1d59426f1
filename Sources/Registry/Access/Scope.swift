/// Whose data a query may touch. Every query of the store takes one, so that no caller can forget
/// it.
package enum Scope: Hashable, Sendable {
  /// Every organisation's: administrators and connectors.
  case all
  /// One organisation's alone.
  case organisation(OrganisationID)
}
