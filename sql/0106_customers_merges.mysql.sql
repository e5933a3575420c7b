create table if not exists customers_merges (
  id char(32) character set ascii collate ascii_bin not null primary key,
  from_id char(32) character set ascii collate ascii_bin not null,
  into_id char(32) character set ascii collate ascii_bin not null,
  reason varchar(8) not null check (reason in ('unionid', 'phone')),
  merged_at bigint not null,
  undone_at bigint null,
  index customers_merges_from (from_id),
  index customers_merges_into (into_id, merged_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- What went from one customer to the other at a merge, so that it can go back: a row per thing.
create table if not exists customers_merge_moves (
  merge_id char(32) character set ascii collate ascii_bin not null,
  kind varchar(16) character set ascii collate ascii_bin not null,
  subject varchar(128) character set ascii collate ascii_bin not null,
  primary key (merge_id, kind, subject)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- A customer was asked whether another account with the same proven number is theirs too.
create table if not exists customers_merge_offers (
  customer_id char(32) character set ascii collate ascii_bin not null primary key,
  other_id char(32) character set ascii collate ascii_bin not null,
  phone_hash char(64) character set ascii collate ascii_bin not null,
  until bigint not null,
  index customers_merge_offers_until (until)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
