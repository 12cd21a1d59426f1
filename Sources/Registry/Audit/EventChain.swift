import OpenSSLKit

/// The hash that chains each event to the previous one: SHA-256 of the previous hash and the
/// event's fields, encoded so that two different events never give the same bytes.
package enum EventChain {
  /// Returns the hash of an event that follows the one with this hash: 32 bytes.
  package static func hash(of event: AuditEvent, sequence: Int64, after previous: [UInt8]) -> [UInt8] {
    var content = CanonicalBytes(previous)
    content.append(sequence)
    content.append(event.at.milliseconds)
    content.append(event.kind.rawValue)
    content.append(Int64(event.kind.isForAdministratorsOnly ? 1 : 0))
    content.append(event.actor.text)
    content.append(event.address)
    content.append(event.requestID)
    content.append(event.organisation?.text)
    content.append(event.subject)
    content.append(event.version)
    content.append(event.changes)
    return SHA256.digest(of: content.bytes)
  }
}

/// A sequence of values. Each is a tag, then eight big-endian bytes with the number or the text's
/// length, then the text's UTF-8.
struct CanonicalBytes {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func append(_ number: Int64?) {
    guard let number else { return bytes.append(0) }
    bytes.append(1)
    appendBigEndian(UInt64(bitPattern: number))
  }

  mutating func append(_ text: String?) {
    guard let text else { return bytes.append(0) }
    bytes.append(2)
    appendBigEndian(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func appendBigEndian(_ number: UInt64) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
    }
  }
}
