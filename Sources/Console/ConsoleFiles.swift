/// The console's files, embedded in the binary, and the header fields they are served with.
///
/// `/console/` is made for a fast first visit: its scripts and style sheets are one file each, with
/// immutable paths. `/console/index.html` loads the separate files, which is easier to debug.
package enum ConsoleFiles {
  /// All files. SwiftPM names an embedded file by its last path component only, so this list is
  /// written by hand, names are unique over all folders, and a test compares the list with the
  /// folder.
  package static let all: [ConsoleFile] = [
    ConsoleFile("admin/audit.js", PackageResources.audit_js),
    ConsoleFile("admin/lists.js", PackageResources.lists_js),
    ConsoleFile("admin/organisations.js", PackageResources.organisations_js),
    ConsoleFile("admin/sheet.js", PackageResources.sheet_js),
    ConsoleFile("admin/token-forms.js", PackageResources.token_forms_js),
    ConsoleFile("admin/tokens.js", PackageResources.tokens_js),
    ConsoleFile("app/announce.js", PackageResources.announce_js),
    ConsoleFile("app/api.js", PackageResources.api_js),
    ConsoleFile("app/difference.js", PackageResources.difference_js),
    ConsoleFile("app/drafts.js", PackageResources.drafts_js),
    ConsoleFile("app/element.js", PackageResources.element_js),
    ConsoleFile("app/idle.js", PackageResources.idle_js),
    ConsoleFile("app/labels.js", PackageResources.labels_js),
    ConsoleFile("app/names.js", PackageResources.names_js),
    ConsoleFile("app/paste.js", PackageResources.paste_js),
    ConsoleFile("app/route.js", PackageResources.route_js),
    ConsoleFile("app/rules.js", PackageResources.rules_js),
    ConsoleFile("app/session.js", PackageResources.session_js),
    ConsoleFile("app/sharing.js", PackageResources.sharing_js),
    ConsoleFile("app/time.js", PackageResources.time_js),
    ConsoleFile("app/title.js", PackageResources.title_js),
    ConsoleFile("icon.svg", PackageResources.icon_svg),
    ConsoleFile("index.html", PackageResources.index_html),
    ConsoleFile("link.html", PackageResources.link_html),
    ConsoleFile("link.js", PackageResources.link_js),
    ConsoleFile("link/connection.js", PackageResources.connection_js),
    ConsoleFile("main.js", PackageResources.main_js),
    ConsoleFile("panel/action.js", PackageResources.action_js),
    ConsoleFile("panel/check.js", PackageResources.check_js),
    ConsoleFile("panel/checklist.js", PackageResources.checklist_js),
    ConsoleFile("panel/conflict.js", PackageResources.conflict_js),
    ConsoleFile("panel/details.js", PackageResources.details_js),
    ConsoleFile("panel/edit.js", PackageResources.edit_js),
    ConsoleFile("panel/findings.js", PackageResources.findings_js),
    ConsoleFile("panel/guide.js", PackageResources.guide_js),
    ConsoleFile("panel/history.js", PackageResources.history_js),
    ConsoleFile("panel/hold.js", PackageResources.hold_js),
    ConsoleFile("panel/lifecycle.js", PackageResources.lifecycle_js),
    ConsoleFile("panel/panel.js", PackageResources.panel_js),
    ConsoleFile("panel/poll.js", PackageResources.poll_js),
    ConsoleFile("panel/role-box.js", PackageResources.role_box_js),
    ConsoleFile("panel/role-data.js", PackageResources.role_data_js),
    ConsoleFile("panel/role-form.js", PackageResources.role_form_js),
    ConsoleFile("panel/role-rotation.js", PackageResources.role_rotation_js),
    ConsoleFile("panel/rotation.js", PackageResources.rotation_js),
    ConsoleFile("panel/setup.js", PackageResources.setup_js),
    ConsoleFile("panel/share.js", PackageResources.share_js),
    ConsoleFile("panel/step.js", PackageResources.step_js),
    ConsoleFile("panel/steps.js", PackageResources.steps_js),
    ConsoleFile("panel/usages.js", PackageResources.usages_js),
    ConsoleFile("panel/values.js", PackageResources.values_js),
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
    ConsoleFile("parts/own-token.js", PackageResources.own_token_js),
    ConsoleFile("parts/smart-paste.js", PackageResources.smart_paste_js),
    ConsoleFile("parts/tabs.js", PackageResources.tabs_js),
    ConsoleFile("screens/alarms.js", PackageResources.alarms_js),
    ConsoleFile("screens/all.js", PackageResources.all_js),
    ConsoleFile("screens/create.js", PackageResources.create_js),
    ConsoleFile("screens/export.js", PackageResources.export_js),
    ConsoleFile("screens/filters.js", PackageResources.filters_js),
    ConsoleFile("screens/icc-list.js", PackageResources.icc_list_js),
    ConsoleFile("screens/iccs.js", PackageResources.iccs_js),
    ConsoleFile("screens/no-access.js", PackageResources.no_access_js),
    ConsoleFile("screens/organisation-choice.js", PackageResources.organisation_choice_js),
    ConsoleFile("screens/pages.js", PackageResources.pages_js),
    ConsoleFile("screens/selection.js", PackageResources.selection_js),
    ConsoleFile("screens/sign-in.js", PackageResources.sign_in_js),
    ConsoleFile("screens/status-counts.js", PackageResources.status_counts_js),
    ConsoleFile("style/admin.css", PackageResources.admin_css),
    ConsoleFile("style/base.css", PackageResources.base_css),
    ConsoleFile("style/checklist.css", PackageResources.checklist_css),
    ConsoleFile("style/code.css", PackageResources.code_css),
    ConsoleFile("style/controls.css", PackageResources.controls_css),
    ConsoleFile("style/details.css", PackageResources.details_css),
    ConsoleFile("style/eyes.css", PackageResources.eyes_css),
    ConsoleFile("style/forms.css", PackageResources.forms_css),
    ConsoleFile("style/layout.css", PackageResources.layout_css),
    ConsoleFile("style/list.css", PackageResources.list_css),
  ]

  /// Returns the file at a path below `/console/`, or nil.
  ///
  /// The segments are percent-decoded, without `console` itself. `[""]`, the path `/console/`, is
  /// the page.
  package static func file(at segments: some Collection<String>) -> ConsoleFile? {
    segments.elementsEqual([""]) ? PackedConsole.page : byPath[Array(segments)]
  }

  /// The content security policy: the page may load its own files and call its own origin, nothing
  /// else. Trusted Types without a policy reject every attempt to turn text into markup or script.
  package static let contentSecurityPolicy = """
    default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; \
    frame-ancestors 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'
    """

  /// The browser revalidates a page each time and receives `304`, so that files of two builds are
  /// never mixed.
  package static let cacheControl = "no-cache"

  /// The cache control of a file whose path changes with its content (RFC 8246).
  package static let immutableCacheControl = "public, max-age=31536000, immutable"

  /// The header fields of every file besides its media type, entity tag and cache control.
  package static let headers: [(name: String, value: String)] = [
    ("Content-Security-Policy", contentSecurityPolicy),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
  ]

  private static let byPath = Dictionary(
    (all + PackedConsole.files).map { ($0.path, $0) }, uniquingKeysWith: { _, packed in packed })
}
