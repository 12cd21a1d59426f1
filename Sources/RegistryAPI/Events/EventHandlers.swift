import JSON
import Registry

/// The audit trail of an ICC, and the change feed of all ICCs.
enum EventHandlers {
  /// Returns the audit trail, also of a deleted ICC.
  static func ofICC(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let id = try call.iccID()
    var input = try call.input()
    let seal = call.cursorSeal(token)
    let page = input.page(of: .events, seal)
    try input.finish()
    guard try reader.icc(id, in: token.scope) != nil else { throw Problem(.notFound) }
    let events = try reader.events(of: id, page, in: token.scope, includingAdministrators: token.role == .admin)
    let view = EventView(token)
    return PageResponse.make(events, .events, seal) { view.write($0, into: &$1) }
  }

  /// Returns the events after the number `after`, in commit order. With a cursor as well, the later
  /// of the two counts.
  static func feed(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    var input = try call.input()
    let after = input.integer("after", in: 0...Int64.max)
    let seal = call.cursorSeal(token)
    let page = input.page(of: .events, seal)
    try input.finish()
    let start = PageRequest(after: max(after ?? 0, page.after), limit: page.limit)
    let events = try reader.events(start, in: token.scope, includingAdministrators: token.role == .admin)
    let head = token.role == .admin ? try reader.auditHead() : nil
    let view = EventView(token)
    return PageResponse.make(events, .events, seal, more: { EventView.write(head, into: &$0) }) {
      view.write($0, into: &$1)
    }
  }
}
