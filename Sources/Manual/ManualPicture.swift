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

  private init(_ name: String, _ content: [UInt8]) {
    self.name = name
    self.content = content
  }

  /// Every picture. A test compares the list with the folder and with the pages.
  package static let all: [ManualPicture] = [
    ManualPicture("alarms.png", PackageResources.alarms_png),
    ManualPicture("checklist.png", PackageResources.checklist_png),
    ManualPicture("create.png", PackageResources.create_png),
    ManualPicture("link.png", PackageResources.link_png),
    ManualPicture("role.png", PackageResources.role_png),
    ManualPicture("tokens.png", PackageResources.tokens_png),
    ManualPicture("verified.png", PackageResources.verified_png),
  ]
}
