import Glibc
import Registry
import System
import Testing

@testable import AWSClient
@testable import Verifier

/// The limits of verifications at once and waiting, and the stop.
@Suite(.timeLimit(.minutes(10))) struct LiveVerifierTests {
  /// Holds every call until it is opened, and counts how many are held at once.
  private final class Gate: Sendable {
    private let state = Locked((isOpen: false, held: 0, most: 0))

    var most: Int { state.withLock { $0.most } }
    var held: Int { state.withLock { $0.held } }

    func open() { state.withLock { $0.isOpen = true } }

    func pass(_ deadline: Deadline) {
      state.withLock { state in
        state.held += 1
        state.most = max(state.most, state.held)
      }
      while !state.withLock({ $0.isOpen }), deadline.remaining > 0 { usleep(1000) }
      state.withLock { $0.held -= 1 }
    }
  }

  private final class HeldAWS: AWSTransport {
    private let gate: Gate
    init(_ gate: Gate) { self.gate = gate }

    func send(_ request: AWSRequest, until deadline: Deadline) throws(AWSTransportError) -> AWSResponse {
      gate.pass(deadline)
      if deadline.remaining == 0 { throw .timedOut }
      throw .unreachable
    }
  }

  private let gate = Gate()

  private func verifier(starts: Bool = true) throws -> LiveVerifier {
    let region = try #require(AWSRegion("eu-west-1", in: .aws))
    let keys = FixedCredentials(AWSCredentials(accessKeyID: "ID", secretAccessKey: "S", sessionToken: nil))
    var settings = VerifierSettings(
      connector: ConnectorIdentity(), region: region, credentials: keys, clock: { Sample.now }
    ) { [gate] in HeldAWS(gate) }
    settings.concurrency = 2
    settings.queueLength = 3
    // Longer than the suite may take: on a slow machine, a held call must not end by its deadline.
    settings.verificationMilliseconds = 600_000
    return LiveVerifier(settings) { body in
      guard starts else { return false }
      Thread.start(body)
      return true
    }
  }

  private enum Thread {
    static func start(_ body: @escaping @Sendable () -> Void) {
      var thread = pthread_t()
      let box = unsafe Unmanaged.passRetained(Box(body)).toOpaque()
      unsafe pthread_create(
        &thread, nil,
        { box in
          if let box = unsafe box { unsafe Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
          return nil
        }, box)
      pthread_detach(thread)
    }

    private final class Box {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
  }

  private static func outcome(
    _ verifier: LiveVerifier, _ number: Int, of organisation: OrganisationID = .default
  ) async -> String {
    do throws(VerificationRejection) {
      return try await verifier.verify(
        Sample.icc(number: number, organisation: organisation), trace: nil
      ).verdict.rawValue
    } catch {
      return "\(error)"
    }
  }

  private func waitUntil(_ holds: () -> Bool) async throws {
    while !holds() { try await Task.sleep(for: .milliseconds(1)) }
  }

  @Test func `verifications at once and waiting are limited, one per ICC`() async throws {
    let verifier = try verifier()
    let first = (1...5).map { number in Task { await Self.outcome(verifier, number) } }
    try await waitUntil {
      gate.held == 2 && (1...5).allSatisfy { verifier.progress(of: Sample.icc(number: $0).id) != nil }
    }
    #expect(await Self.outcome(verifier, 3) == "inProgress")
    #expect(await Self.outcome(verifier, 6) == "queueFull")
    gate.open()
    for task in first { #expect(await task.value == "inconclusive") }
    try await waitUntil { verifier.isIdle }
    #expect(gate.most == 2)
    #expect(verifier.progress(of: Sample.icc(number: 1).id) == nil)
    #expect(await Self.outcome(verifier, 6) == "inconclusive")
  }

  @Test func `each organisation has a place, and the one with the fewest running is next`() async throws {
    let verifier = try verifier()
    let theirs = (1...5).map { number in Task { await Self.outcome(verifier, number) } }
    try await waitUntil {
      gate.held == 2 && (1...5).allSatisfy { verifier.progress(of: Sample.icc(number: $0).id) != nil }
    }
    #expect(await Self.outcome(verifier, 6) == "queueFull")
    let ours = Task { await Self.outcome(verifier, 7, of: OrganisationID(stored: "ours")) }
    try await waitUntil { verifier.progress(of: Sample.icc(number: 7).id) != nil }
    #expect(await Self.outcome(verifier, 8, of: OrganisationID(stored: "ours")) == "queueFull")
    #expect(verifier.nextOrganisation == OrganisationID(stored: "ours"))
    gate.open()
    for task in theirs + [ours] { #expect(await task.value == "inconclusive") }
    try await waitUntil { verifier.isIdle }
  }

  /// Before it waits, and while it waits.
  @Test(arguments: [false, true]) func `a cancelled caller frees its place`(waits: Bool) async throws {
    let verifier = try verifier()
    let others = (1...4).map { number in Task { await Self.outcome(verifier, number) } }
    try await waitUntil {
      gate.held == 2 && (1...4).allSatisfy { verifier.progress(of: Sample.icc(number: $0).id) != nil }
    }
    let gone = Task {
      if !waits { while !Task.isCancelled { await Task.yield() } }
      return await Self.outcome(verifier, 5)
    }
    if waits { try await waitUntil { verifier.progress(of: Sample.icc(number: 5).id) != nil } }
    gone.cancel()
    #expect(await gone.value == "abandoned")
    #expect(verifier.progress(of: Sample.icc(number: 5).id) == nil)
    let next = Task { await Self.outcome(verifier, 6) }
    try await waitUntil { verifier.progress(of: Sample.icc(number: 6).id) != nil }
    gate.open()
    for task in others + [next] { #expect(await task.value == "inconclusive") }
    try await waitUntil { verifier.isIdle }
  }

  @Test func `stopping rejects waiting verifications and cuts running ones`() async throws {
    let verifier = try verifier()
    let tasks = (1...4).map { number in Task { await Self.outcome(verifier, number) } }
    try await waitUntil {
      gate.held == 2 && (1...4).allSatisfy { verifier.progress(of: Sample.icc(number: $0).id) != nil }
    }
    verifier.stop(withinMilliseconds: 50)
    var outcomes: [String] = []
    for task in tasks { outcomes.append(await task.value) }
    #expect(outcomes.sorted() == ["inconclusive", "inconclusive", "stopping", "stopping"])
    #expect(await Self.outcome(verifier, 9) == "stopping")
    try await waitUntil { verifier.isIdle }
  }

  @Test func `without a thread no verification waits for ever`() async throws {
    let verifier = try verifier(starts: false)
    #expect(await Self.outcome(verifier, 1) == "queueFull")
    #expect(verifier.progress(of: Sample.icc(number: 1).id) == nil && verifier.isIdle)
  }
}
