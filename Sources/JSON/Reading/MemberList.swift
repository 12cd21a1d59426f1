/// The members of an object while it is read, with the search for a name that is there already. Few
/// names are compared one by one; from sixteen on they are hashed, with Swift's hasher, which is
/// seeded for each process.
struct MemberList {
  private static let comparedOneByOne = 16

  private(set) var members: [JSONObject.Member] = []
  private var places: [[UInt8]: Int] = [:]

  /// Adds a name: returns `nil`, or the location of the first field of this name.
  mutating func insert(_ name: String) -> JSONLocation? {
    if members.count < Self.comparedOneByOne {
      return members.first { sameName($0.name, name) }?.nameLocation
    }
    if members.count == Self.comparedOneByOne {
      for (index, member) in members.enumerated() { places[Array(member.name.utf8)] = index }
    }
    guard let earlier = places.updateValue(members.count, forKey: Array(name.utf8)) else { return nil }
    return members[earlier].nameLocation
  }

  mutating func append(_ member: JSONObject.Member) {
    members.append(member)
  }
}
