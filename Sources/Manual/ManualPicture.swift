import EmbeddedFiles

/// A picture of the console, which a page of the manual shows with
/// `![text](Pictures/name.png)`.
///
/// `Tests/Browser/take_picture.py` takes all of them. The folder is within `Pages`, so that a page
/// also shows them where its Markdown is rendered in the repository.
package struct ManualPicture: Sendable {
  /// The name of the file in `Pages/Pictures`, and below `/manual/`.
  package let name: String
  /// The PNG file.
  package let content: [UInt8]

  /// Every picture. A test compares the list with the pages.
  package static let all = EmbeddedFile.manual.filter { $0.path.hasPrefix(folder) }.map {
    ManualPicture(name: String($0.path.dropFirst(folder.count)), content: $0.content)
  }

  private static let folder = "Pages/Pictures/"
}
