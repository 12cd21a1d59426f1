import JSON
import RegistryTestSupport
import Testing

@testable import Registry

/// One step in the life of an ICC.
struct Transition: CustomTestStringConvertible, Sendable {
  /// The expected outcome.
  enum Outcome: Sendable {
    /// The ICC is stored at the next version with this status and one event of this kind.
    case stored(ICCStatus, EventKind)
    /// The ICC stays as it is, without an event.
    case unchanged
    /// The step is rejected, and nothing is written.
    case rejected
  }

  let name: String
  /// The statuses from which the step is tried.
  var statuses = ICCStatus.allCases
  /// Changes the ICC before the step.
  var before: @Sendable (inout ICC) -> Void = { _ in }
  let step: @Sendable (ICCID, ChangeContext, any RegistryWriter) throws -> ICC
  let outcome: @Sendable (ICC) -> Outcome
  /// The members that the event must list.
  let members: Set<String>
  /// True for the fields that the step may change.
  var isExpected: @Sendable (_ before: ICC, _ after: ICC) -> Bool = { _, _ in true }

  var testDescription: String { name }

  static func change(
    _ name: String, _ member: String, breaksConnection: Bool = true,
    from statuses: [ICCStatus] = [.unverified, .verified, .insecure, .failing], _ change: ICCChange
  ) -> Transition {
    Transition(
      name: name, statuses: statuses, step: { try ICCLifecycle.change($0, change, $1, in: $2) },
      outcome: { .stored(breaksConnection ? .unverified : $0.status, .iccUpdated) }, members: [member],
      isExpected: { $1.externalID == $0.externalID && $1.pendingExternalID == $0.pendingExternalID })
  }
}

@Suite struct TransitionTests {
  private static let fresh = ExternalID(bytes: Array(repeating: 7, count: 32)) ?? .sample
  private static let pending = ExternalID(bytes: Array(repeating: 9, count: 32)) ?? .sample
  static let id = ICCID(stored: "icc_01jdc0000000000000000000aa")
  static let updated = Timestamp(milliseconds: 1_790_000_000_000)
  static let actor = Actor(stored: "tok_1")

  private static func with(_ set: (inout ICCChange) -> Void) -> ICCChange {
    var change = ICCChange()
    set(&change)
    return change
  }

  static let changes: [Transition] = [
    .change("name", "name", breaksConnection: false, with { $0.name = .set(ICCName(stored: "Other")) }),
    .change("role", "userArn", with { $0.userARN = .set(UserARN(stored: "arn:aws:iam::111122223333:role/b")) }),
    .change("session", "sessionName", with { $0.sessionName = .set(SessionName(stored: "other")) }),
    .change("bucket", "bucketName", with { $0.bucketName = .set(BucketName(stored: "other")) }),
    .change(
      "description", "description", breaksConnection: false,
      with { $0.description = .set(ICCDescription(stored: "Other")) }),
    .change("owner", "bucketOwner", with { $0.bucketOwner = .set(AccountID(stored: "999988887777")) }),
    .change("prefix", "prefix", with { $0.prefix = .set(Prefix(stored: "other/")) }),
    .change("files", "filenames", with { $0.filenames = .set(Filenames(stored: ["*.csv"])) }),
    .change("key", "kmsKeyArn", with { $0.kmsKeyARN = .set(KMSKeyARN(stored: sampleKey)) }),
    .change(
      "first role of a draft", "userArn", from: [.draft],
      with { $0.userARN = .set(UserARN(stored: "arn:aws:iam::111122223333:role/b")) }),
    Transition(
      name: "removal of the role", statuses: [.unverified, .verified, .insecure, .failing],
      step: { try ICCLifecycle.change($0, with { $0.userARN = .set(nil) }, $1, in: $2) },
      outcome: { _ in .stored(.draft, .iccUpdated) }, members: ["userArn"], isExpected: { $1.userARN == nil }),
    Transition(
      name: "change to the same values",
      step: {
        try ICCLifecycle.change($0, with { $0.prefix = .set(Prefix(stored: "exports/")) }, $1, in: $2)
      },
      outcome: { _ in .unchanged }, members: []),
  ]

  static let steps: [Transition] = [
    Transition(
      name: "rotate", step: { try ICCLifecycle.rotate($0, to: fresh, $1, in: $2) },
      outcome: { .stored($0.status, .externalIDRotated) }, members: ["pendingExternalId"],
      isExpected: { $1.externalID == $0.externalID && $1.pendingExternalID == fresh }),
    Transition(
      name: "rotate again", before: { $0.pendingExternalID = pending },
      step: { try ICCLifecycle.rotate($0, to: fresh, $1, in: $2) }, outcome: { _ in .rejected }, members: []),
    Transition(
      name: "promote", before: { $0.pendingExternalID = pending },
      step: { try ICCLifecycle.promote($0, $1, in: $2) },
      outcome: { .stored($0.userARN == nil ? .draft : .unverified, .externalIDPromoted) },
      members: ["externalId", "pendingExternalId"],
      isExpected: { $1.externalID == pending && $1.pendingExternalID == nil }),
    Transition(
      name: "promote nothing", step: { try ICCLifecycle.promote($0, $1, in: $2) }, outcome: { _ in .rejected },
      members: []),
    Transition(
      name: "cancel", before: { $0.pendingExternalID = pending }, step: { try ICCLifecycle.cancel($0, $1, in: $2) },
      outcome: { .stored($0.status, .externalIDCancelled) }, members: ["pendingExternalId"],
      isExpected: { $1.externalID == $0.externalID && $1.pendingExternalID == nil }),
    Transition(
      name: "cancel nothing", step: { try ICCLifecycle.cancel($0, $1, in: $2) }, outcome: { _ in .rejected },
      members: []),
    Transition(
      name: "delete", step: { try ICCLifecycle.delete($0, $1, in: $2) },
      outcome: { .stored($0.status, .iccDeleted) }, members: ["deletedAt"],
      isExpected: { $1.deletedAt == $1.updatedAt && $1.externalID == $0.externalID }),
    Transition(
      name: "delete the deleted", before: { $0.deletedAt = updated },
      step: { try ICCLifecycle.delete($0, $1, in: $2) }, outcome: { _ in .rejected }, members: []),
    Transition(
      name: "change the deleted", before: { $0.deletedAt = updated },
      step: { try ICCLifecycle.change($0, with { $0.prefix = .set(Prefix(stored: "x/")) }, $1, in: $2) },
      outcome: { _ in .rejected }, members: []),
    Transition(
      name: "restore",
      before: {
        $0.deletedAt = updated
        $0.pendingExternalID = pending
      }, step: { try ICCLifecycle.restore($0, $1, in: $2) },
      outcome: { .stored($0.status, .iccRestored) }, members: ["deletedAt"],
      isExpected: {
        $1.deletedAt == nil && $1.externalID == $0.externalID && $1.pendingExternalID == pending
      }),
    Transition(
      name: "restore the live", step: { try ICCLifecycle.restore($0, $1, in: $2) }, outcome: { _ in .unchanged },
      members: []),
    Transition(
      name: "disable", step: { try ICCLifecycle.setEnabled(false, $0, $1, in: $2) },
      outcome: { .stored($0.status, .iccDisabled) }, members: ["enabled"], isExpected: { !$1.isEnabled }),
    Transition(
      name: "enable", before: { $0.isEnabled = false },
      step: { try ICCLifecycle.setEnabled(true, $0, $1, in: $2) },
      outcome: { .stored($0.status, .iccEnabled) }, members: ["enabled"], isExpected: { $1.isEnabled }),
    Transition(
      name: "enable the enabled", step: { try ICCLifecycle.setEnabled(true, $0, $1, in: $2) },
      outcome: { _ in .unchanged }, members: []),
  ]

  /// The status member is listed where it changes; `updatedAt` never goes back, even if the clock does.
  @Test(arguments: changes + steps, [3_600_000, -3_600_000] as [Int64])
  func `each step from each status has its status, version, times and event`(
    transition: Transition, clockChange: Int64
  ) throws {
    for status in transition.statuses {
      let store = MemoryStore()
      var icc = sampleICC(userARN: status == .draft ? nil : "arn:aws:iam::111122223333:role/infosum-import")
      icc.status = status
      transition.before(&icc)
      store.insert(icc)
      let now = Self.updated.adding(milliseconds: clockChange)
      let context = ChangeContext(actor: Self.actor, scope: .organisation(.default), now: now)
      let result = Result { try transition.step(icc.id, context, store) }
      switch transition.outcome(icc) {
      case .stored(let next, let kind):
        let after = try result.get()
        #expect(after == store.iccs[icc.id])
        #expect(after.status == next, "from \(status)")
        #expect(after.version == icc.version + 1)
        #expect(after.updatedAt == max(now, icc.updatedAt) && after.createdAt == icc.createdAt)
        #expect(after.updatedBy == Self.actor && after.createdBy == icc.createdBy)
        #expect(transition.isExpected(icc, after), "from \(status)")
        let event = try #require(store.allEvents.first)
        #expect(store.allEvents.count == 1 && event.kind == kind && event.version == after.version)
        #expect(event.at == after.updatedAt && event.actor == Self.actor && event.subject == icc.id.text)
        let listed = try JSONValue(parsing: event.changes).objectValue?.members.map(\.name) ?? []
        #expect(Set(listed) == (next == status ? transition.members : transition.members.union(["status"])))
      case .unchanged:
        #expect(try result.get() == icc && store.iccs[icc.id] == icc && store.allEvents.isEmpty)
      case .rejected:
        #expect(throws: LifecycleError.self) { try result.get() }
        #expect(store.iccs[icc.id] == icc && store.allEvents.isEmpty)
      }
    }
  }

  @Test(arguments: [nil, "arn:aws:iam::111122223333:role/a"])
  func `a new ICC is a draft without a role, enabled, at version 1, with an event of all its values`(
    role: String?
  ) throws {
    let store = MemoryStore()
    let new = NewICC(
      organisation: .default, name: ICCName(stored: "Acme"), userARN: role.map(UserARN.init(stored:)),
      sessionName: SessionName(stored: "acme"), bucketName: BucketName(stored: "acme-data"),
      prefix: Prefix(stored: ""))
    let context = ChangeContext(actor: Self.actor, scope: .organisation(.default), now: Self.updated)
    let icc = try ICCLifecycle.create(new, id: Self.id, externalID: Self.fresh, context, in: store)
    #expect(icc == store.iccs[Self.id] && icc.status == (role == nil ? .draft : .unverified) && icc.isEnabled)
    #expect(icc.version == 1 && icc.createdAt == Self.updated && icc.updatedAt == Self.updated)
    #expect(icc.externalID == Self.fresh && icc.pendingExternalID == nil && icc.deletedAt == nil)
    #expect(store.allEvents.map(\.kind) == [.iccCreated])
    #expect(throws: LifecycleError.self) {
      try ICCLifecycle.create(
        new, id: ICCID(stored: "icc_01jdc0000000000000000000ab"), externalID: Self.fresh, context, in: store)
    }
  }

  static let verdicts: [(passing: Bool, probe: Bool, status: ICCStatus)] = [
    (true, true, .verified), (false, true, .failing), (true, false, .insecure),
  ]

  @Test(arguments: verdicts)
  func `a verification sets the status, but not that of a connection changed meanwhile`(
    row: (passing: Bool, probe: Bool, status: ICCStatus)
  ) throws {
    let checks = VerificationCheck.Name.allCases.map { name in
      let isPassed = name.isProbe ? row.probe : name == .connectorRoleAssumable || row.passing
      return VerificationCheck(name, isPassed ? .passed : .failed, detail: "")
    }
    let verification = Verification(
      iccVersion: 1, startedAt: Self.updated, durationMilliseconds: 1, retryAfterSeconds: nil, checks: checks)
    let context = ChangeContext(actor: Self.actor, scope: .all, now: Self.updated.adding(milliseconds: 5))
    for isChanged in [false, true] {
      let store = MemoryStore()
      let tried = sampleICC()
      store.insert(isChanged ? sampleICC(prefix: "changed/") : tried)
      let after = try ICCLifecycle.record(verification, of: tried, context, in: store)
      #expect(after.status == (isChanged ? .unverified : row.status) && after.version == 2)
      #expect(after.updatedAt == tried.updatedAt && after.updatedBy == tried.updatedBy)
      #expect(after.lastVerification != nil && store.allVerifications.count == 1)
      #expect(store.allEvents.map(\.kind) == [.iccVerified] && store.allEvents.first?.at == context.now)
    }
  }
}
