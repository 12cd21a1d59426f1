extension JSONValue {
  /// The levels of arrays and objects that are read unless another limit is asked for.
  package static let defaultMaximumDepth = 32

  /// Reads a JSON text (RFC 8259), strictly: one value in UTF-8, no name twice in an object, no
  /// extension of the grammar. Takes time in proportion to the text.
  ///
  /// - Parameter maximumDepth: the most arrays and objects inside each other, at most 256; a lone
  ///   scalar has depth 0.
  /// - Throws: the first error.
  package init(parsing bytes: [UInt8], maximumDepth: Int = defaultMaximumDepth) throws(JSONError) {
    var reader = JSONReader(bytes, maximumDepth: maximumDepth)
    self = try reader.document()
  }

  /// Reads the JSON text of a string; see ``init(parsing:maximumDepth:)-([UInt8],_)``.
  package init(parsing text: String, maximumDepth: Int = defaultMaximumDepth) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), maximumDepth: maximumDepth)
  }
}
