/// The members of a JSON object in the order in which they were written. A reader's object has no
/// name twice.
///
/// Names are compared code point by code point (RFC 8259 section 8.3), not by Unicode equivalence.
package struct JSONObject: Sendable, Equatable {
  /// One member.
  package struct Member: Sendable, Equatable {
    /// The name, unescaped.
    package var name: String
    /// The value.
    package var value: JSONValue
    /// The location of the name's opening quote; `nil` if the field was built, not read.
    package var nameLocation: JSONLocation?

    /// A member; `nameLocation` is known to the reader only.
    package init(name: String, value: JSONValue, nameLocation: JSONLocation? = nil) {
      self.name = name
      self.value = value
      self.nameLocation = nameLocation
    }

    /// Equality of what is written, wherever it stood.
    package static func == (left: Member, right: Member) -> Bool {
      sameName(left.name, right.name) && left.value == right.value
    }
  }

  /// The members in order.
  package var members: [Member]

  /// An object of these members, in this order. The caller names none twice.
  package init(_ members: [(String, JSONValue)] = []) {
    self.members = members.map { Member(name: $0.0, value: $0.1) }
  }

  /// An object of members that were read.
  package init(members: [Member]) {
    self.members = members
  }

  /// The number of members.
  package var count: Int { members.count }

  /// True if there are no members.
  package var isEmpty: Bool { members.isEmpty }

  /// The value of the member with this name. Setting replaces it in its place, appends it, or with
  /// `nil` removes it.
  package subscript(name: String) -> JSONValue? {
    get {
      member(name)?.value
    }
    set {
      let index = members.firstIndex { sameName($0.name, name) }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(name: name, value: value))
      case (nil, nil): break
      }
    }
  }

  /// The member with this name, with the place of its name.
  package func member(_ name: String) -> Member? {
    members.first { sameName($0.name, name) }
  }
}

/// Returns true if two names are the same code points. Swift's own `==` also takes canonically
/// equivalent texts for equal; it comes first because it is one comparison of memory for ASCII.
func sameName(_ left: String, _ right: String) -> Bool {
  left.utf8.count == right.utf8.count && left == right && left.utf8.elementsEqual(right.utf8)
}
