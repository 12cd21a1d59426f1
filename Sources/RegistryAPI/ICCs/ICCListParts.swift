import HTTPWire
import Registry

/// The whole list of ICCs in CSV or NDJSON, sent in parts. Each part is read when the one before it
/// is sent, on a snapshot of its own: a slow client holds neither memory nor the write-ahead log,
/// and an ICC that is there all the time is in the list once.
struct ICCListParts: Sendable {
  /// The number of ICCs in a part: 4 MB of the largest ones, and 300 kB of usual ones.
  static let limit = 250

  let list: ICCListResponse
  let token: Token
  let filter: ICCFilter

  /// Makes what comes after this page; nil if it is the last.
  func maker(after page: Page<ICC>) -> HTTPContentPart.Maker? {
    guard let sequence = page.next else { return nil }
    let request = PageRequest(after: sequence, key: page.nextKey, limit: Self.limit, order: list.order.order)
    return {
      do {
        return try await list.call.services.pool.run(work(request))
      } catch {
        throw ContentFailure(requestID: list.call.identity.id, Problem(describing: error))
      }
    }
  }

  private func work(_ request: PageRequest) -> WorkPool.Work<HTTPContentPart> {
    WorkPool.Work(owner: token.scope, queueFull: nil) {
      let services = list.call.services
      let page = try services.store.read { reader in
        try list.call.requireValid(token, reader, at: services.settings.clock())
        return try reader.iccs(filter, request, in: token.scope)
      }
      return HTTPContentPart(list.bytes(of: page.items, isFirst: false), next: maker(after: page))
    }
  }
}
