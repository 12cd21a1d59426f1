import JSON
import Registry

/// A page of a list: `{"items":[…],"nextCursor":null}`, followed by the fields that `more` adds.
enum PageResponse {
  static func make<Item>(
    _ page: Page<Item>, _ list: Cursor, _ seal: CursorSeal, more: (inout JSONWriter) -> Void = { _ in },
    _ write: (Item, inout JSONWriter) throws -> Void
  ) rethrows -> APIResponse {
    var writer = JSONWriter(capacity: 256 + page.items.count * 1024)
    writer.beginObject()
    writer.memberName("items")
    writer.beginArray()
    for item in page.items { try write(item, &writer) }
    writer.endArray()
    writer.member("nextCursor", seal.text(list, after: page))
    more(&writer)
    writer.endObject()
    return APIResponse(200, .json, writer.bytes)
  }
}
