import RegistryTestSupport
import Testing

@testable import Registry

/// The alarm of an ICC that names a role which another organisation uses.
@Suite struct SharedRoleTests {
  private static let role = UserARN(stored: "arn:aws:iam::111122223333:role/shared")
  private static let now = Timestamp(milliseconds: 1_790_000_000_000)
  private let store = MemoryStore()
  private let context = ChangeContext.commandLine(now: now)

  init() { for name in ["first", "second", "third"] { store.organisations.insert(OrganisationID(stored: name)) } }

  private func create(
    _ number: Int, in organisation: String, role: UserARN? = role, isDryRun: Bool = false
  ) throws -> ICC {
    let new = NewICC(
      organisation: OrganisationID(stored: organisation), name: ICCName(stored: "ICC \(number)"), userARN: role,
      sessionName: SessionName(stored: "acme-import"), bucketName: BucketName(stored: "acme-data"),
      prefix: Prefix(stored: ""))
    let context = ChangeContext(actor: .commandLine, scope: .all, now: Self.now, isDryRun: isDryRun)
    return try ICCLifecycle.create(
      new, id: ICCID(stored: "icc_0000000000000000000000000\(number)"), externalID: .random(), context, in: store)
  }

  private func name(_ role: UserARN?, in icc: ICC) throws -> ICC {
    var change = ICCChange()
    change.userARN = .set(role)
    return try ICCLifecycle.change(icc.id, change, context, in: store)
  }

  private var kinds: [EventKind] { store.allEvents.map(\.kind) }

  @Test func `the organisation that names a role later is held, the first is not`() throws {
    let first = try create(1, in: "first")
    let second = try create(2, in: "second")
    #expect(first.sharedRole == nil)
    #expect(second.sharedRole == SharedRoleAlarm(raisedAt: Self.now, isHeld: true))
    #expect(kinds == [.iccCreated, .iccCreated, .userARNShared])
    #expect(
      store.allEvents[2].changes
        == #"{"userArn":{"before":null,"after":"\#(Self.role.text)"},"held":{"before":false,"after":true}}"#)
  }

  @Test func `a held ICC cannot hold further ICCs of the first organisation`() throws {
    _ = try create(1, in: "first")
    _ = try create(2, in: "second")
    #expect(try create(3, in: "first").sharedRole == nil)
    #expect(kinds.last == .userARNShared)
    #expect(try create(4, in: "second").isHeld && create(5, in: "third").isHeld)
  }

  @Test func `a changed role raises and ends the alarm`() throws {
    _ = try create(1, in: "first")
    let icc = try create(2, in: "second", role: nil)
    #expect(icc.sharedRole == nil)
    #expect(try name(Self.role, in: icc).isHeld)
    let other = try name(UserARN(stored: "arn:aws:iam::111122223333:role/own"), in: icc)
    #expect(other.sharedRole == nil && other.status == .unverified)
    #expect(try name(Self.role, in: icc).isHeld)
    #expect(try name(nil, in: icc).sharedRole == nil)
  }

  @Test func `a hold survives other changes, deletion, restoration and the end of the first ICC`() throws {
    let first = try create(1, in: "first")
    let icc = try create(2, in: "second")
    var change = ICCChange()
    change.prefix = .set(Prefix(stored: "other/"))
    #expect(try ICCLifecycle.change(icc.id, change, context, in: store).isHeld)
    #expect(try ICCLifecycle.rotate(icc.id, to: .random(), context, in: store).isHeld)
    #expect(try ICCLifecycle.promote(icc.id, context, in: store).isHeld)
    _ = try ICCLifecycle.delete(first.id, context, in: store)
    #expect(try ICCLifecycle.delete(icc.id, context, in: store).isHeld)
    #expect(try ICCLifecycle.restore(icc.id, context, in: store).isHeld)
  }

  @Test func `a restored ICC raises an alarm without a hold`() throws {
    let first = try create(1, in: "first")
    _ = try ICCLifecycle.delete(first.id, context, in: store)
    #expect(try create(2, in: "second").sharedRole == nil)
    let restored = try ICCLifecycle.restore(first.id, context, in: store)
    #expect(restored.sharedRole == SharedRoleAlarm(raisedAt: Self.now, isHeld: false))
  }

  @Test func `a dry run does not look for other organisations`() throws {
    _ = try create(1, in: "first")
    #expect(try create(2, in: "second", isDryRun: true).sharedRole == nil)
    #expect(!kinds.contains(.userARNShared))
  }

  @Test func `a release ends the alarm, once`() throws {
    _ = try create(1, in: "first")
    let held = try create(2, in: "second")
    #expect(throws: LifecycleError.self) {
      try ICCLifecycle.release(held.id, if: .among([2]), context, in: store)
    }
    let released = try ICCLifecycle.release(held.id, if: .among([1]), context, in: store)
    #expect(released.sharedRole == nil && released.version == 2 && released.updatedAt == held.updatedAt)
    #expect(store.allEvents.last?.kind == .iccReleased)
    #expect(
      store.allEvents.last?.changes
        == #"{"alarmAt":{"before":"\#(Self.now)","after":null},"held":{"before":true,"after":false}}"#)
    let count = kinds.count
    #expect(try ICCLifecycle.release(held.id, context, in: store) == released)
    #expect(kinds.count == count)
    // The organisation is now established on the role.
    #expect(try create(3, in: "second").sharedRole == nil)
  }

  @Test func `a verification that began before a hold is not counted`() throws {
    let icc = try create(2, in: "second")
    _ = try name(UserARN(stored: "arn:aws:iam::111122223333:role/own"), in: icc)
    _ = try create(1, in: "first")
    _ = try name(Self.role, in: icc)
    let passed = Verification(
      iccVersion: 1, startedAt: Self.now, durationMilliseconds: 1, retryAfterSeconds: nil,
      checks: VerificationCheck.Name.allCases.map { VerificationCheck($0, .passed, detail: "seen") })
    #expect(passed.verdict == .verified)
    #expect(try ICCLifecycle.record(passed, of: icc, context, in: store).status == .unverified)
  }
}
