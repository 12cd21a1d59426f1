import JSON
import Registry

extension ICCSetupKit {
  /// The script. All values are set at its top, between single quotes; what follows is the same for
  /// every ICC but for the steps that tell whose account and role it is.
  var cli: String {
    [
      scriptHead, Self.scriptStart, accountCheck, icc.userARN == nil ? Self.draftRoleCheck : Self.roleCheck,
      Self.scriptSteps,
    ]
    .joined(separator: "\n")
  }

  private var scriptHead: String {
    """
    #!/bin/sh
    # Import connector config \(icc.id): \(nameForComment)
    #
    # Creates or updates the role that InfoSum assumes, its trust policy and its permission policy.
    # It needs the AWS CLI with credentials of the account that owns the role, and may be run any number of times.
    #
    # shellcheck disable=SC2016,SC1003 # The values hold "$" and "\\" that the shell must leave alone.
    set -eu

    icc=\(Shell.quoted(icc.id.text))
    partition=\(Shell.quoted(connector.partition))
    role_name=\(roleNameInScript)
    role_path=\(Shell.quoted(rolePath))
    role_description=\(Shell.quoted(roleDescription))
    policy_name=\(Shell.quoted(policyName))
    trust_policy=\(Shell.quoted(trustPolicy.asciiDocumentText))
    permission_policy=\(Shell.quoted(permissionPolicy.asciiDocumentText))

    """
  }

  private var roleNameInScript: String {
    icc.userARN == nil ? "${ROLE_NAME:-\(roleName)}" : Shell.quoted(roleName)
  }

  private var accountCheck: String {
    guard let userARN = icc.userARN else {
      return """
        if [ "$account" = \(Shell.quoted(connector.accountID)) ]; then
          fail "The AWS CLI is signed in to InfoSum's account. Use credentials of the account that owns the bucket."
        fi

        """
    }
    return """
      role_arn=\(Shell.quoted(userARN.text))
      if [ "$account" != \(Shell.quoted(userARN.accountID)) ]; then
        fail "The AWS CLI is signed in to account $account, but the role is $role_arn. Use credentials of its account."
      fi

      """
  }

  private static let scriptStart = #"""
    AWS_PAGER=''
    export AWS_PAGER

    say() { printf '%s\n' "$*"; }
    fail() { printf 'Error: %s\n' "$*" >&2; exit 1; }

    command -v aws >/dev/null 2>&1 ||
      fail "The AWS CLI was not found. Install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"

    account=$(aws sts get-caller-identity --query Account --output text) ||
      fail "The AWS CLI has no working credentials. Try: aws sts get-caller-identity"
    caller=$(aws sts get-caller-identity --query Arn --output text)
    case $caller in
      "arn:$partition:"*) ;;
      *) fail "InfoSum's role is in the partition $partition, and $caller is not. Trust never crosses partitions." ;;
    esac

    """#

  private static let findRole = #"""
    if found_arn=$(aws iam get-role --role-name "$role_name" --query Role.Arn --output text 2>&1); then
      role_exists=yes
    else
      case $found_arn in
        *NoSuchEntity*) role_exists=no ;;
        *) fail "The role $role_name could not be looked up: $found_arn" ;;
      esac
    fi

    """#

  private static let roleCheck =
    findRole + #"""
      if [ "$role_exists" = yes ] && [ "$found_arn" != "$role_arn" ]; then
        fail "The role $role_name has the ARN $found_arn, not $role_arn. Set it as User ARN, or rename the role."
      fi

      """#

  /// A draft's role must be the draft's: another ICC with the same session name proposes the same
  /// role name.
  private static let draftRoleCheck =
    findRole + #"""
      if [ "$role_exists" = yes ]; then
        owner=$(aws iam list-role-tags --role-name "$role_name" --query "Tags[?Key=='infosum-icc'].Value" --output text)
        if [ "$owner" != "$icc" ]; then
          fail "There is a role $role_name that was not made for $icc. Choose another name: ROLE_NAME=... sh SCRIPT"
        fi
      fi

      """#

  private static let scriptSteps = #"""
    trust_policy_of_role() {
      aws iam get-role --role-name "$role_name" --query Role.AssumeRolePolicyDocument --output json
    }

    if [ "$role_exists" = yes ]; then
      before=$(trust_policy_of_role)
      aws iam update-assume-role-policy --role-name "$role_name" --policy-document "$trust_policy" >/dev/null
      after=$(trust_policy_of_role)
      if [ "$before" = "$after" ]; then
        say "The trust policy of the role $role_name was right already."
      else
        say "Updated the trust policy of the role $role_name. Before, it was:"
        say "$before"
      fi
    else
      aws iam create-role --role-name "$role_name" --path "$role_path" --description "$role_description" \
        --assume-role-policy-document "$trust_policy" --tags "Key=infosum-icc,Value=$icc" >/dev/null
      say "Created the role $role_name with its trust policy."
    fi

    aws iam put-role-policy --role-name "$role_name" --policy-name "$policy_name" --policy-document "$permission_policy" >/dev/null
    say "Stored the permission policy $policy_name in the role $role_name."

    say "User ARN: $(aws iam get-role --role-name "$role_name" --query Role.Arn --output text)"
    say "Give InfoSum this ARN as the User ARN of $icc, if it is not set yet. AWS may need some minutes to spread the change."

    """#
}
