-- Address books. Name, phone and place lie encrypted in one; same_key is the keyed hash of phone and place, so that nothing is there twice.
create table if not exists addresses_entries (
  id char(32) character set ascii collate ascii_bin not null primary key,
  customer_id char(32) character set ascii collate ascii_bin not null,
  same_key char(64) character set ascii collate ascii_bin not null,
  content_cipher varchar(4000) character set ascii collate ascii_bin not null,
  uses bigint not null default 0,
  used_at bigint null,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint null,
  unique (customer_id, same_key),
  index addresses_entries_deleted (deleted_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Which entry is taken unless another is chosen.
create table if not exists addresses_defaults (
  customer_id char(32) character set ascii collate ascii_bin not null,
  purpose varchar(8) not null check (purpose in ('send', 'receive')),
  entry_id char(32) character set ascii collate ascii_bin not null,
  primary key (customer_id, purpose)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Links by which somebody else takes an entry over.
create table if not exists addresses_shares (
  token_hash char(64) character set ascii collate ascii_bin not null primary key,
  customer_id char(32) character set ascii collate ascii_bin not null,
  entry_id char(32) character set ascii collate ascii_bin not null,
  token_cipher varchar(300) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  expires_at bigint not null,
  taken int not null default 0,
  index addresses_shares_entry (entry_id),
  index addresses_shares_customer (customer_id),
  index addresses_shares_expired (expires_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
