import System

/// Who waits for what, the longest wait first: a doubly linked list for each kind over the slots of the connections, so that every
/// change takes constant time. The lists give the next deadline and, at the cap on connections, who makes room.
struct WaitingLists {
  private struct Link {
    var previous: Int32 = -1
    var next: Int32 = -1
    var wait: Wait?
  }

  private struct Ends {
    var first: Int32 = -1
    var last: Int32 = -1
  }

  private var links: [Link] = []
  private var lists = [Ends](repeating: Ends(), count: Wait.Kind.allCases.count)

  /// Makes room for a slot's link.
  mutating func reserve(slot: Int) {
    while links.count <= slot { links.append(Link()) }
  }

  /// Puts the slot where its wait belongs; nil takes it out. A wait may not have begun before the last of its list.
  mutating func set(_ wait: Wait?, slot: Int) {
    if links[slot].wait == wait { return }
    remove(slot)
    if let wait { append(slot, wait) }
  }

  /// The slot that has waited longest in a list, and since when.
  func first(_ kind: Wait.Kind) -> (slot: Int, since: Instant)? {
    let slot = Int(lists[kind.rawValue].first)
    guard slot >= 0, let wait = links[slot].wait else { return nil }
    return (slot, wait.since)
  }

  /// Whether a list has two members or more.
  func hasSeveral(_ kind: Wait.Kind) -> Bool {
    lists[kind.rawValue].first != lists[kind.rawValue].last
  }

  private mutating func remove(_ slot: Int) {
    guard let wait = links[slot].wait else { return }
    let link = links[slot]
    if link.previous >= 0 {
      links[Int(link.previous)].next = link.next
    } else {
      lists[wait.kind.rawValue].first = link.next
    }
    if link.next >= 0 {
      links[Int(link.next)].previous = link.previous
    } else {
      lists[wait.kind.rawValue].last = link.previous
    }
    links[slot] = Link()
  }

  private mutating func append(_ slot: Int, _ wait: Wait) {
    let last = lists[wait.kind.rawValue].last
    links[slot] = Link(previous: last, next: -1, wait: wait)
    lists[wait.kind.rawValue].last = Int32(slot)
    if last >= 0 {
      links[Int(last)].next = Int32(slot)
    } else {
      lists[wait.kind.rawValue].first = Int32(slot)
    }
  }
}
