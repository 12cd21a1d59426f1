import HTTPWire

extension HTTPHeaders {
  /// The maximum number of entries in a list that each request is compared with. A browser sends
  /// fewer than ten; a head of 16 KiB can have thousands.
  static let maximumListEntries = 32

  /// Returns the values of a field that is a list. Throws if they have too many entries together.
  func list(_ name: String) throws(Problem) -> [String] {
    var entries = 0
    forEachValue(name) { value in
      entries += 1
      for index in value.indices where value[index] == UInt8(ascii: ",") { entries += 1 }
    }
    guard entries > Self.maximumListEntries else { return entries == 0 ? [] : all(name) }
    throw Problem(.headerTooLarge, "The header \(name) must have at most \(Self.maximumListEntries) entries.")
  }
}
