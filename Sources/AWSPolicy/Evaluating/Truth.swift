/// Kleene's three truth values: what turns on something unknown is unknown, unless it is settled without it.
package enum Truth: Sendable, Hashable {
  case no
  case unknown
  case yes

  init(_ value: Bool) {
    self = value ? .yes : .no
  }

  static prefix func ! (value: Truth) -> Truth {
    switch value {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  static func && (left: Truth, right: @autoclosure () -> Truth) -> Truth {
    switch left {
    case .no:
      return .no
    case .yes:
      return right()
    case .unknown:
      if case .no = right() { return .no }
      return .unknown
    }
  }
}

extension Sequence {
  /// Whether any element is so: yes if one is, no if none can be.
  func anyIs(_ test: (Element) -> Truth) -> Truth {
    var result = Truth.no
    for element in self {
      switch test(element) {
      case .yes: return .yes
      case .unknown: result = .unknown
      case .no: break
      }
    }
    return result
  }

  /// Whether all elements are so.
  func allAre(_ test: (Element) -> Truth) -> Truth {
    !anyIs { !test($0) }
  }
}
