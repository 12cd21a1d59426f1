import Registry
import StoreConformance
import Testing

@testable import RegistrySQLite

/// Databases exist whose events were hashed this way, so the hash of an event must never change.
/// The values were computed by a separate program from the description of `EventChain`.
@Suite struct EventChainTests {
  @Test func `the hash of an event with all fields is the published one`() {
    let hash = EventChain.hash(of: Samples.event(), sequence: 7, after: AuditHead.start.hash)
    #expect(hex(hash) == "2d98da3917198588692757e19865a5d203582092c2dfa6fc783c587afc87db2b")
  }

  @Test func `the hash of an administrators' event with few fields is the published one`() {
    let event = AuditEvent(
      at: Timestamp(milliseconds: 0), kind: .userARNShared, actor: Actor(stored: "x"), address: nil, requestID: nil,
      organisation: nil, subject: "s", version: nil, changes: "{}")
    let hash = EventChain.hash(of: event, sequence: 8, after: Array(0..<32))
    #expect(hex(hash) == "b3ee55ef2f6e45caf9d5369419a2b8fa35bfd64cf95bd709ac8fb6dd3b33e099")
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
