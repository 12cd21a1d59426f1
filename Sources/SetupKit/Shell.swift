/// Text written so that a POSIX shell reads it as it is.
enum Shell {
  /// One word: between single quotes nothing is special but the quote itself (POSIX Shell Command Language, 2.2.2).
  static func quoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
  }
}
