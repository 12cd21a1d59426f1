/// The bytes that stalled readers make a loop hold: what each holds alone, and each content that
/// several share once.
struct HeldOutput {
  /// The bytes of one connection.
  struct Part: Equatable {
    /// Responses that only this connection holds, and requests that have arrived after them.
    var own = 0
    /// The address of a content that other connections may share; 0 if there is none. No other
    /// content has this address while the connection holds it.
    var shared: UInt = 0
    /// The length of the shared content.
    var sharedLength = 0

    static var nothing: Part { Part() }

    var isNothing: Bool { own == 0 && shared == 0 }
  }

  private var holders: [UInt: Int] = [:]

  /// Replaces what a connection holds; returns by how much the sum changes.
  mutating func change(from old: Part, to new: Part) -> Int {
    let change = new.own - old.own
    guard old.shared != new.shared else { return change }
    return change + join(new) - leave(old)
  }

  /// The size of a part: its own bytes, and its share of the content that it holds with others.
  func size(of part: Part) -> Int {
    part.own + part.sharedLength / (holders[part.shared] ?? 1)
  }

  private mutating func join(_ part: Part) -> Int {
    guard part.shared != 0 else { return 0 }
    let count = holders[part.shared, default: 0]
    holders[part.shared] = count + 1
    return count == 0 ? part.sharedLength : 0
  }

  private mutating func leave(_ part: Part) -> Int {
    guard part.shared != 0, let count = holders[part.shared] else { return 0 }
    holders[part.shared] = count > 1 ? count - 1 : nil
    return count == 1 ? part.sharedLength : 0
  }
}
