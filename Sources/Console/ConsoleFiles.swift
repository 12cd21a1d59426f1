/// The console's files, embedded in the binary, and what a browser is told about them.
package enum ConsoleFiles {
  /// Every file. SwiftPM names an embedded file by its last path component alone, so the list is kept by hand, names
  /// are unique over all folders, and a test holds the list against the folder.
  package static let all: [ConsoleFile] = [
    ConsoleFile("app/announce.js", PackageResources.announce_js),
    ConsoleFile("app/api.js", PackageResources.api_js),
    ConsoleFile("app/difference.js", PackageResources.difference_js),
    ConsoleFile("app/drafts.js", PackageResources.drafts_js),
    ConsoleFile("app/element.js", PackageResources.element_js),
    ConsoleFile("app/main.js", PackageResources.main_js),
    ConsoleFile("app/route.js", PackageResources.route_js),
    ConsoleFile("app/rules.js", PackageResources.rules_js),
    ConsoleFile("app/session.js", PackageResources.session_js),
    ConsoleFile("app/title.js", PackageResources.title_js),
    ConsoleFile("app/words.js", PackageResources.words_js),
    ConsoleFile("icon.svg", PackageResources.icon_svg),
    ConsoleFile("index.html", PackageResources.index_html),
    ConsoleFile("panel/acting.js", PackageResources.acting_js),
    ConsoleFile("panel/check.js", PackageResources.check_js),
    ConsoleFile("panel/conflict.js", PackageResources.conflict_js),
    ConsoleFile("panel/details.js", PackageResources.details_js),
    ConsoleFile("panel/edit.js", PackageResources.edit_js),
    ConsoleFile("panel/findings.js", PackageResources.findings_js),
    ConsoleFile("panel/guide.js", PackageResources.guide_js),
    ConsoleFile("panel/history.js", PackageResources.history_js),
    ConsoleFile("panel/lifecycle.js", PackageResources.lifecycle_js),
    ConsoleFile("panel/panel.js", PackageResources.panel_js),
    ConsoleFile("panel/rotation.js", PackageResources.rotation_js),
    ConsoleFile("panel/setup.js", PackageResources.setup_js),
    ConsoleFile("panel/verification.js", PackageResources.verification_js),
    ConsoleFile("panel/verifications.js", PackageResources.verifications_js),
    ConsoleFile("panel/verify.js", PackageResources.verify_js),
    ConsoleFile("parts/badge.js", PackageResources.badge_js),
    ConsoleFile("parts/bar.js", PackageResources.bar_js),
    ConsoleFile("parts/busy.js", PackageResources.busy_js),
    ConsoleFile("parts/code.js", PackageResources.code_js),
    ConsoleFile("parts/copy.js", PackageResources.copy_js),
    ConsoleFile("parts/countdown.js", PackageResources.countdown_js),
    ConsoleFile("parts/dialog.js", PackageResources.dialog_js),
    ConsoleFile("parts/field.js", PackageResources.field_js),
    ConsoleFile("parts/icc-form.js", PackageResources.icc_form_js),
    ConsoleFile("parts/notice.js", PackageResources.notice_js),
    ConsoleFile("parts/tabs.js", PackageResources.tabs_js),
    ConsoleFile("screens/create.js", PackageResources.create_js),
    ConsoleFile("screens/filters.js", PackageResources.filters_js),
    ConsoleFile("screens/icc-list.js", PackageResources.icc_list_js),
    ConsoleFile("screens/iccs.js", PackageResources.iccs_js),
    ConsoleFile("screens/organisation-choice.js", PackageResources.organisation_choice_js),
    ConsoleFile("screens/sign-in.js", PackageResources.sign_in_js),
    ConsoleFile("style/base.css", PackageResources.base_css),
    ConsoleFile("style/code.css", PackageResources.code_css),
    ConsoleFile("style/controls.css", PackageResources.controls_css),
    ConsoleFile("style/details.css", PackageResources.details_css),
    ConsoleFile("style/forms.css", PackageResources.forms_css),
    ConsoleFile("style/layout.css", PackageResources.layout_css),
  ]

  /// The file at a path below `/console/`; nil where there is none.
  ///
  /// The segments are decoded ones, without `console` itself. `[""]`, which is what follows `/console/`, is the page.
  package static func file(at segments: some Collection<String>) -> ConsoleFile? {
    byPath[segments.elementsEqual([""]) ? ["index.html"] : Array(segments)]
  }

  /// What the browser may do for the page: load its own files, call its own origin, and nothing else. Trusted Types
  /// without a policy refuse every attempt to turn text into markup or script.
  package static let contentSecurityPolicy = """
    default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; \
    frame-ancestors 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'
    """

  /// A file is asked for again each time and then answered with `304`, so that a new build's files are never mixed with
  /// an old one's.
  package static let cacheControl = "no-cache"

  /// The header fields that go with every file besides its type, its entity tag and how long it is kept.
  package static let headers: [(name: String, value: String)] = [
    ("Content-Security-Policy", contentSecurityPolicy),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
  ]

  private static let byPath = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })
}
