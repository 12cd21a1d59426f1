import Registry

/// A store in memory for the rules of the lifecycle: ICCs and events, without tokens or paging.
final class MemoryStore: RegistryWriter {
  var iccs: [ICCID: ICC] = [:]
  var allEvents: [AuditEvent] = []
  var allVerifications: [Verification] = []
  var organisations: Set<OrganisationID> = [.default]
  var rolesUsedElsewhere: Set<String> = []

  var cache: ReadCache? { nil }

  func icc(_ id: ICCID, in scope: Scope) -> ICC? {
    iccs[id].flatMap { scope.contains($0.organisation) ? $0 : nil }
  }

  func version(of id: ICCID, in scope: Scope) -> Int64? { icc(id, in: scope)?.version }

  func liveICC(named name: ICCName, in organisation: OrganisationID) -> ICC? {
    iccs.values.first {
      $0.deletedAt == nil && $0.organisation == organisation && $0.name.text.lowercased() == name.text.lowercased()
    }
  }

  func use(of role: UserARN, for organisation: OrganisationID) -> RoleUse {
    let naming = iccs.values.filter { $0.deletedAt == nil && $0.userARN == role }
    let others = naming.filter { $0.organisation != organisation }
    let isUsedElsewhere = rolesUsedElsewhere.contains(role.text)
    return RoleUse(
      isElsewhere: isUsedElsewhere || !others.isEmpty,
      isEstablishedElsewhere: isUsedElsewhere || others.contains { !$0.isHeld },
      isEstablishedHere: naming.contains { $0.organisation == organisation && !$0.isHeld })
  }

  func organisation(_ id: OrganisationID) -> Organisation? {
    organisations.contains(id)
      ? Organisation(id: id, name: id.text, createdAt: Timestamp(milliseconds: 0), createdBy: .commandLine) : nil
  }

  func insert(_ icc: ICC) { iccs[icc.id] = icc }
  func update(_ icc: ICC) { iccs[icc.id] = icc }
  func insert(_ verification: Verification, of icc: ICC, keeping limit: Int) { allVerifications.append(verification) }

  func append(_ event: AuditEvent) -> Int64 {
    allEvents.append(event)
    return Int64(allEvents.count)
  }

  func iccs(_ filter: ICCFilter, _ page: PageRequest, in scope: Scope) -> Page<ICC> { Page(items: [], next: nil) }
  func iccs(_ search: ICCSearch, in scope: Scope) -> NumberedPage<ICC> {
    let found = iccs.values.filter { icc in
      icc.deletedAt == nil && scope.contains(icc.organisation) && (search.condition?.matches(icc) ?? true)
    }
    let page = found.sorted { $0.id.text > $1.id.text }.dropFirst(search.offset).prefix(search.limit)
    return NumberedPage(items: Array(page), total: found.count)
  }
  func issuedExternalID(_ id: ExternalID, in scope: Scope) -> IssuedExternalID? { nil }
  func verifications(of icc: ICCID, _ page: PageRequest, in scope: Scope) -> Page<String> {
    Page(items: [], next: nil)
  }
  func usages(of icc: ICCID, at time: Timestamp, in scope: Scope) -> [Usage] { [] }
  func save(_ usage: Usage, of icc: ICC) {}
  func deleteUsage(_ key: UsageKey, of icc: ICC) {}
  func deleteUsages(expiredAt time: Timestamp, atMost limit: Int) {}
  func handOver(_ hash: TokenHash) -> HandOver? { nil }
  func handOvers(of icc: ICCID, in scope: Scope) -> [HandOver] { [] }
  func insert(_ handOver: HandOver, hash: TokenHash) {}
  func revokeHandOver(_ id: HandOverID, at time: Timestamp) {}
  func countUse(of id: HandOverID, at time: Timestamp) -> Bool { false }
  func token(_ hash: TokenHash) -> Token? { nil }
  func token(_ id: TokenID) -> Token? { nil }
  func tokens(_ page: PageRequest, in scope: Scope) -> Page<Token> { Page(items: [], next: nil) }
  func unrevokedTokens(fromMaker token: TokenID) -> [Token] { [] }
  func unrevokedTokens(of organisation: OrganisationID?, madeBy maker: Actor?) -> [Token] { [] }
  func organisations(_ page: PageRequest, in scope: Scope) -> Page<Organisation> { Page(items: [], next: nil) }
  func events(
    of icc: ICCID, _ page: PageRequest, in scope: Scope, for audience: EventAudience
  ) -> Page<AuditEvent> { Page(items: allEvents, next: nil) }
  func events(_ page: PageRequest, in scope: Scope, for audience: EventAudience) -> Page<AuditEvent> {
    Page(items: allEvents, next: nil)
  }
  func auditHead() -> AuditHead { .start }
  func cursorKey() -> [UInt8] { [UInt8](repeating: 0, count: 32) }

  func iccCount(of organisation: OrganisationID) -> Int {
    iccs.values.count { $0.organisation == organisation && $0.deletedAt == nil }
  }
  func iccCounts(of organisation: OrganisationID?) -> [ICCStatus: Int]? { nil }
  func validTokenCount(of organisation: OrganisationID, at now: Timestamp, upTo limit: Int) -> Int { 0 }
  func idempotencyRecordCount(of token: TokenID) -> Int { 0 }

  func idempotencyRecord(token: TokenID, key: String) -> IdempotencyRecord? { nil }
  func insert(_ token: Token, hash: TokenHash) {}
  func revoke(_ token: TokenID, at time: Timestamp) {}
  func noteUses(_ uses: [TokenID: Timestamp]) {}
  func insert(_ organisation: Organisation) { organisations.insert(organisation.id) }
  func update(_ organisation: Organisation) {}
  func delete(_ organisation: Organisation, at time: Timestamp) { organisations.remove(organisation.id) }
  func save(_ record: IdempotencyRecord) {}
  func deleteIdempotencyRecords(before time: Timestamp, atMost limit: Int) -> Int { 0 }
}
