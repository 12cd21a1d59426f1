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
    let view = EventView(token)
    let events = try reader.events(of: id, page, in: token.scope, for: view.audience)
    return PageResponse.make(events, .events, seal) { view.write($0, into: &$1) }
  }

  /// Returns the events after the number `after`, in commit order. With a cursor as well, the later
  /// of the two counts. A token that is limited to organisations cannot name a number, because
  /// the events after it would show the activity of other organisations.
  static func feed(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    var input = try call.input()
    let view = EventView(token)
    let after = input.integer("after", in: 0...Int64.max)
    if after != nil, !view.seesAllOrganisations {
      input.report(
        RequestError(
          .parameter("after"), "query.needs-all-organisations",
          "Your token is limited to organisations, so it cannot use the parameter after.",
          hint: "Send pollCursor of the previous response as cursor."))
    }
    let seal = call.cursorSeal(token)
    let page = input.page(of: .events, seal)
    try input.finish()
    let start = PageRequest(after: max(after ?? 0, page.after), limit: page.limit)
    let events = try reader.events(start, in: token.scope, for: view.audience)
    let head = token.role == .admin ? try reader.auditHead() : nil
    let last = events.items.last?.sequence ?? start.after
    return PageResponse.make(events, .events, seal) { writer in
      writer.member("pollCursor", seal.text(.events, after: last))
      EventView.write(head, into: &writer)
    } _: {
      view.write($0, into: &$1)
    }
  }
}
