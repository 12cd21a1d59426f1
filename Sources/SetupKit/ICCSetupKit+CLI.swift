import JSON
import Registry

extension ICCSetupKit {
  /// The script. Its start sets all values, in single quotes; the rest is the same for every ICC
  /// except for the checks of account and role.
  var cli: String {
    [
      scriptHead, Self.scriptStart, accountCheck, icc.userARN == nil ? Self.draftRoleCheck : Self.roleCheck,
      Self.trustSteps, Self.finalSteps,
    ]
    .joined(separator: "\n")
  }

  private var scriptHead: String {
    """
    #!/bin/sh
    # Import connector config \(icc.id): \(nameForComment)
    #
    # Creates the role that InfoSum assumes, or adds InfoSum to the role if it exists.
    # Requires the AWS CLI with credentials of the account that owns the role. You can run it again.
    #
    # Usage: sh SCRIPT [--merge]
    #   --merge  adds InfoSum to a trust policy that others use, and keeps their statements
    #
    # shellcheck disable=SC2016,SC1003 # The values contain "$" and "\\" that the shell must not change.
    set -eu

    icc=\(Shell.quoted(icc.id.text))
    partition=\(Shell.quoted(connector.partition))
    role_name=\(roleNameInScript)
    role_path=\(Shell.quoted(rolePath))
    role_description=\(Shell.quoted(roleDescription))
    policy_name=\(Shell.quoted(policyName))
    trust_policy=\(Shell.quoted(trustPolicy.asciiDocumentText))
    trust_statements=\(Shell.quoted(trustStatements))
    is_ours=\(Shell.quoted(trustQueries.isOurs))
    is_infosum=\(Shell.quoted(trustQueries.isInfoSum))
    is_complete=\(Shell.quoted(trustQueries.isComplete))
    permission_policy=\(Shell.quoted(permissionPolicy.asciiDocumentText))

    """
  }

  private var roleNameInScript: String {
    icc.userARN == nil ? "${ROLE_NAME:-\(roleName)}" : Shell.quoted(roleName)
  }

  private var trustQueries: TrustQueries { TrustQueries(iccs, connector) }

  /// The statements of the trust policy, separated by commas, to be joined with other statements.
  private var trustStatements: String {
    let statements = trustPolicy["Statement"]?.arrayValue ?? []
    return statements.map { $0.asciiDocumentText.trimmingLineFeed }.joined(separator: ",\n")
  }

  private var accountCheck: String {
    guard let userARN = icc.userARN else {
      return """
        if [ "$account" = \(Shell.quoted(connector.accountID)) ]; then
          fail "The AWS CLI uses InfoSum's account. Use credentials of the account that owns the bucket."
        fi

        """
    }
    return """
      role_arn=\(Shell.quoted(userARN.text))
      if [ "$account" != \(Shell.quoted(userARN.accountID)) ]; then
        fail "The AWS CLI uses account $account, but the role is $role_arn. Use credentials of the role's account."
      fi

      """
  }

  private static let scriptStart = #"""
    AWS_PAGER=''
    export AWS_PAGER

    say() { printf '%s\n' "$*"; }
    fail() { printf 'Error: %s\n' "$*" >&2; exit 1; }

    merge=no
    case ${1-} in
      '') ;;
      --merge) merge=yes ;;
      *) fail "Unknown option $1. Usage: sh SCRIPT [--merge]" ;;
    esac

    command -v aws >/dev/null 2>&1 ||
      fail "The AWS CLI was not found. Install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"

    account=$(aws sts get-caller-identity --query Account --output text) ||
      fail "The AWS CLI has no working credentials. Try: aws sts get-caller-identity"
    caller=$(aws sts get-caller-identity --query Arn --output text)
    case $caller in
      "arn:$partition:"*) ;;
      *) fail "InfoSum's role is in the partition $partition, but $caller is not. Roles cannot be assumed across partitions." ;;
    esac

    """#

  private static let findRole = #"""
    if found_arn=$(aws iam get-role --role-name "$role_name" --query Role.Arn --output text 2>&1); then
      role_exists=yes
    else
      case $found_arn in
        *NoSuchEntity*) role_exists=no ;;
        *) fail "Looking up the role $role_name failed: $found_arn" ;;
      esac
    fi

    """#

  private static let roleCheck =
    findRole + #"""
      if [ "$role_exists" = yes ] && [ "$found_arn" != "$role_arn" ]; then
        fail "The role $role_name has the ARN $found_arn, not $role_arn. Set that ARN as the User ARN, or rename the role."
      fi

      """#

  /// The name of a draft's role is a suggestion, so a role of that name that another script or
  /// person created is not touched.
  private static let draftRoleCheck =
    findRole + #"""
      if [ "$role_exists" = yes ]; then
        owner=$(aws iam list-role-tags --role-name "$role_name" --query "Tags[?Key=='infosum-icc'].Value" --output text)
        if [ "$owner" != "$icc" ]; then
          fail "The role $role_name was not created for $icc. Choose another name: ROLE_NAME=... sh SCRIPT"
        fi
      fi

      """#

  /// Reads the trust policy through queries of the AWS CLI (JMESPath), because no JSON tool other
  /// than the AWS CLI may be assumed. Statements that others use are never removed.
  private static let trustSteps = #"""
    # Usage: trust_policy QUERY. The statements are a list even if AWS has one object instead.
    trust_policy() {
      aws iam get-role --role-name "$role_name" --output json \
        --query "Role.AssumeRolePolicyDocument.{Version: Version, Statement: [Statement][]} | $1"
    }
    count() { trust_policy "length(Statement[?$1])"; }

    store_trust_policy() {
      say "The trust policy of the role $role_name was:"
      trust_policy @
      aws iam update-assume-role-policy --role-name "$role_name" --policy-document "$1" >/dev/null
      say "Updated the trust policy of the role $role_name."
    }

    is_default='Effect == `"Allow"` && Action == `"sts:AssumeRole"` && Principal == `{"Service": "s3.amazonaws.com"}` && !Condition'

    if [ "$role_exists" = no ]; then
      aws iam create-role --role-name "$role_name" --path "$role_path" --description "$role_description" \
        --assume-role-policy-document "$trust_policy" --tags "Key=infosum-icc,Value=$icc" >/dev/null
      say "Created the role $role_name with its trust policy."
    elif [ "$(trust_policy "$is_complete")" = true ]; then
      say "The trust policy of the role $role_name already lets InfoSum assume it."
    elif [ "$(count "!($is_ours)")" = 0 ] || [ "$(count "!($is_default)")" = 0 ]; then
      store_trust_policy "$trust_policy"
    else
      others=$(trust_policy "Statement[?!($is_ours)]")
      others=${others#[}
      others=${others%]}
      merged="{\"Version\": \"2012-10-17\", \"Statement\": [$others, $trust_statements]}"
      if [ "$merge" = no ] && [ "$(count "!($is_ours) && !($is_infosum)")" != 0 ]; then
        say "Others use the role $role_name. This trust policy keeps their statements and adds InfoSum's:"
        say "$merged"
        fail "Nothing was changed. To store this trust policy, run the script again with --merge."
      fi
      store_trust_policy "$merged"
    fi

    """#

  private static let finalSteps = #"""
    aws iam put-role-policy --role-name "$role_name" --policy-name "$policy_name" --policy-document "$permission_policy" >/dev/null
    say "Stored the permission policy $policy_name in the role $role_name."

    say "User ARN: $(aws iam get-role --role-name "$role_name" --query Role.Arn --output text)"
    say "Enter this ARN at InfoSum as the User ARN of $icc. AWS can take a few minutes to apply a change."

    """#
}

extension String {
  /// The text without its final line feed.
  fileprivate var trimmingLineFeed: Substring { utf8.last == 0x0A ? dropLast() : self[...] }
}
