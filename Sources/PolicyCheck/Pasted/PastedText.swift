import JSON

/// Text on its way from what was pasted to JSON: each character knows the pasted one that it
/// represents for, so that a position in what was read is a position in what was pasted, however
/// the text had to be decoded.
struct PastedText {
  typealias Scalars = [Unicode.Scalar]

  /// The characters as they are read now.
  var scalars: Scalars
  /// The index of the pasted character that each represents; one more for the end.
  private let origins: [Int]
  /// The location of each pasted character; one more for the end.
  private let positions: [JSONLocation]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    origins = Array(0...scalars.count)
    positions = Self.positions(of: scalars)
  }

  private init(_ scalars: Scalars, origins: [Int], positions: [JSONLocation]) {
    (self.scalars, self.origins, self.positions) = (scalars, origins, positions)
  }

  /// As much of the text, with each character replaced by one at most.
  func replacing(_ scalars: Scalars) -> PastedText {
    PastedText(scalars, origins: origins, positions: positions)
  }

  /// The text with characters decoded: what each now is, and the index of the one that it came
  /// from.
  func decoded(_ characters: [(scalar: Unicode.Scalar, from: Int)], end: Int) -> PastedText {
    PastedText(
      characters.map(\.scalar), origins: characters.map { origins[$0.from] } + [origins[min(end, scalars.count)]],
      positions: positions)
  }

  var text: String { String(String.UnicodeScalarView(scalars)) }

  /// Returns the location at which a character was pasted.
  func position(_ index: Int) -> JSONLocation { positions[origins[min(index, scalars.count)]] }

  /// The value with every position in this text moved to where it was pasted.
  func located(_ value: JSONValue) -> JSONValue {
    let indices = self.indices
    return value.relocated { location in
      location.offset < indices.count ? position(indices[location.offset]) : position(scalars.count)
    }
  }

  /// A position in this text, given by a reader of it, as it was pasted.
  func position(_ location: JSONLocation) -> JSONLocation {
    position(index(of: location))
  }

  /// The index of the character at a position in this text.
  func index(of location: JSONLocation) -> Int {
    let indices = self.indices
    return location.offset < indices.count ? indices[location.offset] : scalars.count
  }

  /// For each byte of the text the index of its character.
  private var indices: [Int] {
    var result: [Int] = []
    result.reserveCapacity(scalars.count)
    for (index, scalar) in scalars.enumerated() {
      result.append(contentsOf: repeatElement(index, count: UTF8.width(scalar)))
    }
    return result
  }

  /// Lines end at LF, CR LF or CR alone, and columns count characters, as ``JSONLocation`` has it.
  private static func positions(of scalars: Scalars) -> [JSONLocation] {
    var result: [JSONLocation] = []
    result.reserveCapacity(scalars.count + 1)
    var (line, column, offset) = (1, 1, 0)
    for (index, scalar) in scalars.enumerated() {
      result.append(JSONLocation(line: line, column: column, offset: offset))
      offset += UTF8.width(scalar)
      column += 1
      let endsLine = scalar == "\n" || scalar == "\r" && !(index + 1 < scalars.count && scalars[index + 1] == "\n")
      if endsLine { (line, column) = (line + 1, 1) }
    }
    result.append(JSONLocation(line: line, column: column, offset: offset))
    return result
  }
}

extension JSONValue {
  /// The value with every position in it changed.
  func relocated(_ change: (JSONLocation) -> JSONLocation) -> JSONValue {
    var result = self
    result.location = location.map(change)
    switch content {
    case .array(let elements):
      result.content = .array(elements.map { $0.relocated(change) })
    case .object(let object):
      result.content = .object(
        JSONObject(
          members: object.members.map {
            .init(name: $0.name, value: $0.value.relocated(change), nameLocation: $0.nameLocation.map(change))
          }))
    case .null, .bool, .number, .string:
      break
    }
    return result
  }
}
