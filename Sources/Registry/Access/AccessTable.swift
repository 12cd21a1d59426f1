/// The permissions of each role, decided in this one place. An action that is not granted is
/// rejected, and an action without a row does not compile. The data that it applies to is the
/// token's `Scope`, which every query of the store takes.
package enum AccessTable {
  /// The roles that may take the action.
  package static func roles(for action: Action) -> Set<Role> {
    switch action {
    case .readSession, .createSession, .rotateSession, .endSession: Set(Role.allCases)
    case .listICCs, .readICC, .readUsages: [.admin, .owner, .editor, .viewer, .auditor, .connector]
    case .checkICC, .readICCEvents, .readVerifications, .readEventActors, .listHandOvers:
      [.admin, .owner, .editor, .viewer, .auditor]
    case .createICC, .changeICC, .deleteICC, .restoreICC, .switchICC, .rotateExternalID, .verifyICC,
      .createHandOver, .revokeHandOver:
      [.admin, .owner, .editor]
    case .useICC: [.admin, .owner, .connector]
    case .readEvents: [.admin, .owner, .auditor, .connector]
    case .readEventAddresses, .readAdministratorsEvents: [.admin, .auditor]
    case .readOrganisations: [.admin, .auditor]
    case .createOrganisation, .changeOrganisation, .deleteOrganisation: [.admin]
    case .listTokens: [.admin, .owner, .auditor]
    case .createToken, .revokeToken: [.admin, .owner]
    case .readMetrics: [.admin, .auditor, .monitor]
    case .listAlarms: [.admin, .auditor]
    case .releaseICC: [.admin]
    }
  }

  /// Returns true if a bearer of this role may take the action, unless its token is limited to
  /// organisations.
  package static func allows(_ role: Role, _ action: Action) -> Bool {
    granted[role]?.contains(action) ?? false
  }

  /// Returns true if the token's bearer may take the action.
  package static func allows(_ token: Token, _ action: Action) -> Bool {
    allows(token.role, action) && (token.organisations.isEmpty || !action.concernsAllOrganisations)
  }

  /// Returns true if the bearer of a link may take the action. Reading the set-up, which every link
  /// allows, has no permission.
  package static func allows(_ handOver: HandOver, _ permission: HandOverPermission?) -> Bool {
    permission.map(handOver.permissions.contains) ?? true
  }

  /// Returns true if a token of this role and these organisations has no action that the maker does
  /// not have.
  static func allows(_ maker: Token, toMake role: Role, of organisations: [OrganisationID]) -> Bool {
    Action.allCases.allSatisfy { action in
      let isGranted = allows(role, action) && (organisations.isEmpty || !action.concernsAllOrganisations)
      return !isGranted || allows(maker, action)
    }
  }

  private static let granted: [Role: Set<Action>] = Dictionary(
    uniqueKeysWithValues: Role.allCases.map { role in
      (role, Set(Action.allCases.filter { roles(for: $0).contains(role) }))
    })
}
