import JSON
import Registry

/// Lists the ICCs whose role another organisation used before.
enum AlarmHandlers {
  /// The number of ICCs of other organisations that an alarm names.
  static let maxOthers = 10

  static func list(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    var input = try call.input()
    let seal = call.cursorSeal(token)
    let page = input.page(of: .alarms, seal)
    try input.finish()
    var filter = ICCFilter()
    filter.hasAlarm = true
    let found = try reader.iccs(filter, page, in: token.scope)
    return try PageResponse.make(found, .alarms, seal) { icc, writer in
      try write(icc, others(of: icc, in: token.scope, reader), into: &writer)
    }
  }

  private static func others(of icc: ICC, in scope: Scope, _ reader: any RegistryReader) throws -> [ICC] {
    var filter = ICCFilter()
    filter.userARN = icc.userARN?.text
    filter.otherThan = icc.organisation
    return try reader.iccs(filter, PageRequest(limit: maxOthers), in: scope).items
  }

  private static func write(_ icc: ICC, _ others: [ICC], into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("raisedAt", icc.sharedRole?.raisedAt.description)
    writer.member("held", icc.isHeld)
    writer.member("userArn", icc.userARN?.text)
    writer.memberName("icc")
    write(icc, into: &writer)
    writer.memberName("others")
    writer.beginArray()
    for other in others { write(other, into: &writer) }
    writer.endArray()
    writer.endObject()
  }

  private static func write(_ icc: ICC, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", icc.id.text)
    writer.member("organisation", icc.organisation.text)
    writer.member("name", icc.name.text)
    writer.endObject()
  }
}
