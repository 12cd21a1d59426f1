/// The permissions of each role, decided in this one place. An action that is not granted is
/// rejected, and an action without a row does not compile. The data that it applies to is the
/// token's `Scope`, which every query of the store takes.
package enum AccessTable {
  /// The roles that may take the action.
  package static func roles(for action: Action) -> Set<Role> {
    switch action {
    case .readSession, .rotateSession, .endSession: Set(Role.allCases)
    case .listICCs, .readICC, .readUsages: [.admin, .editor, .viewer, .connector]
    case .checkICC, .readICCEvents, .readVerifications: [.admin, .editor, .viewer]
    case .createICC, .changeICC, .deleteICC, .restoreICC, .switchICC, .rotateExternalID, .verifyICC:
      [.admin, .editor]
    case .useICC: [.admin, .connector]
    case .readEvents: [.admin, .connector]
    case .readOrganisations, .createOrganisation, .deleteOrganisation: [.admin]
    case .listTokens, .createToken, .revokeToken: [.admin]
    case .readMetrics, .listAlarms, .releaseICC: [.admin]
    }
  }

  /// Returns true if a bearer of this role may take the action.
  package static func allows(_ role: Role, _ action: Action) -> Bool {
    granted[role]?.contains(action) ?? false
  }

  private static let granted: [Role: Set<Action>] = Dictionary(
    uniqueKeysWithValues: Role.allCases.map { role in
      (role, Set(Action.allCases.filter { roles(for: $0).contains(role) }))
    })
}

extension Role {
  /// True if a token of this role belongs to one organisation; the others see all and belong to
  /// none.
  package var needsOrganisation: Bool {
    switch self {
    case .editor, .viewer: true
    case .admin, .connector: false
    }
  }
}
