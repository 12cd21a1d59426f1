/// An element of an XML document: its name, its children, and the text directly in it.
package struct XMLElement: Equatable, Sendable {
  /// The name as it is written, with its prefix if it has one.
  package let name: String
  /// The elements in it, in order.
  package internal(set) var children: [XMLElement] = []
  /// The text in it, without that of its children.
  package internal(set) var text = ""

  init(name: String) {
    self.name = name
  }

  /// The first child of this name.
  package subscript(_ name: String) -> XMLElement? {
    children.first { $0.name == name }
  }
}
