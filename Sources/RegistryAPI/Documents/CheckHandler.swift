import HTTPWire
import JSON
import PolicyCheck
import Registry
import Text

/// The handler for the offline check of pasted policies against an ICC.
enum CheckHandler {
  /// Reads what a check needs, and returns the check, whose cost grows with the policies' sizes.
  static func check(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> Route.Rest {
    try check(call, reader, namesOthers: true) { try ICCHandlers.live(call, token, reader) }
  }

  /// Checks the policies of the ICC that `find` returns, once the request is read. The
  /// organisation's other ICCs are taken into account, and named if `namesOthers`.
  static func check(
    _ call: Call, _ reader: any RegistryReader, namesOthers: Bool, of find: () throws -> ICC
  ) throws -> Route.Rest {
    var input = try call.input()
    let trust = policy("trustPolicy", &input)
    let permission = policy("permissionPolicy", &input)
    let bucket = policy("bucketPolicy", &input)
    let key = policy("keyPolicy", &input)
    if trust == nil, permission == nil, bucket == nil, key == nil, input.errors.isEmpty {
      input.report(
        RequestError(
          .pointer(""), "policy.missing", "The request contains no policy to check.",
          hint: "Send trustPolicy, permissionPolicy, bucketPolicy or keyPolicy, as a string or as a JSON object."))
    }
    try input.finish()
    let icc = try find()
    let known = try KnownExternalIDs(in: call.request.body, for: icc, namesOthers: namesOthers, reader).byHex
    var subject = PolicyCheckSubject(icc, connector: call.services.settings.connector, now: call.now) { known[$0] }
    let siblings = try siblings(of: icc, reader)
    subject.siblings = namesOthers ? siblings : siblings.map(\.anonymous)
    return { [subject] in
      var result = PolicyChecker.check(trust: trust, permission: permission, bucket: bucket, key: key, against: subject)
      if !namesOthers { result.trustPolicy?.siblings = nil }
      return APIResponse(200, .json, result.json(iccVersion: icc.version).bytes())
    }
  }

  /// The organisation's other live ICCs on the same role. One page is more than a trust policy has
  /// room for.
  private static func siblings(of icc: ICC, _ reader: any RegistryReader) throws -> [PolicyCheckSubject.Sibling] {
    guard let role = icc.userARN else { return [] }
    var filter = ICCFilter()
    filter.userARN = role.text
    let page = try reader.iccs(filter, PageRequest(after: 0, limit: 200), in: .organisation(icc.organisation))
    return page.items.filter { $0.id != icc.id }.map(PolicyCheckSubject.Sibling.init)
  }

  private static func policy(_ name: String, _ input: inout InputReader) -> PolicyInput? {
    guard let value = input.field(name) else { return nil }
    switch value.content {
    case .string(let text): return .text(text)
    case .object: return .document(value)
    default:
      input.report(FieldErrors.wrongType(name, wanted: "a string or an object", found: value.kind))
      return nil
    }
  }
}

/// The external IDs in a text that the registry has issued, limited to the ICC's organisation.
struct KnownExternalIDs {
  /// The maximum number of different IDs to look up; a working policy contains one or two per ICC.
  static let limit = 64

  private(set) var byHex: [String: PolicyCheckSubject.KnownExternalID] = [:]

  init(in text: [UInt8], for icc: ICC, namesOthers: Bool, _ reader: any RegistryReader) throws {
    let scope = Scope.organisation(icc.organisation)
    for id in Self.candidates(in: text) {
      guard let issued = try reader.issuedExternalID(id, in: scope) else { continue }
      if issued.icc != icc.id {
        guard let other = try reader.icc(issued.icc, in: scope) else { continue }
        byHex[id.hex] = .otherICC(name: namesOthers ? other.name.text : PolicyCheckSubject.Sibling.unnamed)
      } else if issued.state == .retired {
        byHex[id.hex] = .retired(issued.retiredAt)
      }
    }
  }

  /// Returns the runs of 64 hexadecimal digits, in either case.
  private static func candidates(in text: [UInt8]) -> Set<ExternalID> {
    var found: Set<ExternalID> = []
    for digits in text.split(whereSeparator: { !Hexadecimal.isDigit($0) }) {
      // In a URL-encoded document the quotation mark before the ID is %22.
      let run = digits.count == 66 && digits.starts(with: "22".utf8) ? digits.dropFirst(2) : digits
      guard run.count == 64 else { continue }
      if let id = ExternalID(hex: ASCII.lowercased(run)) { found.insert(id) }
      if found.count == limit { break }
    }
    return found
  }
}
