#include "embedded_files.h"

#define FOLDER "../../Migrations/"
static const struct embedded_file sqlite_migrations[] = {
#define FILE "../../Migrations/0001_init.sql"
#include "entry.inc"
#define FILE "../../Migrations/0002_verifications.sql"
#include "entry.inc"
#define FILE "../../Migrations/0003_reads_within_an_organisation.sql"
#include "entry.inc"
#define FILE "../../Migrations/0004_description_and_bucket_owner.sql"
#include "entry.inc"
#define FILE "../../Migrations/0005_last_characters_of_tokens.sql"
#include "entry.inc"
#define FILE "../../Migrations/0006_opaque_numbers.sql"
#include "entry.inc"
#define FILE "../../Migrations/0007_makers_of_tokens.sql"
#include "entry.inc"
#define FILE "../../Migrations/0008_counts.sql"
#include "entry.inc"
#define FILE "../../Migrations/0009_held_iccs.sql"
#include "entry.inc"
#define FILE "../../Migrations/0010_quotas.sql"
#include "entry.inc"
#define FILE "../../Migrations/0011_filenames.sql"
#include "entry.inc"
#define FILE "../../Migrations/0012_tokens_keep_their_origin.sql"
#include "entry.inc"
#define FILE "../../Migrations/0013_usages.sql"
#include "entry.inc"
#define FILE "../../Migrations/0014_limits_of_tokens.sql"
#include "entry.inc"
#define FILE "../../Migrations/0015_versions_of_organisations.sql"
#include "entry.inc"
#define FILE "../../Migrations/0016_iccs_by_change_and_name.sql"
#include "entry.inc"
#define FILE "../../Migrations/0017_hand_overs.sql"
#include "entry.inc"
#define FILE "../../Migrations/0018_plain_rules_and_order_by_change.sql"
#include "entry.inc"
};
#undef FOLDER

struct embedded_files embedded_sqlite_migrations(void) {
  return (struct embedded_files){sqlite_migrations, sizeof sqlite_migrations / sizeof *sqlite_migrations};
}

#define FOLDER "../../Migrations/postgresql/"
static const struct embedded_file postgresql_migrations[] = {
#define FILE "../../Migrations/postgresql/0001_init.sql"
#include "entry.inc"
#define FILE "../../Migrations/postgresql/0002_hand_overs.sql"
#include "entry.inc"
#define FILE "../../Migrations/postgresql/0003_leases.sql"
#include "entry.inc"
};
#undef FOLDER

struct embedded_files embedded_postgresql_migrations(void) {
  return (struct embedded_files){postgresql_migrations, sizeof postgresql_migrations / sizeof *postgresql_migrations};
}
