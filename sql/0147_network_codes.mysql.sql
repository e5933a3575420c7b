-- Pickup codes of customers: pasted, or marks on parcels of their own. Code, place and carrier lie encrypted; same_key keeps a code from standing twice.
create table if not exists network_codes (
  id char(32) character set ascii collate ascii_bin not null primary key,
  customer_id char(32) character set ascii collate ascii_bin not null,
  same_key char(64) character set ascii collate ascii_bin not null,
  content_cipher varchar(2000) character set ascii collate ascii_bin not null,
  received_at bigint not null,
  free_until bigint null,
  expires_at bigint not null,
  fetched_at bigint null,
  unique (customer_id, same_key),
  index network_codes_expired (expires_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Families see each other's codes; a customer is in one at most.
create table if not exists network_family_members (
  id char(32) character set ascii collate ascii_bin not null primary key,
  family_id char(32) character set ascii collate ascii_bin not null,
  customer_id char(32) character set ascii collate ascii_bin not null unique,
  name_cipher varchar(400) character set ascii collate ascii_bin not null,
  owner tinyint not null default 0 check (owner in (0, 1)),
  joined_at bigint not null,
  index network_family_members_family (family_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists network_family_invites (
  token_hash char(64) character set ascii collate ascii_bin not null primary key,
  family_id char(32) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  expires_at bigint not null,
  index network_family_invites_family (family_id),
  index network_family_invites_expired (expires_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- The core names lockers and outlets by what they are called.
create index network_lockers_name on network_lockers (name);
create index network_outlets_name on network_outlets (name);
